/** What a benchmark stands on: a database, a sidecar, servers in JVMs of their own, and a word on the machine. */
@NullMarked
package io.pakaura.benchmarks.stand;

import org.jspecify.annotations.NullMarked;
