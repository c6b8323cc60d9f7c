/**
 * Faults under load. {@link io.pakaura.endtoend.chaos.Experiment} writes through the API while something is killed, frozen
 * or misconfigured, waits until the outbox is empty, and gives an {@code Outcome}; its checks hold the answers, the table
 * and the topics against each other. What came of it is a line of a report, whether it passed or not.
 */
@NullMarked
package io.pakaura.endtoend.chaos;

import org.jspecify.annotations.NullMarked;
