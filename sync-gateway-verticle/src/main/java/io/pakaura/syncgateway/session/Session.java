package io.pakaura.syncgateway.session;

import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.pakaura.service.TokenOutcome;
import io.pakaura.syncgateway.protocol.ServerMessage;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket: what comes in goes to the state it is in, what goes out goes through its queue. All methods are for
 * the socket's event loop.
 */
final class Session implements SocketChannel.Listener, FrameReader.Sink, OutboundQueue.Pace {
    private static final Logger log = LoggerFactory.getLogger(Session.class);

    /** A client that fell behind is alone in that: its delta makes no storm. */
    private static final Duration RESYNC_SPREAD = Duration.ofSeconds(1);

    private final Promise<Void> identified = Promise.promise();
    private final Promise<Void> gone = Promise.promise();
    private final SocketChannel channel;
    private final SessionLoop loop;
    private final SessionEnvironment environment;
    private final SessionLog history;
    private final FrameRate rate;
    private final Patience patience = new Patience();
    private final FrameReader reader;
    private final Inbox inbox;
    private final OutboundQueue queue;
    private final Alarm stuck;
    private final Alarm cut;
    private long lastHeard = System.nanoTime();
    private @Nullable CloseCode closedWith;
    private String closedBecause = "";
    private SessionState state;

    private Session(ServerWebSocket socket, String correlationId, SessionLoop loop, SessionEnvironment environment) {
        this.history = new SessionLog(correlationId);
        this.channel = new SocketChannel(socket, loop, this);
        this.loop = loop;
        this.environment = environment;
        this.rate = new FrameRate(environment.limits(), System::nanoTime);
        this.reader = new FrameReader(environment.limits().messageBytes(), this);
        this.inbox = new Inbox(environment.limits().messageBytes(), this::handle);
        this.queue = new OutboundQueue(channel, environment.limits().queuedBytes(), this);
        this.stuck = new Alarm(
                environment.vertx(), () -> close(CloseCode.UNRESPONSIVE, "the client did not read what was sent"));
        this.cut = new Alarm(environment.vertx(), this::abort);
        this.state = new AwaitingHello(this, environment);
    }

    /**
     * Begins the session of a socket that was just upgraded, on its event loop.
     *
     * @param correlationId of the handshake
     */
    static Session open(
            ServerWebSocket socket, String correlationId, SessionLoop loop, SessionEnvironment environment) {
        Session session = new Session(socket, correlationId, loop, environment);
        session.state.begin();
        environment.metrics().opened();
        return session;
    }

    /** Reads what came with the handshake already, and from here on what comes. */
    void begin() {
        channel.begin();
    }

    String id() {
        return history.session();
    }

    SessionLoop loop() {
        return loop;
    }

    OutboundQueue queue() {
        return queue;
    }

    /** Done when the client has said who it is, or is gone. */
    Future<Void> identified() {
        return identified.future();
    }

    /** Done when the socket is gone. */
    Future<Void> gone() {
        return gone.future();
    }

    /** Goes to the next state. */
    void become(SessionState next) {
        state.end();
        state = next;
        if (next instanceof Joined joined) {
            history.isOf(joined.user());
        }
        next.begin();
        if (next instanceof Joined) {
            identified.tryComplete();
        }
    }

    /**
     * Checks a token of the client's. What the client says during a check that takes its time waits, so there is never
     * more than one; the outcome counts unless the session has left its state by then.
     *
     * @param type of the message that brought it
     * @param token empty if there was none
     */
    void check(String type, String token, Consumer<TokenOutcome> then) {
        if (token.isEmpty()) {
            close(CloseCode.UNAUTHENTICATED, type + " has no data.token");
            return;
        }
        SessionState asking = state;
        Future<TokenOutcome> check = environment.tokens().check(token);
        if (check.isComplete()) {
            then.accept(check.result());
            return;
        }
        inbox.hold();
        check.onSuccess(outcome -> {
                    if (state == asking) {
                        then.accept(outcome);
                    }
                    inbox.release();
                })
                .onFailure(fault -> history.on(log.atError()).setCause(fault).log("a token check failed"));
    }

    /** Closes the session for its token. */
    void refuse(TokenOutcome.Refused refused) {
        close(
                refused instanceof TokenOutcome.NoUser ? CloseCode.FORBIDDEN : CloseCode.UNAUTHENTICATED,
                refused.reason());
    }

    /** Whether a token of the client's is being checked, which is not its fault. */
    boolean isBeingChecked() {
        return inbox.isHeld();
    }

    void say(ServerMessage message) {
        queue.control(OutboundFrame.of(environment.codec().encode(message)));
    }

    /** The news of the feed changed. */
    void followFeed() {
        if (state instanceof Joined joined) {
            joined.followFeed();
        }
    }

    /** Tells the client when to reconnect. Until then it is served. */
    void announceEnd(Duration reconnectAfter) {
        if (!(state instanceof SessionState.Closed)) {
            say(new ServerMessage.Goaway(reconnectAfter.isNegative() ? Duration.ZERO : reconnectAfter));
        }
    }

    void sendAway() {
        close(CloseCode.SERVICE_RESTART, "this gateway is going");
    }

    /** Ends it from this side. The socket is gone when the peer has answered, or did not in time. */
    void close(CloseCode code, String reason) {
        if (state instanceof SessionState.Closed) {
            return;
        }
        history.on(log.atDebug()).addKeyValue("close_code", code.code()).log(reason);
        Trouble trouble = Trouble.of(code);
        if (trouble != null) {
            environment.troubles().add(trouble, history::on);
        }
        closedWith = code;
        closedBecause = reason;
        leave();
        cut.set(environment.times().closing());
        channel.close(code, reason);
    }

    /** Cuts the connection, whatever the peer does. */
    void abort() {
        history.on(log.atDebug()).log("cut: the client did not take part in closing");
        environment.troubles().add(Trouble.CUT, history::on);
        channel.abort();
    }

    /** Ends it at once, for others who need its place. */
    void makeRoom() {
        close(CloseCode.UNRESPONSIVE, "sync.hello did not come before others needed the place");
        channel.abort();
    }

    private void leave() {
        stuck.cancel();
        become(new SessionState.Closed());
    }

    @Override
    public void disconnected() {
        leave();
        cut.cancel();
        identified.tryComplete();
        environment.metrics().closed(closedWith, channel.isCut());
        tellEnd();
        gone.complete();
    }

    @Override
    public void failed(Throwable failure) {
        history.on(log.atDebug()).setCause(failure).log("connection lost");
    }

    private void tellEnd() {
        int code = closedWith == null ? channel.closeStatus() : closedWith.code();
        history.ended(code, whyEnded(), channel.remoteAddress(), queue);
    }

    private String whyEnded() {
        if (closedWith != null) {
            return closedBecause;
        }
        if (channel.isCut()) {
            return "cut by the gateway";
        }
        return channel.isLost() ? "connection lost" : "client left";
    }

    /** When the client last sent something, by {@link System#nanoTime}. */
    long lastHeard() {
        return lastHeard;
    }

    @Override
    public void read(WebSocketFrame frame) {
        lastHeard = System.nanoTime();
        if (state instanceof SessionState.Closed) {
            readAfterClose(frame);
        } else if (frame instanceof CloseWebSocketFrame) {
            leave(); // It is answered, and nothing may follow the answer (RFC 6455, section 5.5.1).
            cut.set(environment.times().closing());
        } else if (!rate.allows()) {
            close(CloseCode.TOO_MANY, "too many messages");
        } else if (frame instanceof PingWebSocketFrame && !patience.pinged(channel.isFull())) {
            close(CloseCode.UNRESPONSIVE, "the client sent pings and did not read the pongs");
        } else {
            reader.read(frame);
        }
    }

    private void readAfterClose(WebSocketFrame frame) {
        if (!(frame instanceof CloseWebSocketFrame)
                && !patience.sentAfterClose(frame.content().readableBytes())) {
            abort();
        }
    }

    @Override
    public void violated(CloseCode code) {
        reader.refuse(code);
    }

    @Override
    public void message(String text) {
        history.received();
        if (!inbox.offer(text)) {
            close(CloseCode.TOO_MANY, "too much was said while a token was being checked");
        }
    }

    private void handle(String text) {
        environment.codec().decode(text).deliverTo(state);
    }

    @Override
    public void violation(CloseCode code, String reason) {
        close(code, reason);
    }

    @Override
    public void fellBehind() {
        stuck.set(environment.times().drain());
    }

    @Override
    public void caughtUp() {
        stuck.cancel();
        if (state instanceof Joined joined) {
            environment.metrics().toldToResync();
            joined.resync(new ServerMessage.Resync("this client read too slowly", RESYNC_SPREAD));
        }
    }
}
