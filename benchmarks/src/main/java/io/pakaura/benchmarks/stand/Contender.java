package io.pakaura.benchmarks.stand;

/**
 * A server that is compared with others.
 *
 * @param outbox whether its writes leave events in an outbox, to be published after the answer
 */
public record Contender(String name, ServerProcess server, boolean outbox) {}
