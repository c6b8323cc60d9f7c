package io.pakaura.publisher.event;

import java.util.UUID;

/**
 * Data of {@code sync.heartbeat} on {@code task-updates}, one for each partition every few seconds: what reaches a gateway
 * proves the whole path, the outbox included.
 *
 * @param instance the process that sends it
 * @param epoch the history that revisions count; another one means that every client must reload
 * @param partition where this one was sent to, from 0
 * @param partitions how many the sender knows of
 * @param outboxLagMs age of the oldest change that still owes its {@code sync.task} and isn't backing off alone; 0 for none
 */
public record HeartbeatEvent(UUID instance, UUID epoch, int partition, int partitions, long outboxLagMs) {}
