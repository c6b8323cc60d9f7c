package io.pakaura.quickstart;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /demo/token}: a token for whoever asks, for whatever name. It is what a real deployment has an identity
 * provider for, and only the quickstart has it.
 */
final class DemoTokens {
    private static final Logger log = LoggerFactory.getLogger(DemoTokens.class);
    private static final Duration LIFETIME = Duration.ofHours(12);
    private static final int MAX_BODY_BYTES = 4096;
    private static final Pattern USER = Pattern.compile("[^\\p{Cc}\\p{Cs}]{1,64}");

    private final String secret;
    private final Clock clock;

    DemoTokens(String secret, Clock clock) {
        this.secret = secret;
        this.clock = clock;
    }

    void handle(HttpServerRequest request) {
        if (!request.method().name().equals("POST")) {
            request.response().putHeader("Allow", "POST");
            answer(request.response(), 405, problem(405, "only POST", "method"));
            return;
        }
        Buffer body = Buffer.buffer();
        request.handler(chunk -> {
            if (body.length() <= MAX_BODY_BYTES) {
                body.appendBuffer(chunk);
            }
        });
        request.endHandler(end -> answer(request.response(), body));
    }

    private void answer(HttpServerResponse response, Buffer body) {
        String user = user(body);
        if (USER.matcher(user).matches()) {
            Instant expiresAt = clock.instant().plus(LIFETIME).truncatedTo(ChronoUnit.SECONDS);
            answer(
                    response,
                    200,
                    new JsonObject().put("token", sign(user, expiresAt)).put("expires_at", expiresAt));
        } else {
            answer(response, 400, problem(400, "must be a name of 1 to 64 characters", "user"));
        }
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

    private static JsonObject problem(int status, String reason, String field) {
        return new JsonObject()
                .put("type", "https://pakaura.io/problems/invalid-request")
                .put("title", "The request is not valid")
                .put("status", status)
                .put("detail", field + ": " + reason)
                .put(
                        "errors",
                        java.util.List.of(new JsonObject().put("field", field).put("reason", reason)));
    }

    private static void answer(HttpServerResponse response, int status, JsonObject body) {
        response.setStatusCode(status)
                .putHeader("Content-Type", status == 200 ? "application/json" : "application/problem+json")
                .putHeader("Cache-Control", "no-store")
                .end(body.toBuffer())
                .onFailure(gone -> log.debug("the caller went away", gone));
    }
}
