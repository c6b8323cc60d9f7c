package io.pakaura.taskapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.pakaura.publisher.testing.TestDatabase;
import io.pakaura.service.Settings;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The task API on a real database and real ports, and a client that is nothing of ours: the JDK's. */
final class ApiFixture implements AutoCloseable {
    static final String SECRET = "a-secret-for-tests-of-at-least-32-bytes";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    final TestDatabase database = TestDatabase.create();
    final Vertx vertx = Vertx.vertx();
    final TaskApi api;
    private final HttpClient client = HttpClient.newHttpClient();

    ApiFixture(Map<String, String> extra) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "HTTP_HOST", "127.0.0.1",
                "HTTP_PORT", "0",
                "OPS_HOST", "127.0.0.1",
                "OPS_PORT", "0",
                "DATABASE_URL", database.url(),
                "JWT_SECRET", SECRET));
        environment.putAll(extra);
        try {
            api = TaskApi.start(vertx, TaskApiConfig.read(new Settings(environment)))
                    .await(60, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new IllegalStateException(late);
        }
    }

    static String token(String user) {
        return token(user, Instant.now().plusSeconds(600));
    }

    static String token(String user, Instant expiresAt) {
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader(JWSAlgorithm.HS256),
                    new JWTClaimsSet.Builder()
                            .subject(user)
                            .expirationTime(Date.from(expiresAt))
                            .build());
            token.sign(new MACSigner(SECRET));
            return token.serialize();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A request as a user, with a JSON body unless it is empty. */
    Response send(String user, String method, String path, String body, String... headers) {
        HttpRequest.Builder request = request(path)
                .header("Authorization", "Bearer " + token(user))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty() && !String.join(",", headers).contains("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.httpPort() + path));
    }

    Response send(HttpRequest.Builder request) {
        try {
            return new Response(client.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() throws TimeoutException {
        api.close().await(30, TimeUnit.SECONDS);
        vertx.close().await(30, TimeUnit.SECONDS);
    }

    /** A response, its body read as JSON. */
    record Response(HttpResponse<String> http) {
        int status() {
            return http.statusCode();
        }

        String header(String name) {
            return http.headers().firstValue(name).orElse("");
        }

        JsonNode json() {
            try {
                return MAPPER.readTree(http.body());
            } catch (IOException notJson) {
                throw new UncheckedIOException(http.body(), notJson);
            }
        }

        /** Names of the fields that the problem document names. */
        java.util.List<String> fields() {
            java.util.List<String> fields = new java.util.ArrayList<>();
            json().path("errors")
                    .forEach(error -> fields.add(error.path("field").asText()));
            return fields;
        }
    }
}
