package io.pakaura.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import io.pakaura.publisher.testing.TestIssuer;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerificationKeysTest {
    private static final RSAKey RSA = TestIssuer.rsaKey();
    private static final ECKey EC = TestIssuer.ecKey();

    @Test
    void a_key_is_found_by_its_id_and_its_algorithm() throws Exception {
        VerificationKeys keys = parse(RSA.toPublicJWK(), EC.toPublicJWK());

        assertThat(keys.candidates(header(JWSAlgorithm.RS256, RSA.getKeyID()))).containsExactly(RSA.toPublicKey());
        assertThat(keys.candidates(header(JWSAlgorithm.ES256, EC.getKeyID()))).containsExactly(EC.toPublicKey());
        assertThat(keys.candidates(header(JWSAlgorithm.RS256, "another"))).isEmpty();
    }

    @Test
    void a_key_of_the_other_kind_is_never_a_candidate() throws Exception {
        VerificationKeys keys = parse(RSA.toPublicJWK(), EC.toPublicJWK());

        assertThat(keys.candidates(header(JWSAlgorithm.ES256, RSA.getKeyID()))).isEmpty();
        for (var algorithm : Set.of(JWSAlgorithm.HS256, JWSAlgorithm.PS256, JWSAlgorithm.RS512, JWSAlgorithm.ES384)) {
            assertThat(VerificationKeys.accepts(algorithm)).isFalse();
            assertThat(keys.candidates(header(algorithm, RSA.getKeyID()))).isEmpty();
            assertThat(keys.candidates(header(algorithm, null))).isEmpty();
        }
    }

    @Test
    void a_token_without_a_key_id_is_tried_with_a_few_keys_and_not_with_many() throws Exception {
        VerificationKeys few = parse(RSA.toPublicJWK(), EC.toPublicJWK(), other(), other(), other());
        VerificationKeys many = parse(EC.toPublicJWK(), other(), other(), other(), other());

        assertThat(few.candidates(header(JWSAlgorithm.RS256, null))).hasSize(1);
        assertThat(few.candidates(header(JWSAlgorithm.ES256, null))).hasSize(4);
        assertThat(many.candidates(header(JWSAlgorithm.ES256, null))).isEmpty();
        assertThat(many.candidates(header(JWSAlgorithm.ES256, EC.getKeyID()))).hasSize(1);
    }

    @Test
    void a_key_that_says_what_it_is_for_is_fit_if_that_is_it() throws Exception {
        parse(new RSAKey.Builder(RSA.toPublicJWK())
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.RS256)
                .build());
        parse(new ECKey.Builder(EC.toPublicJWK())
                .keyOperations(Set.of(KeyOperation.VERIFY))
                .build());
    }

    @Test
    void a_key_that_is_not_fit_is_as_good_as_none() throws Exception {
        OctetSequenceKey symmetric =
                new OctetSequenceKeyGenerator(256).keyID("oct").generate();
        assertUnfit(symmetric);
        assertUnfit(TestIssuer.rsaKey(1024).toPublicJWK());
        assertUnfit(new ECKeyGenerator(Curve.P_384).generate().toPublicJWK());
        assertUnfit(
                new RSAKey.Builder(RSA.toPublicJWK()).keyUse(KeyUse.ENCRYPTION).build());
        assertUnfit(new RSAKey.Builder(RSA.toPublicJWK())
                .algorithm(JWSAlgorithm.PS256)
                .build());
        assertUnfit(new ECKey.Builder(EC.toPublicJWK())
                .algorithm(JWSAlgorithm.RS256)
                .build());
        assertUnfit(new ECKey.Builder(EC.toPublicJWK())
                .keyOperations(Set.of(KeyOperation.ENCRYPT))
                .build());
    }

    @Test
    void a_key_whose_private_half_is_there_for_all_to_read_is_not_used() {
        assertUnfit(RSA);
        assertUnfit(EC);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kty\":\"RSA\",\"kid\":\"a\"}",
                "{\"kty\":\"RSA\",\"kid\":\"a\",\"n\":\"\",\"e\":\"AQAB\"}",
                "{\"kty\":\"RSA\",\"kid\":5,\"n\":7,\"e\":\"AQAB\"}",
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}",
                "{\"kty\":\"EC\",\"crv\":\"secp256k1\",\"x\":\"AA\",\"y\":\"AA\"}",
                "{\"kty\":\"of-the-future\"}",
                "{\"kty\":null}",
                "{}"
            })
    void a_malformed_key_does_not_spoil_the_others(String malformed) throws ParseException {
        String good = EC.toPublicJWK().toJSONString();

        assertThat(VerificationKeys.parse("{\"keys\":[" + malformed + "," + good + "]}")
                        .candidates(header(JWSAlgorithm.ES256, EC.getKeyID())))
                .hasSize(1);
        assertFailure("{\"keys\":[" + malformed + "]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"keys\":null}",
                "{\"keys\":{}}",
                "{\"keys\":[]}",
                "{\"keys\":[null]}",
                "{\"keys\":[\"a\"]}",
                "<html>",
                "{\"keys\":["
            })
    void what_is_no_key_set_is_a_failure_and_not_an_empty_one(String text) {
        assertFailure(text);
    }

    @Test
    void a_set_of_more_than_a_hundred_keys_is_a_failure() {
        String key = EC.toPublicJWK().toJSONString();

        assertFailure(IntStream.range(0, 101).mapToObj(n -> key).collect(Collectors.joining(",", "{\"keys\":[", "]}")));
        assertFailure("[".repeat(100_000));
    }

    private static JWK other() {
        return TestIssuer.ecKey().toPublicJWK();
    }

    private static VerificationKeys parse(JWK... keys) throws ParseException {
        return VerificationKeys.parse(set(keys));
    }

    private static String set(JWK... keys) {
        return Arrays.stream(keys).map(JWK::toJSONString).collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    }

    private static void assertUnfit(JWK key) {
        assertFailure(set(key));
    }

    private static void assertFailure(String text) {
        assertThatExceptionOfType(ParseException.class).isThrownBy(() -> VerificationKeys.parse(text));
    }

    private static JWSHeader header(JWSAlgorithm algorithm, String keyId) {
        return new JWSHeader.Builder(algorithm).keyID(keyId).build();
    }
}
