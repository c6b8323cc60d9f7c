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

    /**
     * The token is missing or not good.
     *
     * @param reason a sentence for the caller; says nothing of keys
     */
    record Rejected(String reason) implements TokenOutcome {}

    /** The token may be good: its key is not known here, and the issuer cannot be asked just now. To be tried again. */
    record Undecided() implements TokenOutcome {}
}
