package io.pakaura.syncgateway.session;

import io.pakaura.service.TokenOutcome;
import io.pakaura.service.TokenOutcome.Accepted;
import io.pakaura.service.TokenOutcome.Refused;

/** Connected, and nobody yet: the hello is due, or its token is being checked. */
final class AwaitingHello implements SessionState {
    private final Session session;
    private final SessionEnvironment environment;
    private final Alarm tooLate;

    AwaitingHello(Session session, SessionEnvironment environment) {
        this.session = session;
        this.environment = environment;
        this.tooLate = new Alarm(environment.vertx(), this::expire);
    }

    @Override
    public void begin() {
        tooLate.set(environment.times().hello());
    }

    @Override
    public void end() {
        tooLate.cancel();
    }

    private void expire() {
        session.close(CloseCode.UNRESPONSIVE, "sync.hello did not come in time");
    }

    @Override
    public void hello(String token) {
        tooLate.cancel();
        session.check("sync.hello", token, this::identify);
    }

    private void identify(TokenOutcome outcome) {
        if (outcome instanceof Accepted accepted) {
            session.become(new Joined(session, environment, accepted));
        } else if (outcome instanceof Refused refused) {
            session.refuse(refused);
        } else {
            session.close(CloseCode.SERVICE_RESTART, "the token cannot be checked just now");
        }
    }

    @Override
    public void token(String token) {
        session.close(CloseCode.MALFORMED, "sync.token came before sync.hello");
    }

    @Override
    public void pong() {
        // Nothing was asked, and nothing is proved: the hello is still due.
    }

    @Override
    public void malformed(String reason) {
        session.close(CloseCode.MALFORMED, reason);
    }
}
