package io.pakaura.publisher.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.opts.AllowWeakRSAKey;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** An identity provider on loopback: signs tokens, and publishes its keys in its own good time. */
public final class TestIssuer implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger requests = new AtomicInteger();
    private final Queue<HttpServerRequest> waiting = new ConcurrentLinkedQueue<>();
    private volatile Consumer<HttpServerRequest> answer = request -> {};
    private volatile JWK signing;
    private HttpServer server;
    private int port;

    /** Signs with ES256, and says so to whoever asks. */
    public TestIssuer() {
        signing = ecKey();
        publish(signing);
        comeUp();
    }

    public static RSAKey rsaKey() {
        return rsaKey(2048);
    }

    public static RSAKey rsaKey(int bits) {
        try {
            return new RSAKeyGenerator(bits, true).keyID(newId()).generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static ECKey ecKey() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(newId()).generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }

    /** A token of this key, RS256 or ES256, that is good for ten minutes. */
    public static String sign(JWK key, String user) {
        return sign(key, user, Instant.now().plusSeconds(600));
    }

    public static String sign(JWK key, String user, Instant expiresAt) {
        JWSAlgorithm algorithm = key instanceof RSAKey ? JWSAlgorithm.RS256 : JWSAlgorithm.ES256;
        return sign(key, new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(), user, expiresAt);
    }

    /** A token of this key with a header that may say anything. */
    public static String sign(JWK key, JWSHeader header, String user) {
        return sign(key, header, user, Instant.now().plusSeconds(600));
    }

    private static String sign(JWK key, JWSHeader header, String user, Instant expiresAt) {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .subject(user)
                .expirationTime(Date.from(expiresAt))
                .build();
        try {
            SignedJWT token = new SignedJWT(header, claims);
            token.sign(signer(key));
            return token.serialize();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static JWSSigner signer(JWK key) throws JOSEException {
        return key instanceof RSAKey rsa
                ? new RSASSASigner(rsa.toPrivateKey(), Set.of(AllowWeakRSAKey.getInstance()))
                : new ECDSASigner(key.toECKey());
    }

    /** A token of the key that this issuer signs with now. */
    public String sign(String user) {
        return sign(signing, user);
    }

    /** From now on signs with this key, and publishes it and no other. */
    public void rotate(JWK next) {
        publish(next);
        signing = next;
    }

    /** Publishes the public halves of keys. */
    public void publish(JWK... keys) {
        answer(200, new JWKSet(List.of(keys)).toString());
    }

    /** From now on answers so, whatever it is. */
    public void answer(int status, String body) {
        answer(request -> request.response().setStatusCode(status).end(body));
    }

    public void answer(Consumer<HttpServerRequest> how) {
        answer = how;
    }

    /** From now on does not answer, until {@link #goOn}. */
    public void hesitate() {
        answer = waiting::add;
    }

    /** Signs with the first of these keys and publishes all of them, to those who wait, too. */
    public void goOn(JWK... keys) {
        publish(keys);
        signing = keys[0];
        vertx.runOnContext(here -> {
            for (HttpServerRequest held = waiting.poll(); held != null; held = waiting.poll()) {
                answer.accept(held);
            }
        });
    }

    /** How often it was asked for its keys. */
    public int requests() {
        return requests.get();
    }

    public String url() {
        return "http://127.0.0.1:" + port + "/keys";
    }

    /** Its port refuses connections. */
    public void goDown() {
        await(server.close());
    }

    /** Listens where it did before. */
    public void comeUp() {
        server = await(vertx.createHttpServer()
                .requestHandler(request -> {
                    requests.incrementAndGet();
                    answer.accept(request);
                })
                .listen(port, "127.0.0.1"));
        port = server.actualPort();
    }

    @Override
    public void close() {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(20, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new IllegalStateException(late);
        }
    }
}
