package io.pakaura.service;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import io.vertx.core.Future;
import java.security.Key;
import java.util.List;

/** Where the keys are that signatures are checked with. Safe on any thread, and never blocks. */
sealed interface KeySource permits SharedSecret, IssuerKeys {

    /** Whether tokens of this algorithm are taken at all. */
    boolean accepts(JWSAlgorithm algorithm);

    /** The known keys that may have signed a token with this header, all of its algorithm's kind; few, often none. */
    List<? extends Key> candidates(JWSHeader header);

    /**
     * Looks for keys that are not known yet, if it is time to.
     *
     * @param tried what was {@link #current} when there was none for the caller's token: if others have come since, it
     *     is those that count, and nobody is asked
     * @return whether the keys that are known then are those that the issuer has, so that a key that is still unknown
     *     is nobody's; never fails. Done at once or on the caller's context
     */
    Future<Boolean> ask(Object tried);

    /** Stands for the keys of now: another object once there are others, or the same were fetched anew. */
    Object current();

    /** Whether any key is known. */
    boolean isReady();

    Future<Void> close();
}
