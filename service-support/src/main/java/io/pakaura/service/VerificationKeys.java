package io.pakaura.service;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.security.PublicKey;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys of an issuer that are fit to check RS256 and ES256 with, as it published them at one time. Immutable. */
final class VerificationKeys {
    static final VerificationKeys NONE = new VerificationKeys(List.of());

    /** Issuers have a handful; each token's key is looked up among them. */
    private static final int MAX_KEYS = 100;

    /** Keys that are tried on one token: more than one only if it has no {@code kid}, or two keys have the same. */
    private static final int MAX_CANDIDATES = 4;

    /** Above, checking a signature takes milliseconds. */
    private static final int MAX_RSA_BITS = 8192;

    /** {@code null} stands for a member that a key does not have; public keys only, as whoever reads a private one signs. */
    private static final Map<JWSAlgorithm, JWKMatcher> FIT = Map.of(
            JWSAlgorithm.RS256,
            signing(JWSAlgorithm.RS256)
                    .keyType(KeyType.RSA)
                    .minKeySize(2048)
                    .maxKeySize(MAX_RSA_BITS)
                    .build(),
            JWSAlgorithm.ES256,
            signing(JWSAlgorithm.ES256).keyType(KeyType.EC).curve(Curve.P_256).build());

    private final List<VerificationKey> keys;

    private VerificationKeys(List<VerificationKey> keys) {
        this.keys = List.copyOf(keys);
    }

    private record VerificationKey(
            JWSAlgorithm algorithm, @Nullable String id, PublicKey key) {
        private boolean mayHaveSigned(JWSHeader header) {
            return algorithm.equals(header.getAlgorithm())
                    && (header.getKeyID() == null || header.getKeyID().equals(id));
        }
    }

    private static JWKMatcher.Builder signing(JWSAlgorithm algorithm) {
        return new JWKMatcher.Builder()
                .keyUses(KeyUse.SIGNATURE, null)
                .keyOperations(KeyOperation.VERIFY, null)
                .algorithms(algorithm, null)
                .publicOnly(true)
                .nonRevokedOnly(true);
    }

    /**
     * Reads a JWK set (RFC 7517, section 5): a key that is malformed, or not fit, is passed over, as there it says.
     *
     * @throws ParseException if it is no JWK set, or no key in it is fit, or far too many are
     */
    static VerificationKeys parse(String jwkSet) throws ParseException {
        Map<String, Object> set = JSONObjectUtils.parse(jwkSet);
        Map<String, Object>[] members = set == null ? null : JSONObjectUtils.getJSONObjectArray(set, "keys");
        if (members == null) {
            throw new ParseException("it is not a JWK set", 0);
        }
        if (members.length > MAX_KEYS) {
            throw new ParseException("it has more than " + MAX_KEYS + " keys", 0);
        }
        List<VerificationKey> keys = new ArrayList<>();
        for (Map<String, Object> member : members) {
            VerificationKey key = read(member);
            if (key != null) {
                keys.add(key);
            }
        }
        if (keys.isEmpty()) {
            throw new ParseException("it has no key that is fit for RS256 or ES256", 0);
        }
        return new VerificationKeys(keys);
    }

    private static @Nullable VerificationKey read(Map<String, Object> member) {
        try {
            JWK key = JWK.parse(member);
            if (fits(JWSAlgorithm.RS256, key)) {
                return new VerificationKey(
                        JWSAlgorithm.RS256, key.getKeyID(), key.toRSAKey().toRSAPublicKey());
            }
            return fits(JWSAlgorithm.ES256, key)
                    ? new VerificationKey(
                            JWSAlgorithm.ES256, key.getKeyID(), key.toECKey().toECPublicKey())
                    : null;
        } catch (ParseException | JOSEException | RuntimeException malformed) {
            return null;
        }
    }

    private static boolean fits(JWSAlgorithm algorithm, JWK key) {
        JWKMatcher matcher = FIT.get(algorithm);
        return matcher != null && matcher.matches(key);
    }

    static boolean accepts(JWSAlgorithm algorithm) {
        return FIT.containsKey(algorithm);
    }

    /** Those that may have signed a token with this header; none if they are too many to try. */
    List<PublicKey> candidates(JWSHeader header) {
        List<PublicKey> candidates = new ArrayList<>(1);
        for (VerificationKey key : keys) {
            if (key.mayHaveSigned(header)) {
                candidates.add(key.key);
            }
        }
        return candidates.size() > MAX_CANDIDATES ? List.of() : candidates;
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    /** Each key's algorithm and id: what tells one set from the next, and what a log may say. */
    @Override
    public String toString() {
        return keys.stream().map(key -> key.algorithm + " " + key.id).toList().toString();
    }
}
