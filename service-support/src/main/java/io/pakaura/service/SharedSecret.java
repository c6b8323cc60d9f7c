package io.pakaura.service;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;

/** The one HS256 secret of the configuration, for every token. */
final class SharedSecret implements KeySource {
    private final List<Key> secret;

    SharedSecret(String secret) {
        this.secret = List.of(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    }

    @Override
    public boolean accepts(JWSAlgorithm algorithm) {
        return JWSAlgorithm.HS256.equals(algorithm);
    }

    @Override
    public List<Key> candidates(JWSHeader header) {
        return secret;
    }

    @Override
    public Future<Boolean> ask(Object tried) {
        return Future.succeededFuture(true);
    }

    @Override
    public Object current() {
        return secret;
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }
}
