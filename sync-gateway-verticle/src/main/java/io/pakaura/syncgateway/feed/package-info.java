/**
 * Events from the broker, by way of the Dapr sidecar.
 *
 * <p>The sidecar asks {@link io.pakaura.syncgateway.feed.DaprRoutes} once for the subscription, and then posts one event
 * at a time. {@link io.pakaura.syncgateway.feed.EventReader} reads of it what routing needs and makes a {@link
 * io.pakaura.syncgateway.feed.FeedEvent} of it; a task's change goes on to its user's channel, as the text that came,
 * and the sidecar gets its {@link io.pakaura.syncgateway.feed.DeliveryStatus} at once.
 *
 * <p>A heartbeat goes to {@link io.pakaura.syncgateway.feed.FeedMonitor} instead. {@link
 * io.pakaura.syncgateway.feed.FeedWatch} judges by the heartbeats whether the feed has begun, and whether it is fresh; {@link
 * io.pakaura.syncgateway.feed.FeedReports} tells all sessions, logs and metrics.
 */
@NullMarked
package io.pakaura.syncgateway.feed;

import org.jspecify.annotations.NullMarked;
