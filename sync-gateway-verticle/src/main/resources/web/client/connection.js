import { Backoff } from "./backoff.js";
import { CloseCode, isTerminal } from "./close-code.js";
import { Session } from "./session.js";

/**
 * @typedef {import("./token-source.js").TokenSource} TokenSource
 * @typedef {import("./types.js").Runtime} Runtime
 *
 * @typedef {object} ConnectionListener
 * @property {() => void} onWelcome a session is joined: changes arrive from here on
 * @property {(type: string, data: Record<string, any>) => void} onMessage
 * @property {(failures: number) => void} onLost no session now; how many tries have failed in a row
 * @property {(code: number) => void} onStopped ended for good: trying again cannot help
 * @property {(fault: unknown) => void} onFault the app gave no token
 */

const BACKOFF = { baseMs: 500, capMs: 10_000 };

/** A session that lasted this long was a good one: the next failure is the first again. */
const GOOD_SESSION_MS = 10_000;

/** Keeps one session to the gateway alive, for as long as that makes sense. */
export class Connection {
  #runtime;
  #url;
  #tokens;
  #listener;
  #backoff;
  /** @type {Session | null} */
  #session = null;
  /** @type {string | null} */
  #token = null;
  /** @type {number | null} */
  #welcomedAt = null;
  /** When the server that says goodbye wants to see us again. */
  #notBefore = 0;
  /** @type {any} */
  #timer = null;
  #isOpening = false;
  #isStopped = false;

  /**
   * @param {{runtime: Runtime, url: string, tokens: TokenSource, listener: ConnectionListener}} parts
   */
  constructor({ runtime, url, tokens, listener }) {
    this.#runtime = runtime;
    this.#url = url;
    this.#tokens = tokens;
    this.#listener = listener;
    this.#backoff = new Backoff({ random: runtime.random, ...BACKOFF });
  }

  /** Connects now, whatever the backoff says, unless there is a session or about to be one. */
  connect() {
    if (this.#isStopped || this.#isOpening || this.#session !== null) return;
    this.#runtime.clearTimer(this.#timer);
    this.#open();
  }

  stop() {
    this.#isStopped = true;
    this.#runtime.clearTimer(this.#timer);
    this.#session?.close();
    this.#session = null;
  }

  async #open() {
    this.#isOpening = true;
    try {
      const token = await this.#tokens.get();
      if (this.#isStopped) return;
      this.#token = token;
      this.#session = this.#newSession(token);
    } catch (fault) {
      this.#listener.onFault(fault);
      this.#lost();
    } finally {
      this.#isOpening = false;
    }
  }

  /** @param {string} token */
  #newSession(token) {
    return new Session({
      runtime: this.#runtime,
      url: this.#url,
      token,
      onMessage: (type, data) => this.#received(type, data),
      onClosed: (code) => this.#closed(code),
    });
  }

  /**
   * @param {string} type
   * @param {Record<string, any>} data
   */
  #received(type, data) {
    switch (type) {
      case "sync.welcome":
        this.#welcomedAt = this.#runtime.now();
        this.#notBefore = 0;
        return this.#listener.onWelcome();
      case "sync.token-expiring":
        return void this.#renewToken();
      case "sync.goaway":
        return this.#leaveIn(Number(data.reconnect_after_ms) || 0);
      default:
        return this.#listener.onMessage(type, data);
    }
  }

  async #renewToken() {
    const session = this.#session;
    try {
      this.#token = await this.#tokens.replace(this.#token);
      session?.send("sync.token", { token: this.#token });
    } catch (fault) {
      this.#listener.onFault(fault); // the server will close with 4401, and we ask again then
    }
  }

  /** @param {number} ms until when this session still serves, and the next may not open */
  #leaveIn(ms) {
    this.#notBefore = this.#runtime.now() + ms;
    this.#runtime.clearTimer(this.#timer);
    this.#timer = this.#runtime.setTimer(() => this.#closed(CloseCode.SERVICE_RESTART), ms);
  }

  /** @param {number} code */
  #closed(code) {
    this.#session?.close();
    this.#session = null;
    if (isTerminal(code)) {
      this.stop();
      this.#listener.onStopped(code);
    } else if (code === CloseCode.UNAUTHORIZED) {
      this.#tokens.forget(this.#token);
      this.#lost();
    } else {
      this.#lost();
    }
  }

  #lost() {
    if (this.#isStopped) return;
    const lived = this.#welcomedAt === null ? 0 : this.#runtime.now() - this.#welcomedAt;
    this.#welcomedAt = null;
    if (lived >= GOOD_SESSION_MS) this.#backoff.reset();
    const hinted = this.#notBefore - this.#runtime.now();
    const wait = this.#notBefore > 0 ? Math.max(0, hinted) : this.#backoff.nextDelay();
    this.#notBefore = 0;
    this.#runtime.clearTimer(this.#timer);
    this.#timer = this.#runtime.setTimer(() => this.connect(), wait);
    this.#listener.onLost(this.#backoff.failures);
  }
}
