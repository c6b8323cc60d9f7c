package io.pakaura.benchmarks.rest;

/**
 * One run.
 *
 * @param throughput requests a second
 * @param p50 milliseconds
 * @param p99 milliseconds
 * @param cpuMicros processor time of the server's JVM a request, until its events are out
 * @param drainMillis how long after the last answer the outbox was empty; 0 without events
 */
record Sample(double throughput, double p50, double p99, double cpuMicros, long drainMillis) {}
