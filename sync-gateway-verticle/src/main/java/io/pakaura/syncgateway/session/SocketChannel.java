package io.pakaura.syncgateway.session;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameEncoder;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.http.WebSocketInternal;
import java.net.SocketAddress;

/**
 * A WebSocket after its handshake, as the Netty channel that it is. It takes the place of Vert.x's own handler, which keeps
 * the request, the HTTP connection and a queue of 4 KiB for the life of each socket, has no way to write frames that are
 * encoded once for all sockets, nor one flush for several of them, nor an end for a peer that does not read, and cuts a
 * client that breaks RFC 6455 without a word.
 *
 * <p>It answers pings and takes part in closing (RFC 6455, sections 5.5.1 to 5.5.3). For the socket's event loop.
 */
final class SocketChannel extends ChannelInboundHandlerAdapter implements OutboundQueue.Socket {
    /** RFC 6455, section 7.1.5: a close frame without a code came, or none at all. */
    private static final int NO_CODE = 1005;

    private static final int LOST = 1006;

    /** Who is told of what comes; on the event loop. */
    interface Listener {
        /** @param frame not to be kept */
        void read(WebSocketFrame frame);

        /** What came was against the rules, and nothing that follows is read. The client may be told why. */
        void violated(CloseCode code);

        void failed(Throwable failure);

        /** The last call: the connection is gone. */
        void disconnected();
    }

    private final SessionLoop loop;
    private final ChannelHandlerContext context;
    /** What is ready for the wire goes out from here, past the encoder. */
    private final ChannelHandlerContext encoder;
    /** The listener runs on the handshake's own context, which has its correlation: whoever logs there has it, too. */
    private final ContextInternal handshake;

    private final SocketAddress remote;
    private final Listener listener;
    private int closeStatus = LOST;
    private boolean isUnflushed;
    private boolean isCloseSent;
    private boolean isGone;
    private boolean isCut;

    /**
     * Takes a socket over from Vert.x, on the handshake's context; the listener is not called before {@link #begin}.
     *
     * @param socket as Vert.x core made it; a wrapper of vertx-web has no way in
     */
    SocketChannel(ServerWebSocket socket, SessionLoop loop, Listener listener) {
        this.loop = loop;
        this.listener = listener;
        this.handshake = ContextInternal.current();
        ChannelHandlerContext vertx = ((WebSocketInternal) socket).channelHandlerContext();
        this.remote = vertx.channel().remoteAddress(); // Asked later, a closed channel doesn't know it any more.
        vertx.pipeline().replace(vertx.name(), "session", this);
        this.context = vertx.pipeline().context(this);
        this.encoder = vertx.pipeline().context(WebSocketFrameEncoder.class);
        if (!vertx.channel().isActive()) {
            context.executor().execute(() -> channelInactive(context));
        }
    }

    /**
     * To be called before the handshake of a request: holds frames that came with it, in one piece, and which Vert.x would
     * throw away. {@link #begin} reads them.
     */
    static void holdFrames(HttpServerRequest request) {
        ChannelHandlerContext vertx = ((HttpServerConnection) request.connection()).channelHandlerContext();
        if (vertx.pipeline().get(EarlyFrames.NAME) == null) { // It may be the second try on one connection.
            vertx.pipeline().addBefore(vertx.name(), EarlyFrames.NAME, new EarlyFrames());
        }
    }

    /** Reads what has come so far; from here on the listener is called. */
    void begin() {
        EarlyFrames early = (EarlyFrames) context.pipeline().get(EarlyFrames.NAME);
        if (early != null) {
            early.handOn(context.pipeline());
        }
    }

    // To the client.

    @Override
    public long queued() {
        ChannelOutboundBuffer queue = context.channel().unsafe().outboundBuffer();
        return queue == null ? 0 : queue.totalPendingWriteBytes();
    }

    /** Whether the client doesn't read what it is sent. */
    boolean isFull() {
        return !context.channel().isWritable();
    }

    /** A failure closes the connection, and there it is told. */
    @Override
    public void write(OutboundFrame frame) {
        write(encoder, frame.wire());
    }

    /** @param from whose predecessors in the pipeline are to see it */
    private void write(ChannelHandlerContext from, Object message) {
        var unused = from.write(message, from.voidPromise());
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

    void flush() {
        isUnflushed = false;
        encoder.flush();
    }

    /** Sends a close frame; the connection ends when the client answers it, or with {@link #abort}. */
    void close(CloseCode code, String reason) {
        if (!isCloseSent) {
            isCloseSent = true;
            var unused = context.writeAndFlush(new CloseWebSocketFrame(code.code(), reason), context.voidPromise());
        }
    }

    /** Cuts the connection. */
    void abort() {
        isCut = true;
        var unused = context.close();
    }

    // From the client.

    @Override
    public void channelRead(ChannelHandlerContext same, Object message) {
        try {
            if (message instanceof WebSocketFrame frame && !isCut) {
                handshake.dispatch(() -> receive(frame));
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void receive(WebSocketFrame frame) {
        if (frame instanceof CloseWebSocketFrame close && closeStatus == LOST) {
            closeStatus = close.statusCode() < 0 ? NO_CODE : close.statusCode();
        }
        listener.read(frame);
        if (frame instanceof CloseWebSocketFrame close) {
            end(close.statusCode());
        } else if (frame instanceof PingWebSocketFrame && !isCloseSent) {
            write(context, new PongWebSocketFrame(frame.content().retainedDuplicate()));
        }
    }

    /** Answers a close frame, or has been answered. */
    private void end(int status) {
        if (isCloseSent) {
            var unused = context.close();
        } else {
            isCloseSent = true;
            CloseWebSocketFrame answer = status < 0 ? new CloseWebSocketFrame() : new CloseWebSocketFrame(status, "");
            var unused = context.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext same, Throwable cause) {
        if (cause instanceof CorruptedWebSocketFrameException violation) {
            boolean isTooLarge = WebSocketCloseStatus.MESSAGE_TOO_BIG.equals(violation.closeStatus());
            LingeringClose.begin(context);
            handshake.dispatch(() -> listener.violated(isTooLarge ? CloseCode.MESSAGE_TOO_LARGE : CloseCode.MALFORMED));
            LingeringClose.endOutput(context);
        } else {
            handshake.dispatch(() -> listener.failed(cause));
            var unused = context.close();
        }
    }

    /** Nothing came for longer than a live client is silent. What else Vert.x says is for its own handler. */
    @Override
    public void userEventTriggered(ChannelHandlerContext same, Object event) {
        if (event instanceof IdleStateEvent) {
            abort();
        }
        ReferenceCountUtil.release(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext same) {
        if (!isGone) {
            isGone = true;
            handshake.dispatch(listener::disconnected);
        }
    }

    // For the log.

    /** The client's close code, 1005 if it gave none, 1006 if no close frame came (RFC 6455, section 7.1.5). */
    int closeStatus() {
        return closeStatus;
    }

    boolean isLost() {
        return closeStatus == LOST;
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
}
