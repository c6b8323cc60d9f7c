package io.pakaura.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCheckTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(60);
    private final TokenCheck check = check(null, null);

    @Test
    void a_good_token_says_who_and_until_when() {
        assertThat(check.check(sign(claims("alice"))).result()).isEqualTo(new TokenOutcome.Accepted("alice", LATER));
        assertAccepted(check.checkHeader("bearer " + sign(claims("alice"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "a.b.c", "Bearer", "..", "eyJhbGciOiJIUzI1NiJ9..", "bnVsbA.e30.AA", "\u0000"})
    void what_is_no_token_is_rejected(String token) {
        assertRejected(check.check(token));
    }

    @Test
    void a_header_that_is_missing_or_of_another_scheme_is_rejected() {
        assertRejected(check.checkHeader(null));
        assertRejected(check.checkHeader(""));
        assertRejected(check.checkHeader("Basic YTpi"));
    }

    @Test
    void an_ended_token_is_rejected_to_the_second() {
        assertRejected(check.check(sign(claims("alice").expirationTime(Date.from(NOW)))));
        assertAccepted(check.check(sign(claims("alice").expirationTime(Date.from(NOW.plusSeconds(1))))));
    }

    @Test
    void a_token_that_never_ends_is_rejected() {
        assertRejected(check.check(sign(claims("alice").expirationTime(null))));
    }

    @Test
    void a_good_token_whose_sub_can_be_no_user_is_told_from_a_bad_one() {
        assertNoUser(check.check(sign(claims(null))));
        assertNoUser(check.check(sign(claims(""))));
        assertNoUser(check.check(sign(claims("a\u0000b"))));
        assertNoUser(check.check(sign(claims("x".repeat(256)))));
        assertAccepted(check.check(sign(claims("x".repeat(255)))));
        assertRejected(check.check(sign(claims("a\u0000b").expirationTime(Date.from(NOW)))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"sub\": \"alice\", \"exp\": null}", "{\"sub\": 5}", "null", "[]"})
    void a_signed_token_whose_claims_are_of_no_use_is_rejected(String claims) throws JOSEException {
        JWSObject token = new JWSObject(new JWSHeader(JWSAlgorithm.HS256), new Payload(claims));
        token.sign(new MACSigner(SECRET));

        assertRejected(check.check(token.serialize()));
    }

    @Test
    void a_token_that_begins_later_is_rejected() {
        assertRejected(check.check(sign(claims("alice").notBeforeTime(Date.from(NOW.plusSeconds(30))))));
    }

    @Test
    void neither_no_signature_nor_another_key_or_algorithm_passes() throws JOSEException {
        assertRejected(check.check(new PlainJWT(claims("alice").build()).serialize()));
        SignedJWT otherKey =
                new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims("alice").build());
        otherKey.sign(new MACSigner("another-secret-of-at-least-32-bytes!"));
        assertRejected(check.check(otherKey.serialize()));
        SignedJWT otherAlgorithm =
                new SignedJWT(new JWSHeader(JWSAlgorithm.HS384), claims("alice").build());
        otherAlgorithm.sign(new MACSigner(SECRET + SECRET));
        assertRejected(check.check(otherAlgorithm.serialize()));
    }

    @Test
    void a_header_that_must_be_understood_is_not() throws JOSEException {
        for (String name : List.of("exp", "b64", "of-the-future")) {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS256)
                            .criticalParams(Set.of(name))
                            .customParam("of-the-future", true)
                            .build(),
                    claims("alice").build());
            token.sign(new MACSigner(SECRET));
            assertRejected(check.check(token.serialize()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"JWT", "jwt", "at+jwt", "application/at+jwt"})
    void a_token_may_say_that_it_is_an_access_token(String type) {
        assertAccepted(check.check(sign(claims("alice"), new JOSEObjectType(type))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"logout+jwt", "secevent+jwt", "dpop+jwt"})
    void a_token_for_something_else_is_rejected(String type) {
        assertRejected(check.check(sign(claims("alice"), new JOSEObjectType(type))));
    }

    @Test
    void a_token_from_a_clock_that_is_ahead_is_good_unless_it_says_not_before() {
        assertAccepted(check.check(sign(claims("alice").issueTime(Date.from(NOW.plusSeconds(30))))));
        assertAccepted(check.check(sign(claims("alice").notBeforeTime(Date.from(NOW.plusSeconds(4))))));
    }

    @Test
    void an_edited_token_is_rejected() {
        String[] parts = sign(claims("alice")).split("\\.", -1);
        String bob = sign(claims("bob")).split("\\.", -1)[1];

        assertRejected(check.check(parts[0] + "." + bob + "." + parts[2]));
    }

    @Test
    void issuer_and_audience_are_required_if_configured() {
        TokenCheck strict = check("https://issuer.example", "pakaura");

        assertRejected(strict.check(sign(claims("alice"))));
        assertRejected(strict.check(sign(claims("alice").issuer("https://issuer.example"))));
        assertRejected(strict.check(
                sign(claims("alice").issuer("https://other.example").audience("pakaura"))));
        assertAccepted(strict.check(
                sign(claims("alice").issuer("https://issuer.example").audience("pakaura"))));
    }

    private static TokenCheck check(String issuer, String audience) {
        TokenConfig config = new TokenConfig(new TokenConfig.Keys.Secret(SECRET), issuer, audience);
        return new TokenCheck(config, new SharedSecret(SECRET), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static JWTClaimsSet.Builder claims(String subject) {
        return new JWTClaimsSet.Builder().subject(subject).expirationTime(Date.from(LATER));
    }

    private static String sign(JWTClaimsSet.Builder claims) {
        return sign(claims, null);
    }

    private static String sign(JWTClaimsSet.Builder claims, JOSEObjectType type) {
        try {
            JWSHeader header =
                    new JWSHeader.Builder(JWSAlgorithm.HS256).type(type).build();
            SignedJWT token = new SignedJWT(header, claims.build());
            token.sign(new MACSigner(SECRET));
            return token.serialize();
        } catch (JOSEException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static void assertRejected(Future<TokenOutcome> check) {
        assertThat(check.isComplete()).isTrue();
        assertThat(check.result()).isInstanceOf(TokenOutcome.Rejected.class);
    }

    private static void assertNoUser(Future<TokenOutcome> check) {
        assertThat(check.isComplete()).isTrue();
        assertThat(check.result()).isInstanceOf(TokenOutcome.NoUser.class);
    }

    private static void assertAccepted(Future<TokenOutcome> check) {
        assertThat(check.isComplete()).isTrue();
        assertThat(check.result()).isInstanceOf(TokenOutcome.Accepted.class);
    }
}
