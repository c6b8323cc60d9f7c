package io.pakaura.publisher.dapr;

/** Why the sidecar did not do what it was asked for. */
public sealed interface SidecarFailure {

    /**
     * It answered, but not as hoped.
     *
     * @param httpStatus what it answered
     * @param errorCode Dapr's, such as {@code ERR_SECRET_GET}; empty if the answer has none
     * @param detail beginning of the body, for the log; empty where the body may hold a secret
     */
    record Rejected(int httpStatus, String errorCode, String detail) implements SidecarFailure {}

    /**
     * No connection, or it broke: whether the sidecar did it is not known.
     *
     * @param reason for the log
     */
    record Unreachable(String reason) implements SidecarFailure {}

    /** No answer in time: whether the sidecar did it is not known. */
    record TimedOut() implements SidecarFailure {}
}
