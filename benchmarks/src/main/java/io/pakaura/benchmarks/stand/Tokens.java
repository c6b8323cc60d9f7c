package io.pakaura.benchmarks.stand;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

/** Bearer tokens, as an identity provider would issue them. */
public final class Tokens {
    /** {@code JWT_SECRET} of the servers. */
    public static final String SECRET = "a-secret-for-benchmarks-of-at-least-32-bytes";

    private static final Duration LIFETIME = Duration.ofHours(12);

    private Tokens() {}

    /** Value of an {@code Authorization} header. */
    public static String authorization(String user) {
        return "Bearer " + of(user);
    }

    /** The token alone. */
    public static String of(String user) {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .subject(user)
                .expirationTime(Date.from(Instant.now().plus(LIFETIME)))
                .build();
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        try {
            token.sign(new MACSigner(SECRET));
        } catch (JOSEException impossible) {
            throw new IllegalStateException("a token cannot be signed", impossible);
        }
        return token.serialize();
    }
}
