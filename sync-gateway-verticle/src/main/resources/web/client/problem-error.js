/** What went wrong with a request, as the server's problem document (RFC 9457) tells it. */
export class ProblemError extends Error {
  /**
   * @param {{status: number, title: string, detail?: string, errors?: {field: string, reason: string}[],
   *   correlationId?: string | null, retryAfterMs?: number}} problem
   */
  constructor({ status, title, detail = "", errors = [], correlationId = null, retryAfterMs = 0 }) {
    super(detail || title);
    this.name = "ProblemError";
    /** HTTP status, or 0 when no answer came at all. */
    this.status = status;
    this.title = title;
    this.detail = detail;
    /** Which fields were wrong, and why. */
    this.errors = errors;
    /** Names the request in the server's logs. */
    this.correlationId = correlationId;
    this.retryAfterMs = retryAfterMs;
  }

  /** No answer: it is not known whether the server did what was asked. */
  get isUnreachable() {
    return this.status === 0;
  }

  /**
   * @param {unknown} cause
   * @returns {ProblemError}
   */
  static unreachable(cause) {
    const problem = new ProblemError({ status: 0, title: "The server could not be reached" });
    problem.cause = cause;
    return problem;
  }

  /**
   * @param {Response} response
   * @returns {Promise<ProblemError>}
   */
  static async from(response) {
    const document = await response.json().catch(() => null);
    return new ProblemError({
      status: response.status,
      title: textOr(document?.title, response.statusText || `HTTP ${response.status}`),
      detail: textOr(document?.detail, ""),
      errors: Array.isArray(document?.errors) ? document.errors : [],
      correlationId: document?.correlation_id ?? response.headers.get("X-Correlation-Id"),
      retryAfterMs: 1000 * (Number(response.headers.get("Retry-After")) || 0),
    });
  }
}

/**
 * @param {unknown} value
 * @param {string} otherwise
 */
function textOr(value, otherwise) {
  return typeof value === "string" ? value : otherwise;
}
