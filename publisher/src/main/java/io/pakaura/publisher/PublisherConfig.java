package io.pakaura.publisher;

import io.pakaura.publisher.dapr.DaprConfig;

/**
 * What a service says about its events.
 *
 * @param enabled with {@code false} no outbox row is written, and events are only logged, at DEBUG
 * @param pubsubName the Dapr component to publish on
 * @param partitions of {@code task-updates}; each gets a heartbeat
 */
public record PublisherConfig(boolean enabled, String pubsubName, int partitions, DaprConfig dapr) {}
