/**
 * The REST API against a handler that does next to nothing. {@link io.pakaura.benchmarks.rest.RestBenchmark} runs the
 * cases, {@link io.pakaura.benchmarks.bare.BareMain} is what the API is compared with, and {@link
 * io.pakaura.benchmarks.rest.RestReport} says how it went.
 */
@NullMarked
package io.pakaura.benchmarks.rest;

import org.jspecify.annotations.NullMarked;
