/**
 * Measures what the product costs. {@link io.pakaura.benchmarks.Main} starts a benchmark; today there is the one of the
 * REST API. It sets up a {@code stand} (database, sidecar, servers in JVMs of their own), puts {@code load} on the servers
 * in turns, and writes a report.
 */
@NullMarked
package io.pakaura.benchmarks;

import org.jspecify.annotations.NullMarked;
