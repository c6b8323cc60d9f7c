package io.pakaura.service;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * How bearer tokens are checked.
 *
 * @param secret HS256 secret, at least 32 bytes in UTF-8 (RFC 7518, section 3.2)
 * @param issuer the {@code iss} that a token must have, or {@code null} for any
 * @param audience the {@code aud} that a token must have, or {@code null} for any
 */
public record TokenConfig(
        String secret, @Nullable String issuer, @Nullable String audience) {
    static final int MIN_SECRET_BYTES = 32;

    /** {@code JWT_SECRET}, {@code JWT_ISSUER}, {@code JWT_AUDIENCE}. */
    public static TokenConfig read(Settings settings) {
        if (settings.optional("JWT_JWKS_URL") != null) {
            settings.fault("JWT_JWKS_URL", "is not supported yet: set JWT_SECRET");
        }
        String secret = settings.required("JWT_SECRET", "the HS256 secret of the bearer tokens");
        if (!secret.isEmpty() && secret.getBytes(StandardCharsets.UTF_8).length < MIN_SECRET_BYTES) {
            settings.fault("JWT_SECRET", "must have at least " + MIN_SECRET_BYTES + " bytes");
        }
        return new TokenConfig(secret, settings.optional("JWT_ISSUER"), settings.optional("JWT_AUDIENCE"));
    }

    /** Never prints the secret. */
    @Override
    public String toString() {
        return "TokenConfig[issuer=" + issuer + ", audience=" + audience + "]";
    }
}
