/**
 * Gateways that are restarted under load. {@link io.pakaura.endtoend.restart.RollingRestartIT} has a {@code Crowd} of {@code
 * CrowdClient}s, which follow the sync protocol on their own; a {@code Front} sends them to gateways that are ready, as a
 * load balancer does, while {@code Writes} change their tasks.
 */
@NullMarked
package io.pakaura.endtoend.restart;

import org.jspecify.annotations.NullMarked;
