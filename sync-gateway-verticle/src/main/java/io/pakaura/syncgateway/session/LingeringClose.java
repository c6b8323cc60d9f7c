package io.pakaura.syncgateway.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;

/**
 * Gives a client whose frames can't be read any more (RFC 6455, section 7.1.7) the time to read why: a connection that is
 * closed while something has not been read is reset, and takes the close frame with it. On the channel's event loop.
 */
final class LingeringClose extends ChannelInboundHandlerAdapter {
    /** What the client may have had on its way. */
    private static final int LINGER_BYTES = 1 << 20;

    private int bytes;

    private LingeringClose() {}

    /** From here on what comes is thrown away: where a frame would begin nobody knows. */
    static void begin(ChannelHandlerContext context) {
        context.pipeline().addFirst(new LingeringClose());
    }

    /**
     * The client reads what was queued, the close frame, then the end, and closes: no need to wait for an answer that is
     * not decoded.
     */
    static void endOutput(ChannelHandlerContext context) {
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> {
            var unused = ((DuplexChannel) context.channel())
                    .shutdownOutput()
                    .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf read = (ByteBuf) message;
        bytes += read.readableBytes();
        read.release();
        if (bytes > LINGER_BYTES) {
            var unused = context.close();
        }
    }
}
