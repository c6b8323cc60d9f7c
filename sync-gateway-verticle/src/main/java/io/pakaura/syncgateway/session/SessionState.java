package io.pakaura.syncgateway.session;

import io.pakaura.syncgateway.protocol.ClientMessage;

/** Where a session is in its life. A state has only the moves that are legal in it. */
sealed interface SessionState extends ClientMessage.Receiver permits AwaitingHello, Joined, SessionState.Closed {

    /** Entered. */
    void begin();

    /** Left, for the next state or because the session closed. */
    void end();

    /** Newer clients may say more than this version knows. */
    @Override
    default void unknown(String type) {}

    /** The close frame is sent or the socket is gone: what still comes in counts no more. */
    record Closed() implements SessionState {
        @Override
        public void begin() {}

        @Override
        public void end() {}

        @Override
        public void hello(String token) {}

        @Override
        public void token(String token) {}

        @Override
        public void pong() {}

        @Override
        public void malformed(String reason) {}
    }
}
