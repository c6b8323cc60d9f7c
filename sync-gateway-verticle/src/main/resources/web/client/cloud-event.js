import { uuid } from "./uuid.js";

/** The WebSocket subprotocol: one CloudEvent in JSON a text frame, both ways. */
export const SUBPROTOCOL = "cloudevents.json";

const SOURCE = "pakaura/web";

/**
 * A message to the server, as the text of its frame.
 *
 * @param {string} type
 * @param {object} [data]
 * @returns {string}
 */
export function encodeMessage(type, data) {
  const message = {
    specversion: "1.0",
    id: uuid(),
    source: SOURCE,
    type,
    time: new Date().toISOString(),
  };
  return JSON.stringify(
    data === undefined ? message : { ...message, datacontenttype: "application/json", data },
  );
}

/**
 * Reads a frame from the server.
 *
 * @param {unknown} frame
 * @returns {{type: string, data: Record<string, any>} | null} null if it is no CloudEvent
 */
export function decodeMessage(frame) {
  if (typeof frame !== "string") return null;
  try {
    const message = JSON.parse(frame);
    if (typeof message?.type !== "string") return null;
    return { type: message.type, data: message.data ?? {} };
  } catch {
    return null;
  }
}
