package io.pakaura.publisher.dapr;

/** What became of one publish. Only {@link Published} means that the broker has the event. */
public sealed interface PublishResult {

    /** The result in a word, for logs: an HTTP status, {@code unreachable} or {@code timeout}. */
    String status();

    /** The broker has it. */
    record Published() implements PublishResult {
        @Override
        public String status() {
            return "204";
        }
    }

    /**
     * The sidecar answered, but not with 204.
     *
     * @param httpStatus what it answered
     * @param detail beginning of the body, for the log
     */
    record Rejected(int httpStatus, String detail) implements PublishResult {
        @Override
        public String status() {
            return Integer.toString(httpStatus);
        }
    }

    /**
     * The sidecar could not be reached, or the connection broke: whether the broker has the event is not known.
     *
     * @param reason for the log
     */
    record Unreachable(String reason) implements PublishResult {
        @Override
        public String status() {
            return "unreachable";
        }
    }

    /** No answer in time: whether the broker has the event is not known. */
    record TimedOut() implements PublishResult {
        @Override
        public String status() {
            return "timeout";
        }
    }
}
