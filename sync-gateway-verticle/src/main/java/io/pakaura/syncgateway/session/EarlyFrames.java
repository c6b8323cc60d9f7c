package io.pakaura.syncgateway.session;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Holds the frames of a client that sends some together with its handshake, until there is somebody to read them. That is no
 * more than was read with the handshake. On the channel's event loop.
 */
final class EarlyFrames extends ChannelInboundHandlerAdapter {
    static final String NAME = "early frames";

    private final Deque<Object> held = new ArrayDeque<>();

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof WebSocketFrame) {
            held.add(message);
        } else {
            context.fireChannelRead(message);
        }
    }

    /** Hands on what it holds, in order, and leaves the pipeline. */
    void handOn(ChannelPipeline pipeline) {
        ChannelHandlerContext context = pipeline.context(this);
        while (!held.isEmpty()) {
            context.fireChannelRead(held.remove());
        }
        if (!context.isRemoved()) { // What was said may have ended the connection.
            pipeline.remove(this);
        }
    }

    /** The handshake failed, or the connection is gone. */
    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        held.forEach(ReferenceCountUtil::release);
        held.clear();
    }
}
