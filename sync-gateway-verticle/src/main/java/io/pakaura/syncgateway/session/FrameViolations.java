package io.pakaura.syncgateway.session;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.util.function.Consumer;

/**
 * Stands between Netty's decoder and Vert.x, which cuts a connection without a word when its frames break the rules (RFC
 * 6455, section 7.1.7). Here the client is told why, and gets the time to read it: a connection that is closed while
 * something has not been read is reset, and takes the close frame with it.
 */
final class FrameViolations extends ChannelInboundHandlerAdapter {
    /** What the client may have had on its way. */
    private static final int LINGER_BYTES = 1 << 20;

    private final Consumer<CloseCode> violated;

    /** @param violated writes the close frame */
    FrameViolations(Consumer<CloseCode> violated) {
        this.violated = violated;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof CorruptedWebSocketFrameException violation) {
            boolean isTooLarge = WebSocketCloseStatus.MESSAGE_TOO_BIG.equals(violation.closeStatus());
            context.pipeline().addFirst(new Discarded());
            violated.accept(isTooLarge ? CloseCode.MESSAGE_TOO_LARGE : CloseCode.MALFORMED);
            endOutput(context);
        } else {
            context.fireExceptionCaught(cause);
        }
    }

    /** The client reads the close frame, then the end, and closes: no need to wait for an answer that is not decoded. */
    private static void endOutput(ChannelHandlerContext context) {
        context.executor().execute(() -> {
            context.flush();
            var unused = ((DuplexChannel) context.channel())
                    .shutdownOutput()
                    .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        });
    }

    /** Where a frame would begin nobody knows, so that nothing of what follows is looked at. */
    private static final class Discarded extends ChannelInboundHandlerAdapter {
        private int bytes;

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
}
