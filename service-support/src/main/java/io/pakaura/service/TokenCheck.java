package io.pakaura.service;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.util.Date;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks bearer tokens: JSON Web Tokens (RFC 7519) with {@code sub} and {@code exp}, signed with HS256.
 *
 * <p>The algorithm comes from the configuration, never from the token, so neither {@code none} nor a key of another
 * kind is ever tried (RFC 8725, section 3.1). Computes for some microseconds and does no I/O; safe on any thread.
 */
public final class TokenCheck {
    /** A user id is a key in PostgreSQL and in Kafka, and stands in log lines: printable and not endless. */
    private static final Pattern USER = Pattern.compile("[^\\p{Cc}\\p{Cs}]{1,255}");

    /** How far {@code nbf} may lie ahead of our clock, in seconds. An ended token gets no such grace. */
    private static final int NOT_BEFORE_SKEW_SECONDS = 5;

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    private final Clock clock;

    public TokenCheck(TokenConfig config, Clock clock) {
        this.clock = clock;
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                JWSAlgorithm.HS256, new ImmutableSecret<>(config.secret().getBytes(StandardCharsets.UTF_8))));
        processor.setJWTClaimsSetVerifier(claimsVerifier(config, clock));
    }

    private static DefaultJWTClaimsVerifier<SecurityContext> claimsVerifier(TokenConfig config, Clock clock) {
        JWTClaimsSet.Builder exact = new JWTClaimsSet.Builder();
        if (config.issuer() != null) {
            exact.issuer(config.issuer());
        }
        Set<String> audiences = config.audience() == null ? null : Set.of(config.audience());
        DefaultJWTClaimsVerifier<SecurityContext> verifier =
                new DefaultJWTClaimsVerifier<>(audiences, exact.build(), Set.of("sub", "exp"), Set.of()) {
                    @Override
                    protected Date currentTime() {
                        return Date.from(clock.instant());
                    }
                };
        verifier.setMaxClockSkew(NOT_BEFORE_SKEW_SECONDS);
        return verifier;
    }

    /** Checks the value of an {@code Authorization} header (RFC 6750, section 2.1). */
    public TokenOutcome checkHeader(@Nullable String authorization) {
        if (authorization == null) {
            return new TokenOutcome.Rejected("the Authorization header is missing");
        }
        return authorization.regionMatches(true, 0, "Bearer ", 0, 7)
                ? check(authorization.substring(7).strip())
                : new TokenOutcome.Rejected("the Authorization header must be \"Bearer \" and a token");
    }

    /** Checks a compact serialised token. */
    public TokenOutcome check(String token) {
        try {
            JWTClaimsSet claims = processor.process(token, null);
            String user = claims.getSubject();
            if (!claims.getExpirationTime().toInstant().isAfter(clock.instant())) {
                return expired();
            }
            return USER.matcher(user).matches()
                    ? new TokenOutcome.Accepted(user, claims.getExpirationTime().toInstant())
                    : new TokenOutcome.Rejected("the token's sub must have 1 to 255 printable characters");
        } catch (ExpiredJWTException ended) {
            return expired();
        } catch (ParseException | BadJOSEException | JOSEException | RuntimeException bad) {
            // Runtime exceptions too: the parser meets a null where it wants an object, for whoever sends one.
            return new TokenOutcome.Rejected("the token is not valid");
        }
    }

    private static TokenOutcome expired() {
        return new TokenOutcome.Rejected("the token has expired");
    }
}
