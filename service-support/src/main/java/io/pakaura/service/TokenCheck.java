package io.pakaura.service;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.ext.healthchecks.HealthChecks;
import io.vertx.ext.healthchecks.Status;
import java.security.Key;
import java.text.ParseException;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks bearer tokens: JSON Web Tokens (RFC 7519) with {@code sub} and {@code exp}, signed with HS256 and the secret,
 * or with RS256 or ES256 and a key of the issuer's JWK set.
 *
 * <p>The configuration, never the token, decides where keys come from and which algorithms are taken, and each key is
 * tried with its own algorithm only; so neither {@code none}, nor a public key as a secret, nor a key that the token
 * brings along ({@code jwk}, {@code jku}, {@code x5c}, {@code x5u}) is ever used (RFC 8725, section 3.1).
 *
 * <p>Safe on any thread. A check computes for some microseconds, and its future is done when it returns: what is
 * attached to it runs at once. Only for a key that is not known does it wait, some seconds at most, and is then done on
 * the caller's context. The future never fails.
 */
public final class TokenCheck {
    private static final Logger log = LoggerFactory.getLogger(TokenCheck.class);

    /** A user id is a key in PostgreSQL and in Kafka, and stands in log lines: printable and not endless. */
    private static final Pattern USER = Pattern.compile("[^\\p{Cc}\\p{Cs}]{1,255}");

    /** How far {@code nbf} may lie ahead of our clock, in seconds. An ended token gets no such grace. */
    private static final int NOT_BEFORE_SKEW_SECONDS = 5;

    private static final TokenOutcome INVALID = new TokenOutcome.Rejected("the token is not valid");
    private static final TokenOutcome EXPIRED = new TokenOutcome.Rejected("the token has expired");
    private static final TokenOutcome NO_USER =
            new TokenOutcome.NoUser("the token's sub must have 1 to 255 printable characters");
    private static final TokenOutcome UNDECIDED = new TokenOutcome.Undecided();

    private final DefaultJWTProcessor<Candidates> processor = new DefaultJWTProcessor<>();
    private final DefaultJWTClaimsVerifier<Candidates> claims;
    private final VerifiedTokens verified = new VerifiedTokens();
    private final KeySource keys;
    private final Clock clock;

    /** The keys to try on one token. */
    private record Candidates(List<? extends Key> keys) implements SecurityContext {}

    private interface Step {
        JWTClaimsSet claims() throws ParseException, BadJOSEException, JOSEException;
    }

    TokenCheck(TokenConfig config, KeySource keys, Clock clock) {
        this.clock = clock;
        this.keys = keys;
        this.claims = claimsVerifier(config, clock);
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(
                null,
                JOSEObjectType.JWT,
                // RFC 9068, section 4
                new JOSEObjectType("at+jwt"),
                new JOSEObjectType("application/at+jwt")));
        processor.setJWSKeySelector((header, candidates) -> candidates.keys());
        processor.setJWTClaimsSetVerifier(claims);
    }

    /**
     * Begins to fetch the issuer's keys, if there is an issuer to ask; until they are there, checks are undecided. To be
     * closed.
     */
    public static TokenCheck start(Vertx vertx, TokenConfig config, Clock clock) {
        if (config.keys() instanceof TokenConfig.Keys.Jwks jwks) {
            warn(config, jwks);
            JwksTimes times = JwksTimes.DEFAULT;
            var client = new JwksClient(vertx, jwks.url(), times.deadline(), new HttpClientOptions());
            return new TokenCheck(config, IssuerKeys.start(vertx, client, times), clock);
        }
        return new TokenCheck(config, new SharedSecret(((TokenConfig.Keys.Secret) config.keys()).value()), clock);
    }

    private static void warn(TokenConfig config, TokenConfig.Keys.Jwks jwks) {
        if (config.audience() == null) {
            log.warn("JWT_AUDIENCE is not set: a token that the issuer made for another service is good here, too");
        }
        if ("http".equals(jwks.url().getScheme())) {
            log.warn("JWT_JWKS_URL is not https: whoever sits between here and there can make tokens");
        }
    }

    private static DefaultJWTClaimsVerifier<Candidates> claimsVerifier(TokenConfig config, Clock clock) {
        JWTClaimsSet.Builder exact = new JWTClaimsSet.Builder();
        if (config.issuer() != null) {
            exact.issuer(config.issuer());
        }
        Set<String> audiences = config.audience() == null ? null : Set.of(config.audience());
        DefaultJWTClaimsVerifier<Candidates> verifier =
                new DefaultJWTClaimsVerifier<>(audiences, exact.build(), Set.of("exp"), Set.of()) {
                    @Override
                    protected Date currentTime() {
                        return Date.from(clock.instant());
                    }
                };
        verifier.setMaxClockSkew(NOT_BEFORE_SKEW_SECONDS);
        return verifier;
    }

    /** Checks the value of an {@code Authorization} header (RFC 6750, section 2.1). */
    public Future<TokenOutcome> checkHeader(@Nullable String authorization) {
        if (authorization == null) {
            return rejected("the Authorization header is missing");
        }
        return authorization.regionMatches(true, 0, "Bearer ", 0, 7)
                ? check(authorization.substring(7).strip())
                : rejected("the Authorization header must be \"Bearer \" and a token");
    }

    private static Future<TokenOutcome> rejected(String reason) {
        return Future.succeededFuture(new TokenOutcome.Rejected(reason));
    }

    /** Checks a compact serialised token. */
    public Future<TokenOutcome> check(String compact) {
        Object current = keys.current();
        TokenOutcome known = verified.find(compact, current, clock.instant());
        return known == null
                ? verify(compact, current).onSuccess(outcome -> verified.add(compact, current, outcome))
                : Future.succeededFuture(known);
    }

    private Future<TokenOutcome> verify(String compact, Object current) {
        SignedJWT token;
        try {
            token = SignedJWT.parse(compact);
        } catch (ParseException | RuntimeException bad) {
            // Runtime exceptions too: the parser meets a null where it wants an object, for whoever sends one.
            return Future.succeededFuture(INVALID);
        }
        JWSHeader header = token.getHeader();
        if (!keys.accepts(header.getAlgorithm()) || header.getCriticalParams() != null) {
            return Future.succeededFuture(INVALID);
        }
        List<? extends Key> candidates = keys.candidates(header);
        return candidates.isEmpty() ? ask(token, current) : Future.succeededFuture(verify(token, candidates));
    }

    /** Nobody is asked for the key of a token that would not be good with any. */
    private Future<TokenOutcome> ask(SignedJWT token, Object tried) {
        TokenOutcome atBest = outcome(() -> {
            JWTClaimsSet unverified = token.getJWTClaimsSet();
            claims.verify(unverified, null);
            return unverified;
        });
        return atBest instanceof TokenOutcome.Rejected
                ? Future.succeededFuture(atBest)
                : keys.ask(tried).map(isCurrent -> verifyOrGiveUp(token, isCurrent));
    }

    private TokenOutcome verifyOrGiveUp(SignedJWT token, boolean isCurrent) {
        List<? extends Key> candidates = keys.candidates(token.getHeader());
        if (candidates.isEmpty()) {
            return isCurrent ? INVALID : UNDECIDED;
        }
        return verify(token, candidates);
    }

    private TokenOutcome verify(SignedJWT token, List<? extends Key> candidates) {
        return outcome(() -> processor.process(token, new Candidates(candidates)));
    }

    private TokenOutcome outcome(Step step) {
        try {
            JWTClaimsSet claims = step.claims();
            if (!claims.getExpirationTime().toInstant().isAfter(clock.instant())) {
                return EXPIRED;
            }
            String user = claims.getSubject();
            return user != null && USER.matcher(user).matches()
                    ? new TokenOutcome.Accepted(user, claims.getExpirationTime().toInstant())
                    : NO_USER;
        } catch (ExpiredJWTException ended) {
            return EXPIRED;
        } catch (ParseException | BadJOSEException | JOSEException | RuntimeException bad) {
            return INVALID;
        }
    }

    /** Adds the check {@code jwks}, if there is an issuer to ask: good once there are keys. */
    public void addTo(HealthChecks readiness) {
        if (keys instanceof IssuerKeys) {
            readiness.register("jwks", asked -> asked.complete(keys.isReady() ? Status.OK() : Status.KO()));
        }
    }

    /** Stops to fetch keys. */
    public Future<Void> close() {
        return keys.close();
    }
}
