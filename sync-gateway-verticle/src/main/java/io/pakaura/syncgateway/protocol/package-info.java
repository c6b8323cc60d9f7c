/**
 * The messages of the sync protocol, in and out, and nothing of how they travel.
 *
 * <p>A text frame's content goes through {@link io.pakaura.syncgateway.protocol.MessageCodec} and comes out as a {@link
 * io.pakaura.syncgateway.protocol.ClientMessage}; what the gateway itself has to say is a {@link
 * io.pakaura.syncgateway.protocol.ServerMessage} and becomes a text frame's content by the same codec. Both are
 * CloudEvents 1.0 in structured JSON. Changes of tasks don't pass here: they are forwarded as they came.
 */
@NullMarked
package io.pakaura.syncgateway.protocol;

import org.jspecify.annotations.NullMarked;
