package io.pakaura.service;

import io.vertx.core.Future;

/** A service that runs. */
public interface Service {

    /** One line for the log: what runs where. */
    String describe();

    /** Ends it in order: takes nothing new, finishes what is in flight. */
    Future<Void> close();
}
