package io.pakaura.syncgateway.protocol;

/** What a client said in one message. Give it to a {@link Receiver} to tell the kinds apart. */
public sealed interface ClientMessage {

    /** Calls the receiver's method for this kind of message. */
    void deliverTo(Receiver receiver);

    /**
     * {@code sync.hello}: who the client is.
     *
     * @param token the bearer token; empty if the message has none
     */
    record Hello(String token) implements ClientMessage {
        @Override
        public void deliverTo(Receiver receiver) {
            receiver.hello(token);
        }

        /** Never prints the token. */
        @Override
        public String toString() {
            return "Hello[]";
        }
    }

    /**
     * {@code sync.token}: a fresh token on the live connection.
     *
     * @param token the bearer token; empty if the message has none
     */
    record Token(String token) implements ClientMessage {
        @Override
        public void deliverTo(Receiver receiver) {
            receiver.token(token);
        }

        /** Never prints the token. */
        @Override
        public String toString() {
            return "Token[]";
        }
    }

    /** {@code sync.pong}: the answer to {@code sync.ping}. */
    record Pong() implements ClientMessage {
        @Override
        public void deliverTo(Receiver receiver) {
            receiver.pong();
        }
    }

    /** A CloudEvent of a type that this version doesn't know. Newer clients may send it: it is ignored. */
    record Unknown(String type) implements ClientMessage {
        @Override
        public void deliverTo(Receiver receiver) {
            receiver.unknown(type);
        }
    }

    /**
     * Not a CloudEvent in JSON.
     *
     * @param reason what is wrong, to be read by the client's author
     */
    record Malformed(String reason) implements ClientMessage {
        @Override
        public void deliverTo(Receiver receiver) {
            receiver.malformed(reason);
        }
    }

    /** One method for each kind of message, so that a new kind does not compile until everybody handles it. */
    interface Receiver {
        void hello(String token);

        void token(String token);

        void pong();

        void unknown(String type);

        void malformed(String reason);
    }
}
