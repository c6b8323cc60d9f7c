package io.pakaura.quickstart;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.regex.Pattern;

/**
 * {@code POST /demo/token}: a token for whoever asks, for whatever name. It is what a real deployment has an identity
 * provider for, and only the quickstart has it.
 */
final class DemoTokens {
    private static final Duration LIFETIME = Duration.ofHours(12);
    private static final int MAX_BODY_BYTES = 4096;
    private static final Pattern USER = Pattern.compile("[^\\p{Cc}\\p{Cs}]{1,64}");

    private final String secret;
    private final Clock clock;

    DemoTokens(String secret, Clock clock) {
        this.secret = secret;
        this.clock = clock;
    }

    Answer answer(HttpMethod method, Buffer body) {
        if (!method.equals(HttpMethod.POST)) {
            return Answer.problem(405, "method", "only POST").with("Allow", "POST");
        }
        String user = user(body);
        if (!USER.matcher(user).matches()) {
            return Answer.problem(400, "user", "must be a name of 1 to 64 characters");
        }
        Instant expiresAt = clock.instant().plus(LIFETIME).truncatedTo(ChronoUnit.SECONDS);
        return Answer.ok(new JsonObject().put("token", sign(user, expiresAt)).put("expires_at", expiresAt));
    }

    private static String user(Buffer body) {
        try {
            return body.length() <= MAX_BODY_BYTES && body.toJsonObject().getValue("user") instanceof String user
                    ? user.strip()
                    : "";
        } catch (DecodeException | ClassCastException notAnObject) {
            return "";
        }
    }

    private String sign(String user, Instant expiresAt) {
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader(JWSAlgorithm.HS256),
                    new JWTClaimsSet.Builder()
                            .subject(user)
                            .issueTime(Date.from(clock.instant()))
                            .expirationTime(Date.from(expiresAt))
                            .build());
            token.sign(new MACSigner(secret));
            return token.serialize();
        } catch (JOSEException impossible) {
            throw new IllegalStateException("a token cannot be signed", impossible);
        }
    }
}
