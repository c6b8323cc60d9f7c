package io.pakaura.syncgateway.session;

import io.pakaura.service.TokenOutcome;
import io.pakaura.service.TokenOutcome.Accepted;
import io.pakaura.service.TokenOutcome.Refused;
import io.pakaura.syncgateway.protocol.ServerMessage;
import java.time.Instant;

/**
 * One user's for life: in the user's channel, and welcomed as soon as the feed is proved. Events that come before the
 * welcome are in the delta that the client fetches after it.
 */
final class Joined implements SessionState, Member {
    private final Session session;
    private final OutboundQueue queue;
    private final SessionEnvironment environment;
    private final String user;
    private final FeedFollower feed;
    private final TokenExpiry expiry;
    private final Keepalive keepalive;

    Joined(Session session, SessionEnvironment environment, Accepted token) {
        this.session = session;
        this.queue = session.queue();
        this.environment = environment;
        this.user = token.user();
        this.feed = new FeedFollower(
                environment.vertx(), environment.times().hold(), environment.audience(), this::welcome, queue::control);
        this.expiry = new TokenExpiry(environment, token.expiresAt(), this::warn, this::expire);
        this.keepalive = new Keepalive(
                environment.vertx(),
                environment.times().ping(),
                queue::lastWrite,
                session::lastHeard,
                this::ping,
                this::gone);
    }

    @Override
    public void begin() {
        if (environment.channels().join(user, this)) {
            feed.joined();
        } else {
            session.close(CloseCode.TOO_MANY, "this user has too many connections");
        }
    }

    @Override
    public void end() {
        feed.end();
        expiry.stop();
        keepalive.stop();
        environment.channels().leave(user, this);
    }

    String user() {
        return user;
    }

    @Override
    public SessionLoop loop() {
        return session.loop();
    }

    @Override
    public void deliver(OutboundFrame event) {
        if (feed.isWelcomed()) { // No more once the session has left this state.
            queue.event(event);
            environment.metrics().delivered();
        }
    }

    private void welcome() {
        session.say(new ServerMessage.Welcome(session.id(), environment.times().ping(), expiry.expiresAt()));
        keepalive.start();
        expiry.start();
    }

    /** The news of the feed changed. */
    void followFeed() {
        feed.follow();
    }

    /** Tells the client alone to fetch the delta. */
    void resync(ServerMessage.Resync resync) {
        session.say(resync);
        feed.resyncWasSaid();
    }

    private void ping() {
        queue.control(environment.ping().current());
    }

    private void gone() {
        session.close(CloseCode.UNRESPONSIVE, "sync.ping was not answered");
    }

    private void warn(Instant expiresAt) {
        session.say(new ServerMessage.TokenExpiring(expiresAt));
    }

    private void expire() {
        session.close(CloseCode.UNAUTHENTICATED, "the token has expired");
    }

    // From the client.

    @Override
    public void hello(String token) {
        session.close(CloseCode.MALFORMED, "a session says sync.hello once: it is one user's for life");
    }

    @Override
    public void token(String token) {
        session.check("sync.token", token, this::renew);
    }

    /** A token that cannot be checked just now changes nothing: the one before is good until its end. */
    private void renew(TokenOutcome outcome) {
        if (outcome instanceof Refused refused) {
            session.refuse(refused);
        } else if (outcome instanceof Accepted accepted) {
            if (accepted.user().equals(user)) {
                expiry.renew(accepted.expiresAt());
            } else {
                session.close(CloseCode.UNAUTHENTICATED, "the token in sync.token is another user's");
            }
        }
    }

    @Override
    public void pong() {
        keepalive.answered();
    }

    @Override
    public void malformed(String reason) {
        session.close(CloseCode.MALFORMED, reason);
    }
}
