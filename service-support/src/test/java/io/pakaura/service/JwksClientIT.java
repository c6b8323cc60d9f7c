package io.pakaura.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.jwk.JWKSet;
import io.pakaura.publisher.testing.TestIssuer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom the client believes over https. */
class JwksClientIT {
    private static final String PASSWORD = "changeit";

    private final Vertx vertx = Vertx.vertx();

    @TempDir
    private Path folder;

    private HttpServer issuer;

    @BeforeEach
    void start() throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "issuer",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost",
                        "-keystore",
                        store(),
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String keys = new JWKSet(TestIssuer.ecKey()).toString();
        issuer = vertx.createHttpServer(new HttpServerOptions().setSsl(true).setKeyCertOptions(certificate()))
                .requestHandler(request -> request.response().end(keys))
                .listen(0, "127.0.0.1")
                .await(20, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    @Test
    void an_issuer_with_a_trusted_certificate_is_believed() throws Exception {
        assertThat(fetch("localhost", new HttpClientOptions().setTrustOptions(certificate()))
                        .isEmpty())
                .isFalse();
    }

    @Test
    void an_issuer_whose_certificate_nobody_trusts_is_not() {
        assertThatExceptionOfType(SSLHandshakeException.class)
                .isThrownBy(() -> fetch("localhost", new HttpClientOptions()));
    }

    @Test
    void an_issuer_with_the_certificate_of_another_host_is_not() {
        assertThatExceptionOfType(SSLHandshakeException.class)
                .isThrownBy(() -> fetch("127.0.0.1", new HttpClientOptions().setTrustOptions(certificate())));
    }

    private VerificationKeys fetch(String host, HttpClientOptions options) throws Exception {
        URI url = URI.create("https://" + host + ":" + issuer.actualPort() + "/keys");
        var client = new JwksClient(vertx, url, Duration.ofSeconds(10), options);
        return Future.<VerificationKeys>future(
                        done -> vertx.runOnContext(here -> client.fetch().onComplete(done)))
                .await(20, TimeUnit.SECONDS);
    }

    private PfxOptions certificate() {
        return new PfxOptions().setPath(store()).setPassword(PASSWORD);
    }

    private String store() {
        return folder.resolve("issuer.p12").toString();
    }
}
