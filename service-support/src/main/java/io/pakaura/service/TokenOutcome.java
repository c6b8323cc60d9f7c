package io.pakaura.service;

import java.time.Instant;

/** What {@link TokenCheck} found. */
public sealed interface TokenOutcome {

    /**
     * The token is good.
     *
     * @param user the {@code sub}: whose tasks this request or session may see
     * @param expiresAt when it ends
     */
    record Accepted(String user, Instant expiresAt) implements TokenOutcome {}

    /** Nobody is let in with this token. */
    sealed interface Refused extends TokenOutcome {

        /** A sentence for the caller; says nothing of keys. */
        String reason();
    }

    /** The token is missing or not good. Another one may be. */
    record Rejected(String reason) implements Refused {}

    /** The token is good, but whom it names can be no user here. A fresh one would name the same. */
    record NoUser(String reason) implements Refused {}

    /** The token may be good: its key is not known here, and the issuer cannot be asked just now. To be tried again. */
    record Undecided() implements TokenOutcome {}
}
