package io.pakaura.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import io.pakaura.publisher.testing.Await;
import io.pakaura.publisher.testing.TestIssuer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.healthchecks.HealthChecks;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that are checked with the keys of an issuer, whatever the issuer does. */
class IssuerKeysIT {
    private static final Duration NEVER = Duration.ofHours(1);
    private static final RSAKey RSA = TestIssuer.rsaKey();
    private static final TokenOutcome UNDECIDED = new TokenOutcome.Undecided();

    private final Vertx vertx = Vertx.vertx();
    private final TestIssuer issuer = new TestIssuer();
    private JwksTimes times = new JwksTimes(NEVER, NEVER, Duration.ofSeconds(15), NEVER, NEVER, NEVER);
    private IssuerKeys keys;

    private TokenCheck start() {
        return start(issuer.url());
    }

    private TokenCheck start(String url) {
        TokenConfig config = new TokenConfig(new TokenConfig.Keys.Jwks(URI.create(url)), null, null);
        var client = new JwksClient(vertx, URI.create(url), times.deadline(), new HttpClientOptions());
        keys = IssuerKeys.start(vertx, client, times);
        return new TokenCheck(config, keys, Clock.systemUTC());
    }

    private TokenCheck startWithKeys() {
        TokenCheck check = start();
        Await.until(keys::isReady);
        return check;
    }

    @AfterEach
    void close() throws TimeoutException {
        keys.close().await(10, TimeUnit.SECONDS);
        vertx.close().await(10, TimeUnit.SECONDS);
        issuer.close();
    }

    @Test
    void a_token_of_a_known_key_is_checked_at_once() {
        JWK ec = TestIssuer.ecKey();
        issuer.publish(RSA, ec);
        TokenCheck check = startWithKeys();

        for (JWK key : List.of(RSA, ec)) {
            Future<TokenOutcome> checked = check.check(TestIssuer.sign(key, "alice"));
            assertThat(checked.isComplete()).isTrue();
            assertAccepted(checked, "alice");
        }
        assertThat(issuer.requests()).isEqualTo(1);
    }

    @Test
    void what_follows_a_check_of_a_known_key_runs_at_once() {
        TokenCheck check = startWithKeys();
        Thread here = Thread.currentThread();
        Thread[] there = new Thread[1];

        check.checkHeader("Bearer " + issuer.sign("alice")).onSuccess(outcome -> there[0] = Thread.currentThread());

        assertThat(there[0]).isSameAs(here);
    }

    @Test
    void a_check_before_the_first_keys_waits_for_them_on_its_own_event_loop() throws Exception {
        issuer.hesitate();
        TokenCheck check = start();
        Context caller = vertx.getOrCreateContext();
        Future<Boolean> waited =
                Future.future(done -> caller.runOnContext(here -> check.check(TestIssuer.sign(RSA, "alice"))
                        .map(outcome -> outcome instanceof TokenOutcome.Accepted && Vertx.currentContext() == caller)
                        .onComplete(done)));
        Await.until(() -> issuer.requests() == 1);
        assertThat(keys.isReady()).isFalse();

        issuer.goOn(RSA);

        assertThat(waited.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_rotated_key_is_picked_up_with_its_first_token() {
        TokenCheck check = startWithKeys();
        String before = issuer.sign("alice");
        issuer.rotate(RSA);

        assertAccepted(check.check(issuer.sign("alice")), "alice");

        assertRejected(check.check(before));
        assertThat(issuer.requests()).isEqualTo(2);
    }

    @Test
    void a_token_that_came_just_before_the_first_keys_does_not_use_up_the_cool_down() throws Exception {
        start();
        Object tried = keys.current();
        Await.until(keys::isReady);

        assertThat(keys.ask(tried).await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(issuer.requests()).isEqualTo(1);
        keys.ask(keys.current()).await(10, TimeUnit.SECONDS);
        assertThat(issuer.requests()).isEqualTo(2);
    }

    @Test
    void a_removed_key_is_not_good_after_the_next_refresh() {
        times = new JwksTimes(Duration.ofMillis(50), NEVER, Duration.ofSeconds(5), NEVER, NEVER, NEVER);
        TokenCheck check = startWithKeys();
        String before = issuer.sign("alice");
        assertAccepted(check.check(before), "alice");

        issuer.rotate(RSA);

        Await.until(() -> outcome(check.check(before)) instanceof TokenOutcome.Rejected);
        assertAccepted(check.check(issuer.sign("alice")), "alice");
    }

    @Test
    void thousands_of_invented_keys_are_one_request_to_the_issuer_and_hold_up_nobody() {
        TokenCheck check = startWithKeys();
        String good = issuer.sign("alice");
        JWK stranger = TestIssuer.ecKey();

        List<Future<TokenOutcome>> checks = Stream.generate(() -> check.check(invented(stranger)))
                .limit(5_000)
                .toList();
        assertThat(check.check(good).isComplete()).isTrue();

        assertThat(checks).allSatisfy(IssuerKeysIT::assertRejected);
        assertThat(issuer.requests()).isEqualTo(2);
    }

    @Test
    void those_who_wait_share_one_fetch_and_are_no_more_than_five_hundred() {
        TokenCheck check = startWithKeys();
        issuer.hesitate();
        RSAKey next = TestIssuer.rsaKey();
        String token = TestIssuer.sign(next, "alice");

        List<Future<TokenOutcome>> checks =
                Stream.generate(() -> check.check(token)).limit(600).toList();
        assertThat(checks.stream().filter(Future::isComplete).map(Future::result))
                .hasSize(100)
                .containsOnly(UNDECIDED);
        Await.until(() -> issuer.requests() == 2);
        issuer.goOn(next);

        assertThat(checks.subList(0, 500)).allSatisfy(waited -> assertAccepted(waited, "alice"));
        assertThat(issuer.requests()).isEqualTo(2);
    }

    @Test
    void after_the_cool_down_an_unknown_key_is_asked_for_again() {
        times = new JwksTimes(NEVER, Duration.ofMillis(50), Duration.ofSeconds(5), NEVER, NEVER, NEVER);
        TokenCheck check = startWithKeys();
        JWK stranger = TestIssuer.ecKey();

        Await.until(() -> {
            assertRejected(check.check(invented(stranger)));
            return issuer.requests() == 4;
        });
    }

    @Test
    void nobody_is_asked_for_the_key_of_a_token_that_is_not_good_anyway() {
        TokenConfig config =
                new TokenConfig(new TokenConfig.Keys.Jwks(URI.create(issuer.url())), "https://issuer.example", null);
        startWithKeys();
        TokenCheck check = new TokenCheck(config, keys, Clock.systemUTC());

        assertRejected(check.check(TestIssuer.sign(RSA, "of another issuer")));
        assertRejected(new TokenCheck(config, keys, Clock.offset(Clock.systemUTC(), Duration.ofDays(1)))
                .check(TestIssuer.sign(RSA, "too late")));
        assertRejected(check.check("eyJhbGciOiJFUzI1NiIsImtpZCI6IngifQ..AA"));
        assertThat(issuer.requests()).isEqualTo(1);
    }

    @Test
    void in_an_outage_known_keys_are_good_and_unknown_ones_are_not_decided_on() {
        times = new JwksTimes(
                Duration.ofMillis(50),
                NEVER,
                Duration.ofSeconds(5),
                Duration.ofMillis(20),
                Duration.ofMillis(50),
                NEVER);
        TokenCheck check = startWithKeys();
        String good = issuer.sign("alice");
        issuer.goDown();

        Await.until(() -> outcome(check.check(invented(RSA))).equals(UNDECIDED));
        assertAccepted(check.check(good), "alice");

        issuer.rotate(RSA);
        issuer.comeUp();
        Await.until(() -> outcome(check.check(issuer.sign("alice"))) instanceof TokenOutcome.Accepted);
    }

    @Test
    void keys_that_could_not_be_fetched_again_for_too_long_are_given_up() {
        times = new JwksTimes(
                Duration.ofMillis(50),
                NEVER,
                Duration.ofSeconds(5),
                Duration.ofMillis(20),
                Duration.ofMillis(50),
                Duration.ofMillis(500));
        TokenCheck check = startWithKeys();
        String good = issuer.sign("alice");
        issuer.goDown();

        Await.until(() -> !keys.isReady());

        assertThat(outcome(check.check(good))).isEqualTo(UNDECIDED);
    }

    @Test
    void without_any_keys_nothing_is_decided_and_it_is_not_ready() throws Exception {
        issuer.goDown();
        TokenCheck check = start();
        HealthChecks readiness = HealthChecks.create(vertx);
        check.addTo(readiness);

        assertThat(outcome(check.check(issuer.sign("alice")))).isEqualTo(UNDECIDED);
        assertThat(readiness.checkStatus("jwks").await(10, TimeUnit.SECONDS).getUp())
                .isFalse();
    }

    @Test
    void it_gets_its_keys_when_the_issuer_is_there_at_last() throws Exception {
        times = new JwksTimes(NEVER, NEVER, Duration.ofSeconds(5), Duration.ofMillis(20), Duration.ofMillis(50), NEVER);
        issuer.goDown();
        TokenCheck check = start();
        HealthChecks readiness = HealthChecks.create(vertx);
        check.addTo(readiness);
        issuer.comeUp();

        Await.until(keys::isReady);

        assertAccepted(check.check(issuer.sign("alice")), "alice");
        assertThat(readiness.checkStatus("jwks").await(10, TimeUnit.SECONDS).getUp())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "{\"keys\":[]}", "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\"}]}"})
    void an_answer_without_keys_is_a_failure_and_the_keys_before_stay(String body) {
        assertAnswerIsAFailure(() -> issuer.answer(200, body));
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 301, 304, 404, 500, 503})
    void an_answer_other_than_200_is_a_failure_and_the_keys_before_stay(int status) {
        assertAnswerIsAFailure(() -> issuer.answer(status, "{\"keys\":[" + RSA.toPublicJWK() + "]}"));
    }

    @Test
    void a_redirect_is_not_followed() {
        assertAnswerIsAFailure(() -> issuer.answer(request -> {
            if (request.path().equals("/keys")) {
                request.response()
                        .setStatusCode(302)
                        .putHeader("Location", "/other")
                        .end();
            } else {
                request.response().end("{\"keys\":[" + RSA.toPublicJWK() + "]}");
            }
        }));
    }

    @Test
    void an_answer_that_is_too_large_is_a_failure_before_it_ends() {
        assertAnswerIsAFailure(() -> issuer.answer(request -> endless(request)));
    }

    @Test
    void an_answer_that_ends_too_early_is_a_failure() {
        assertAnswerIsAFailure(() -> issuer.answer(request -> {
            request.response().putHeader("Content-Length", "5000").write("{\"keys\":[");
            vertx.setTimer(20, late -> request.connection().close());
        }));
    }

    @Test
    void an_answer_in_drops_is_a_failure_when_its_time_is_over() {
        times = new JwksTimes(NEVER, NEVER, Duration.ofMillis(300), NEVER, NEVER, NEVER);
        assertAnswerIsAFailure(() -> issuer.answer(request -> {
            request.response().setChunked(true);
            vertx.setPeriodic(10, drop -> request.response().write(" "));
        }));
    }

    /** The first fetch succeeds, the one that an unknown key asks for does not. */
    private void assertAnswerIsAFailure(Runnable change) {
        TokenCheck check = startWithKeys();
        String good = issuer.sign("alice");
        change.run();

        assertThat(outcome(check.check(TestIssuer.sign(RSA, "alice")))).isEqualTo(UNDECIDED);

        assertThat(issuer.requests()).isEqualTo(2);
        assertAccepted(check.check(good), "alice");
    }

    private static void endless(HttpServerRequest request) {
        request.response().setChunked(true);
        for (int piece = 0; piece < 40; piece++) {
            request.response().write(" ".repeat(10_000));
        }
    }

    @Test
    void a_public_key_is_no_secret_to_sign_with() throws Exception {
        issuer.rotate(RSA);
        TokenCheck check = startWithKeys();
        byte[] der = RSA.toPublicKey().getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(der)
                + "\n-----END PUBLIC KEY-----\n";

        for (byte[] secret : List.of(
                der,
                pem.getBytes(StandardCharsets.UTF_8),
                RSA.getModulus().decode(),
                RSA.getModulus().toString().getBytes(StandardCharsets.UTF_8),
                RSA.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8))) {
            JWSObject token = new JWSObject(
                    new JWSHeader.Builder(JWSAlgorithm.HS256)
                            .keyID(RSA.getKeyID())
                            .build(),
                    new Payload("{\"sub\":\"mallory\",\"exp\":4102444800}"));
            token.sign(new MACSigner(secret));
            assertRejected(check.check(token.serialize()));
        }
        assertThat(issuer.requests()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE", "HS256", "RS512", "PS256", "ES384", "RSA-OAEP", ""})
    void a_good_token_whose_header_is_edited_is_rejected(String algorithm) {
        TokenCheck check = startWithKeys();
        String[] parts = issuer.sign("mallory").split("\\.", -1);
        String header = Base64URL.encode("{\"alg\":\"" + algorithm + "\"}").toString();

        assertRejected(check.check(header + "." + parts[1] + "." + parts[2]));
        assertRejected(check.check(header + "." + parts[1] + "."));
        assertThat(issuer.requests()).isEqualTo(1);
    }

    @Test
    void a_key_that_a_token_brings_along_is_not_used_and_an_address_in_it_not_visited() {
        TokenCheck check = startWithKeys();
        RSAKey own = RSA;
        URI address = URI.create(issuer.url() + "/of-mallory");

        for (String keyId : new String[] {own.getKeyID(), null}) {
            var header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                    .keyID(keyId)
                    .jwk(own.toPublicJWK())
                    .jwkURL(address)
                    .x509CertURL(address)
                    .build();
            assertRejected(check.check(TestIssuer.sign(own, header, "mallory")));
        }
        // One for the unknown key, to the address of the configuration.
        assertThat(issuer.requests()).isEqualTo(2);
    }

    @Test
    void a_token_of_another_key_under_a_known_id_is_rejected() throws Exception {
        issuer.rotate(RSA);
        TokenCheck check = startWithKeys();
        RSAKey forged =
                new RSAKey.Builder(TestIssuer.rsaKey()).keyID(RSA.getKeyID()).build();

        assertRejected(check.check(TestIssuer.sign(forged, "mallory")));
        assertThat(issuer.requests()).isEqualTo(1);
    }

    @Test
    void a_token_without_a_key_id_is_tried_with_those_that_are_known() {
        TokenCheck check = startWithKeys();
        JWSHeader header = new JWSHeader(JWSAlgorithm.ES256);
        JWK key = TestIssuer.ecKey();
        JWK other = TestIssuer.ecKey();
        issuer.publish(other, key);
        assertAccepted(check.check(TestIssuer.sign(key, "alice")), "alice");

        assertAccepted(check.check(TestIssuer.sign(key, header, "alice")), "alice");
        assertRejected(check.check(TestIssuer.sign(TestIssuer.ecKey(), header, "mallory")));
    }

    @Test
    void a_closed_one_asks_nobody() throws Exception {
        times = new JwksTimes(
                Duration.ofMillis(20),
                Duration.ofMillis(1),
                Duration.ofSeconds(5),
                Duration.ofMillis(20),
                Duration.ofMillis(20),
                NEVER);
        TokenCheck check = startWithKeys();
        issuer.hesitate();
        int before = issuer.requests();
        Await.until(() -> issuer.requests() > before);
        Future<TokenOutcome> waiting = check.check(invented(RSA));

        check.close().await(10, TimeUnit.SECONDS);

        assertThat(outcome(waiting)).isEqualTo(UNDECIDED);
        int after = issuer.requests();
        assertThat(outcome(check.check(invented(RSA)))).isEqualTo(UNDECIDED);
        assertThat(vertx.timer(200).map(issuer.requests()).await(10, TimeUnit.SECONDS))
                .isEqualTo(after);
    }

    /** A token whose key nobody has. */
    private static String invented(JWK stranger) {
        JWSAlgorithm algorithm = stranger instanceof RSAKey ? JWSAlgorithm.RS256 : JWSAlgorithm.ES256;
        return TestIssuer.sign(
                stranger,
                new JWSHeader.Builder(algorithm)
                        .keyID(UUID.randomUUID().toString())
                        .build(),
                "mallory");
    }

    private static TokenOutcome outcome(Future<TokenOutcome> check) {
        try {
            return check.await(10, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError(late);
        }
    }

    private static void assertAccepted(Future<TokenOutcome> check, String user) {
        assertThat(outcome(check))
                .isInstanceOfSatisfying(TokenOutcome.Accepted.class, accepted -> assertThat(accepted.user())
                        .isEqualTo(user));
    }

    private static void assertRejected(Future<TokenOutcome> check) {
        assertThat(outcome(check)).isInstanceOf(TokenOutcome.Rejected.class);
    }
}
