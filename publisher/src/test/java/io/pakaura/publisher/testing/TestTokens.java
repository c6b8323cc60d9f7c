package io.pakaura.publisher.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;

/** Bearer tokens as an identity provider would issue them. */
public final class TestTokens {
    /** Of the services under test. */
    public static final String SECRET = "a-secret-for-tests-of-at-least-32-bytes";

    private TestTokens() {}

    /** A token that is good for ten minutes. */
    public static String sign(String user) {
        return sign(user, Instant.now().plusSeconds(600));
    }

    public static String sign(String user, Instant expiresAt) {
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
}
