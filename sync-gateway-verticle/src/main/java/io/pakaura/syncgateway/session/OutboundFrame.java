package io.pakaura.syncgateway.session;

/**
 * A text frame to be sent; shared by all sockets that get it.
 *
 * @param text its content
 * @param bytes its content's length in UTF-8
 */
public record OutboundFrame(String text, int bytes) {}
