package io.pakaura.service;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How bearer tokens are checked.
 *
 * @param keys what their signatures are checked with
 * @param issuer the {@code iss} that a token must have, or {@code null} for any
 * @param audience the {@code aud} that a token must have, or {@code null} for any
 */
public record TokenConfig(
        Keys keys, @Nullable String issuer, @Nullable String audience) {
    static final int MIN_SECRET_BYTES = 32;

    /** What signatures are checked with; the kind decides which algorithms are taken. */
    public sealed interface Keys {

        /**
         * HS256.
         *
         * @param value at least 32 bytes in UTF-8 (RFC 7518, section 3.2)
         */
        record Secret(String value) implements Keys {
            /** Never prints the secret. */
            @Override
            public String toString() {
                return "Secret[]";
            }
        }

        /**
         * RS256 and ES256, with the keys that the issuer publishes (RFC 7517, section 5).
         *
         * @param url http or https
         */
        record Jwks(URI url) implements Keys {}
    }

    /** {@code JWT_SECRET} or {@code JWT_JWKS_URL}, {@code JWT_ISSUER}, {@code JWT_AUDIENCE}. */
    public static TokenConfig read(Settings settings) {
        return new TokenConfig(keys(settings), settings.optional("JWT_ISSUER"), settings.optional("JWT_AUDIENCE"));
    }

    private static Keys keys(Settings settings) {
        String secret = settings.optional("JWT_SECRET");
        if (settings.optional("JWT_JWKS_URL") == null) {
            return secret(settings, secret);
        }
        if (secret != null) {
            settings.fault("JWT_JWKS_URL", "must not be set together with JWT_SECRET");
        }
        return settings.parsed(
                "JWT_JWKS_URL",
                new Keys.Secret(""),
                "must be an http or https URL, without a user and without a fragment",
                url -> new Keys.Jwks(jwksUrl(URI.create(url))));
    }

    private static Keys secret(Settings settings, @Nullable String secret) {
        if (secret == null) {
            settings.fault("JWT_SECRET", "is required, or JWT_JWKS_URL: what the bearer tokens are checked with");
        } else if (secret.getBytes(StandardCharsets.UTF_8).length < MIN_SECRET_BYTES) {
            settings.fault("JWT_SECRET", "must have at least " + MIN_SECRET_BYTES + " bytes");
        }
        return new Keys.Secret(secret == null ? "" : secret);
    }

    private static URI jwksUrl(URI url) {
        if (!List.of("http", "https").contains(url.getScheme())
                || url.getHost() == null
                || url.getRawUserInfo() != null
                || url.getRawFragment() != null
                || url.getPort() > 65_535) {
            throw new IllegalArgumentException();
        }
        return url;
    }
}
