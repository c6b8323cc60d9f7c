/**
 * Both services together, as their users meet them: by REST, by WebSocket and in a browser; in the quickstart, and on a
 * real Dapr and a real Kafka broker.
 */
@NullMarked
package io.pakaura.endtoend;

import org.jspecify.annotations.NullMarked;
