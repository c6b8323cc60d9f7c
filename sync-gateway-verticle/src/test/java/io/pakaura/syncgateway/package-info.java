/**
 * A gateway as its clients see it: each test starts a whole one, talks to it by HTTP and WebSocket, and plays the
 * sidecar that delivers events.
 */
@NullMarked
package io.pakaura.syncgateway;

import org.jspecify.annotations.NullMarked;
