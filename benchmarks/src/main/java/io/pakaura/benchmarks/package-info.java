/**
 * Measures what the product costs. {@link io.pakaura.benchmarks.Main} starts a benchmark: that of the REST API, that of
 * publishing, or that of the gateway. It sets up a {@code stand} (database, sidecar, servers in processes of their own, among
 * them a {@code bare} handler or a {@code floor}), puts {@code load} on the servers in turns, or a {@code crowd}, and writes a
 * report.
 */
@NullMarked
package io.pakaura.benchmarks;

import org.jspecify.annotations.NullMarked;
