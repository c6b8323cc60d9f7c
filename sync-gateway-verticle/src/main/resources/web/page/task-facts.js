/** @typedef {import("../client/types.js").Task} Task */

const DAY = new Intl.DateTimeFormat(undefined, {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

/**
 * The one line below a title, for what other clients may have set.
 *
 * @param {Task} task
 * @returns {string} empty if there is nothing to tell
 */
export function taskFacts({ due_date: dueDate, priority }) {
  const facts = [];
  if (dueDate) facts.push(`Due ${formatDay(dueDate)}`);
  if (priority && priority !== "none") facts.push(`${priority} priority`);
  return facts.join(" · ");
}

/** @param {string} day a floating date: the same day wherever it is read */
function formatDay(day) {
  const date = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(date.getTime()) ? day : DAY.format(date);
}
