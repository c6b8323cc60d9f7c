/**
 * What publishing costs a request, and what it brings. {@link io.pakaura.benchmarks.publishing.PublishingBenchmark} has two
 * parts: with a real daprd and Kafka, and with a sidecar that costs nothing and can be told to be unwell. Each compares the
 * task API with events with itself without, and with a handler that awaits its publishes and has no outbox.
 */
@NullMarked
package io.pakaura.benchmarks.publishing;

import org.jspecify.annotations.NullMarked;
