/**
 * Measures what the product costs. {@link io.pakaura.benchmarks.Main} starts a benchmark: that of the REST API, or that of
 * publishing. It sets up a {@code stand} (database, sidecar, servers in JVMs of their own, some of them {@code bare}), puts
 * {@code load} on the servers in turns, and writes a report.
 */
@NullMarked
package io.pakaura.benchmarks;

import org.jspecify.annotations.NullMarked;
