/**
 * The two sides of a fan-out server, as lean as they can be, since they share the machine with what they measure: {@link
 * io.pakaura.benchmarks.crowd.Crowd} holds thousands of raw WebSockets on one thread and only looks at what must be looked
 * at; {@link io.pakaura.benchmarks.crowd.EventFeed} plays the sidecar, and posts events when they are due.
 */
@NullMarked
package io.pakaura.benchmarks.crowd;

import org.jspecify.annotations.NullMarked;
