package io.pakaura.publisher.dapr;

/** What became of a change to a state store. */
public sealed interface StateWrite {

    /** It is there. */
    record Done() implements StateWrite {}

    /**
     * The store does not have the version that the change was made for.
     *
     * @param perhapsByThisCall an earlier try of the same call had no answer, or an error for one, and may have made
     *     the change all the same; who needs to know reads again
     */
    record Conflict(boolean perhapsByThisCall) implements StateWrite {}

    /** Whether it is there is not known; with a {@link SidecarFailure.Rejected} of 4xx it is not. */
    record Failed(SidecarFailure why) implements StateWrite {}
}
