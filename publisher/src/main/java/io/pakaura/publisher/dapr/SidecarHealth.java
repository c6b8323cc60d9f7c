package io.pakaura.publisher.dapr;

/** Whether a sidecar can be used. */
public sealed interface SidecarHealth {

    /** Its components are loaded, and it takes requests. */
    record Ready() implements SidecarHealth {}

    /** Not yet, or not any more. */
    record NotReady(SidecarFailure why) implements SidecarHealth {}
}
