import { ProblemError } from "./problem-error.js";

/**
 * @typedef {import("./types.js").Runtime} Runtime
 * @typedef {import("./token-source.js").TokenSource} TokenSource
 *
 * @typedef {object} Answer
 * @property {number} status
 * @property {any} body null when there is none
 * @property {number | null} revision the user's revision after a mutation (`Sync-Revision`)
 * @property {string | null} epoch `Sync-Epoch` of a mutation
 * @property {string | null} etag
 *
 * @typedef {object} RequestOptions
 * @property {Record<string, string | number | undefined>} [query]
 * @property {object} [body]
 * @property {string} [contentType]
 * @property {number | string} [ifMatch] a revision, or an ETag as it was received
 */

const TIMEOUT_MS = 15_000;

/** The task API over `fetch`: bearer token, timeout, problem documents as {@link ProblemError}. */
export class Rest {
  #runtime;
  #baseUrl;
  #tokens;

  /** @param {{runtime: Runtime, baseUrl: URL, tokens: TokenSource}} parts */
  constructor({ runtime, baseUrl, tokens }) {
    this.#runtime = runtime;
    this.#baseUrl = baseUrl;
    this.#tokens = tokens;
  }

  /**
   * One request; a token that the server refuses is replaced once.
   *
   * @param {string} method
   * @param {string} path relative to the base URL
   * @param {RequestOptions} [options]
   * @returns {Promise<Answer>}
   * @throws {ProblemError}
   */
  async request(method, path, options = {}) {
    const token = await this.#tokens.get();
    const response = await this.#send(method, path, options, token);
    if (response.status !== 401) return answerOf(response);
    const replacement = await this.#tokens.replace(token);
    return answerOf(await this.#send(method, path, options, replacement));
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {RequestOptions} options
   * @param {string} token
   * @returns {Promise<Response>}
   */
  async #send(method, path, { query = {}, body, contentType, ifMatch }, token) {
    const url = new URL(path, this.#baseUrl);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    /** @type {Record<string, string>} */
    const headers = { Authorization: `Bearer ${token}`, Accept: "application/json" };
    if (body !== undefined) headers["Content-Type"] = contentType ?? "application/json";
    if (ifMatch !== undefined) headers["If-Match"] = etagOf(ifMatch);

    const abort = new AbortController();
    const timer = this.#runtime.setTimer(() => abort.abort(), TIMEOUT_MS);
    try {
      const response = await this.#runtime.fetch(url, {
        method,
        headers,
        body: body === undefined ? undefined : JSON.stringify(body),
        cache: "no-store",
        signal: abort.signal,
      });
      return await complete(response);
    } catch (fault) {
      throw ProblemError.unreachable(fault);
    } finally {
      this.#runtime.clearTimer(timer);
    }
  }
}

/**
 * Reads the whole body while the timeout still watches.
 *
 * @param {Response} response
 */
async function complete(response) {
  const text = await response.text();
  return new Response(text === "" ? null : text, response);
}

/**
 * @param {Response} response
 * @returns {Promise<Answer>}
 */
async function answerOf(response) {
  if (!response.ok) throw await ProblemError.from(response);
  return {
    status: response.status,
    body: response.status === 204 ? null : await bodyOf(response),
    revision: revisionOf(response.headers.get("Sync-Revision")),
    epoch: response.headers.get("Sync-Epoch"),
    etag: response.headers.get("ETag"),
  };
}

/** @param {Response} response */
async function bodyOf(response) {
  try {
    return await response.json();
  } catch (fault) {
    throw ProblemError.unreachable(fault); // a 200 that isn't JSON came from somebody in between
  }
}

/** @param {string | null} header */
function revisionOf(header) {
  const revision = Number.parseInt(header ?? "", 10);
  return Number.isSafeInteger(revision) ? revision : null;
}

/** @param {number | string} ifMatch */
function etagOf(ifMatch) {
  return typeof ifMatch === "number" ? `"${ifMatch}"` : ifMatch;
}
