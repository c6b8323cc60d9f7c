package io.pakaura.benchmarks.rest;

import io.pakaura.benchmarks.stand.ChildJvm;

/**
 * A server that is compared with others.
 *
 * @param publishes whether its writes make events
 */
record Contender(String name, ChildJvm server, boolean publishes) {}
