package io.pakaura.syncgateway;

import static io.pakaura.syncgateway.GatewayFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the public port answers before there is a session. */
@ExtendWith(VertxExtension.class)
class PublicListenerIT {

    private static int statusOfUpgrade(GatewayFixture fixture, String origin, String... headers) {
        try {
            await(fixture.upgrade(options -> {
                options.setAllowOriginHeader(true).addHeader("Origin", origin);
                for (int n = 0; n < headers.length; n += 2) {
                    options.putHeader(headers[n], headers[n + 1]);
                }
                return options;
            }));
            return 101;
        } catch (UpgradeRejectedException rejected) {
            return rejected.getStatus();
        }
    }

    @Test
    void a_page_of_our_own_host_may_connect_and_one_of_another_may_not(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx);
        int port = fixture.gateway.httpPort();
        assertThat(statusOfUpgrade(fixture, "http://127.0.0.1:" + port)).isEqualTo(101);
        assertThat(statusOfUpgrade(fixture, "http://127.0.0.1:1")).isEqualTo(403);
        assertThat(statusOfUpgrade(fixture, "https://evil.example")).isEqualTo(403);
        assertThat(statusOfUpgrade(fixture, "null")).isEqualTo(403);
    }

    @Test
    void behind_a_front_door_our_own_host_is_the_one_that_the_browser_meant(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx);
        String door = "X-Forwarded-Host";
        assertThat(statusOfUpgrade(fixture, "https://tasks.example", door, "tasks.example"))
                .isEqualTo(101);
        assertThat(statusOfUpgrade(fixture, "https://evil.example", door, "tasks.example"))
                .isEqualTo(403);
        assertThat(statusOfUpgrade(fixture, "http://127.0.0.1:" + fixture.gateway.httpPort(), door, "tasks.example"))
                .isEqualTo(403);
    }

    @Test
    void a_configured_origin_may_connect_and_others_may_not(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx, setup -> setup.allowedOrigins = List.of("https://app.example"));
        assertThat(statusOfUpgrade(fixture, "https://app.example")).isEqualTo(101);
        assertThat(statusOfUpgrade(fixture, "http://app.example")).isEqualTo(403);
        assertThat(statusOfUpgrade(fixture, "https://app.example.evil")).isEqualTo(403);
    }

    @Test
    void the_subprotocol_is_selected_if_offered(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx);
        assertThat(fixture.connect().socket.subProtocol()).isEqualTo("cloudevents.json");
        var several = await(fixture.upgrade(options -> options.setSubProtocols(List.of("mqtt", "cloudevents.json"))));
        assertThat(several.socket.subProtocol()).isEqualTo("cloudevents.json");
    }

    @Test
    void a_client_that_names_no_subprotocol_is_accepted(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx);
        var plain = await(fixture.upgrade(options -> options.setSubProtocols(List.of())));
        assertThat(plain.socket.headers().contains("Sec-WebSocket-Protocol")).isFalse();
        plain.hello(GatewayFixture.token("alice"));
        plain.expect("sync.welcome");
    }

    @Test
    void compression_is_not_negotiated(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx);
        var client =
                await(fixture.upgrade(options -> options.putHeader("Sec-WebSocket-Extensions", "permessage-deflate")));
        assertThat(client.socket.headers().get("Sec-WebSocket-Extensions")).isNull();
    }

    @Test
    void too_many_sockets_without_a_hello_are_not_let_in_until_one_says_it_or_goes(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx, setup -> {
            setup.eventLoops = 1;
            setup.socketsWithoutHello = 2;
            setup.hello = Duration.ofMinutes(2); // Nobody has had time enough to say it.
        });
        Client first = fixture.connect();
        Client second = fixture.connect();
        assertThatThrownBy(fixture::connect)
                .isInstanceOfSatisfying(UpgradeRejectedException.class, rejected -> assertThat(rejected.getStatus())
                        .isEqualTo(503));

        first.hello(GatewayFixture.token("alice"));
        first.expect("sync.welcome");
        fixture.connect();
        second.write("not a CloudEvent");
        assertThat(second.closeCode()).isEqualTo(4400);
        fixture.connect();
    }

    @Test
    void a_handshake_that_is_not_valid_takes_no_socket_away(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx, setup -> {
            setup.eventLoops = 1;
            setup.socketsWithoutHello = 1;
        });
        for (String version : List.of("12", "13", "x")) {
            var answer = await(fixture.http
                    .get(fixture.gateway.httpPort(), "127.0.0.1", "/sync")
                    .putHeader("Connection", "Upgrade")
                    .putHeader("Upgrade", "websocket")
                    .putHeader("Sec-WebSocket-Version", version)
                    .send());
            assertThat(answer.statusCode()).isBetween(400, 426);
        }
        fixture.connect();
    }

    @Test
    void sync_without_an_upgrade_says_what_is_required(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx);
        var answer = fixture.get(fixture.gateway.httpPort(), "/sync");
        assertThat(answer.statusCode()).isEqualTo(426);
        assertThat(answer.getHeader("Upgrade")).isEqualTo("websocket");
        assertProblem(answer, 426);
    }

    private static void assertProblem(HttpResponse<Buffer> answer, int status) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.getHeader("Content-Type")).isEqualTo("application/problem+json");
        var problem = answer.bodyAsJsonObject();
        assertThat(problem.getInteger("status")).isEqualTo(status);
        assertThat(problem.getString("title")).isNotBlank();
        assertThat(problem.getString("detail")).isNotBlank();
        assertThat(problem.getString("correlation_id")).isEqualTo(answer.getHeader("X-Correlation-Id"));
    }

    @Test
    void the_page_is_served_with_headers_that_protect_it(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx);
        var page = fixture.get(fixture.gateway.httpPort(), "/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.getHeader("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(page.getHeader("Content-Security-Policy")).contains("default-src 'self'", "frame-ancestors 'none'");
        assertThat(page.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void a_browser_that_has_the_file_need_not_load_it_again(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx);
        int port = fixture.gateway.httpPort();
        var first = fixture.get(port, "/fixture/module.js");
        assertThat(first.bodyAsString()).isEqualTo("export const fixture = true;\n");
        assertThat(first.getHeader("Content-Type")).isEqualTo("text/javascript; charset=utf-8");
        assertThat(first.getHeader("Cache-Control")).isEqualTo("no-cache");

        var again = await(fixture.http
                .get(port, "127.0.0.1", "/fixture/module.js")
                .putHeader("If-None-Match", "W/" + first.getHeader("ETag"))
                .send());
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.bodyAsBuffer()).isNull();
    }

    @Test
    void head_is_get_without_the_body(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx);
        var head = await(fixture.http
                .request(HttpMethod.HEAD, fixture.gateway.httpPort(), "127.0.0.1", "/fixture/module.js")
                .send());
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.getHeader("Content-Length")).isEqualTo("29");
        assertThat(head.bodyAsBuffer()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/nothing.html",
                "/fixture",
                "/fixture/",
                "/../io/pakaura/syncgateway/Main.class",
                "/%2e%2e/logback.xml",
                "/..%2flogback.xml",
                "/.hidden.js",
                "/dapr/subscribe",
                "/health/ready"
            })
    void everything_else_is_not_there(String path, Vertx vertx) {
        var fixture = GatewayFixture.start(vertx);
        assertProblem(fixture.get(fixture.gateway.httpPort(), path), 404);
    }

    @Test
    void nothing_public_can_be_written(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx);
        for (String path : List.of("/", "/sync", "/index.html")) {
            var answer = await(fixture.http
                    .post(fixture.gateway.httpPort(), "127.0.0.1", path)
                    .send());
            assertProblem(answer, 405);
            assertThat(answer.getHeader("Allow")).isEqualTo("GET, HEAD");
        }
    }
}
