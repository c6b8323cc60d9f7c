/**
 * An in-process stand-in for Dapr sidecars and the broker behind them, for the quickstart and for tests: their pub/sub HTTP
 * API as daprd 1.18 with Kafka answers it, held to it by a contract suite that runs against both.
 *
 * <p>A publish comes in at {@link DaprStandIn}, becomes a CloudEvent, and is appended to the topic's partition in the
 * {@link Broker}. From there each consumer group reads on its own, an event at a time for each partition, and hands it to
 * one of its members: a sidecar, which posts it to its app.
 *
 * <p>Not there: bulk subscribe, raw subscriptions, raw payloads that are no JSON objects, time to live, routing
 * rules and dead letters (refused, never silently ignored), state and secrets.
 */
@NullMarked
package io.pakaura.daprstandin;

import org.jspecify.annotations.NullMarked;
