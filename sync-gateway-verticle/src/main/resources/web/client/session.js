import { CloseCode } from "./close-code.js";
import { decodeMessage, encodeMessage, SUBPROTOCOL } from "./cloud-event.js";

/** @typedef {import("./types.js").Runtime} Runtime */

/** From opening the socket to the welcome. */
const WELCOME_TIMEOUT_MS = 15_000;

/** The server says something every 25 s; silence for this long means that nobody is there. */
const LIVENESS_MS = 40_000;

/**
 * One WebSocket from hello to close. It answers pings and notices silence; it never reconnects.
 */
export class Session {
  #runtime;
  #onMessage;
  #onClosed;
  /** @type {WebSocket | null} */
  #socket = null;
  /** @type {any} */
  #silence = null;

  /**
   * @param {object} parts
   * @param {Runtime} parts.runtime
   * @param {string} parts.url
   * @param {string} parts.token
   * @param {(type: string, data: Record<string, any>) => void} parts.onMessage
   * @param {(code: number) => void} parts.onClosed called once, unless {@link close} came first
   */
  constructor({ runtime, url, token, onMessage, onClosed }) {
    this.#runtime = runtime;
    this.#onMessage = onMessage;
    this.#onClosed = onClosed;
    this.#open(url, token);
    this.#expectWord(WELCOME_TIMEOUT_MS);
  }

  /**
   * @param {string} type
   * @param {object} [data]
   */
  send(type, data) {
    if (this.#socket?.readyState === 1) this.#socket.send(encodeMessage(type, data));
  }

  /** Ends it without a word to the owner, and without waiting for the other side. */
  close() {
    this.#runtime.clearTimer(this.#silence);
    const socket = this.#socket;
    this.#socket = null;
    if (socket === null) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close(1000);
  }

  /**
   * @param {string} url
   * @param {string} token
   */
  #open(url, token) {
    const socket = this.#runtime.openSocket(url, SUBPROTOCOL);
    this.#socket = socket;
    socket.onopen = () => this.send("sync.hello", { token });
    socket.onmessage = (frame) => this.#received(frame.data);
    socket.onclose = (event) => this.#ended(event.code);
  }

  /** @param {unknown} frame */
  #received(frame) {
    const message = decodeMessage(frame);
    if (message === null) return;
    this.#expectWord(LIVENESS_MS);
    if (message.type === "sync.ping") this.send("sync.pong");
    else this.#onMessage(message.type, message.data);
  }

  /** @param {number} withinMs */
  #expectWord(withinMs) {
    this.#runtime.clearTimer(this.#silence);
    this.#silence = this.#runtime.setTimer(() => this.#ended(CloseCode.ABNORMAL), withinMs);
  }

  /** @param {number} code */
  #ended(code) {
    this.close();
    this.#onClosed(code);
  }
}
