import { ProblemError } from "../client/sync-client.js";

/**
 * What went wrong, in words for the person at the screen.
 *
 * @param {unknown} fault
 * @returns {string}
 */
export function describeProblem(fault) {
  if (!(fault instanceof ProblemError)) return "Something went wrong in this page. Try again.";
  if (fault.isUnreachable) return "The server can’t be reached. Nothing you typed is lost.";
  if (fault.errors.length > 0) return fault.errors.map(describeField).join(" ");
  return asSentence(fault.detail || fault.title);
}

/**
 * @param {unknown} fault
 * @returns {boolean} whether the same again may well succeed
 */
export function isWorthRetrying(fault) {
  if (!(fault instanceof ProblemError)) return true;
  return fault.isUnreachable || fault.status === 429 || fault.status >= 500;
}

/** @param {{field: string, reason: string}} error */
function describeField({ field, reason }) {
  return asSentence(field ? `${field.replaceAll("_", " ")}: ${reason}` : reason);
}

/** @param {string} text */
function asSentence(text) {
  const sentence = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…]$/.test(sentence) ? sentence : `${sentence}.`;
}
