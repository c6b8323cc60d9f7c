package io.pakaura.service;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that were found good, so that the next request with the same one is not checked again: an ES256 signature takes
 * the JVM a millisecond of an event loop. What was found with other keys than those of now counts for nothing, so that a
 * key that was removed takes its tokens with it. Safe on any thread.
 */
final class VerifiedTokens {
    /** Of all tokens together; the ones that were used least make room. */
    private static final long MAX_CHARACTERS = 8L * 1024 * 1024;

    private final Cache<String, Verified> tokens = Caffeine.newBuilder()
            .maximumWeight(MAX_CHARACTERS)
            .weigher((String token, Verified verified) -> token.length())
            .executor(Runnable::run)
            .build();

    private record Verified(TokenOutcome.Accepted outcome, Object keys) {}

    /**
     * What was found of a token, if it has not ended.
     *
     * @param keys the identity of the keys of now
     */
    TokenOutcome.@Nullable Accepted find(String token, Object keys, Instant now) {
        Verified verified = tokens.getIfPresent(token);
        return verified != null
                        && verified.keys == keys
                        && verified.outcome.expiresAt().isAfter(now)
                ? verified.outcome
                : null;
    }

    /** @param keys those that were there before the check began */
    void add(String token, Object keys, TokenOutcome outcome) {
        if (outcome instanceof TokenOutcome.Accepted accepted) {
            tokens.put(token, new Verified(accepted, keys));
        }
    }

    /** Of all tokens that are remembered. */
    long characters() {
        tokens.cleanUp();
        return tokens.asMap().keySet().stream().mapToLong(String::length).sum();
    }
}
