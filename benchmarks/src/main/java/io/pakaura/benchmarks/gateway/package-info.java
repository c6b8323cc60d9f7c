/**
 * Measures the gateway against a floor, which is the least that Vert.x can do, and against Node's {@code ws}: {@link
 * io.pakaura.benchmarks.gateway.GatewayBenchmark} starts each as a process, brings a crowd of sockets, plays the sidecar, and
 * measures in turns.
 */
@NullMarked
package io.pakaura.benchmarks.gateway;

import org.jspecify.annotations.NullMarked;
