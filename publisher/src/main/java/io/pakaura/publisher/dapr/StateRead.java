package io.pakaura.publisher.dapr;

import io.vertx.core.buffer.Buffer;

/** What a state store has under a key. */
public sealed interface StateRead {

    /**
     * A value.
     *
     * @param value as the store has it
     * @param etag names this version of it; empty if the store knows no versions
     */
    record Found(Buffer value, String etag) implements StateRead {}

    /** Nothing. */
    record Absent() implements StateRead {}

    /** Whether there is something is not known. */
    record Failed(SidecarFailure why) implements StateRead {}
}
