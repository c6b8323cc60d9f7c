/** Puts load on a server and measures how it bears it. */
@NullMarked
package io.pakaura.benchmarks.load;

import org.jspecify.annotations.NullMarked;
