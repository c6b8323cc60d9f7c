package io.pakaura.syncgateway.session;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import java.net.SocketAddress;
import java.util.function.Consumer;

/**
 * A WebSocket as the channel that it is, below Vert.x's public API, for four things that Vert.x has no way for: frames that
 * are encoded once for all sockets, one flush for several of them, cutting a connection whose peer does not read ({@link
 * ServerWebSocket#close()} puts a close frame behind what is queued and waits for it to be written, with no end), and a
 * close code for {@link FrameViolations}.
 *
 * <p>Ready bytes pass Vert.x's encoder as they are, and its own frames, the close frame among them, come after those that
 * were written before. For the socket's event loop.
 */
final class SocketChannel implements OutboundQueue.Socket {
    private final SessionLoop loop;
    private final ChannelHandlerContext context;
    private final SocketAddress remote;
    private boolean isUnflushed;
    private boolean isCut;

    /** @param socket as Vert.x core made it; a wrapper of vertx-web has no way in */
    SocketChannel(ServerWebSocket socket, SessionLoop loop) {
        this.loop = loop;
        this.context = ((WebSocketInternal) socket).channelHandlerContext();
        this.remote = context.channel().remoteAddress(); // Asked later, a closed channel doesn't know it any more.
    }

    @Override
    public long queued() {
        ChannelOutboundBuffer queue = channel().unsafe().outboundBuffer();
        return queue == null ? 0 : queue.totalPendingWriteBytes();
    }

    /** A failure closes the connection, and there it is told. */
    @Override
    public void write(OutboundFrame frame) {
        var unused = context.write(frame.wire(), context.voidPromise());
        if (!isUnflushed) {
            isUnflushed = true;
            loop.flushLater(this);
        }
    }

    @Override
    public void whenWritten(Runnable action) {
        // Not at once: while its promises are told, the channel still counts what it has just written.
        context.writeAndFlush(Unpooled.EMPTY_BUFFER)
                .addListener(writtenOrClosed -> context.executor().execute(action));
    }

    /** Who is told when frames break the rules of RFC 6455; nothing more is read of them then. */
    void onViolation(Consumer<CloseCode> violated) {
        var unused = context.pipeline().addBefore(context.name(), "violations", new FrameViolations(violated));
    }

    void flush() {
        isUnflushed = false;
        context.flush();
    }

    void abort() {
        isCut = true;
        var unused = context.close();
    }

    /** Whether this side cut the connection. */
    boolean isCut() {
        return isCut;
    }

    /** Address and port of whoever connected: a proxy's, if there is one. */
    String remoteAddress() {
        String address = String.valueOf(remote);
        return address.substring(address.indexOf('/') + 1);
    }

    private Channel channel() {
        return context.channel();
    }
}
