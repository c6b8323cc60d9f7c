package io.pakaura.syncgateway;

import static io.pakaura.syncgateway.GatewayFixture.await;
import static io.pakaura.syncgateway.GatewayFixture.taskEvent;
import static io.pakaura.syncgateway.RawSocket.handshake;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.pakaura.publisher.testing.Await;
import io.pakaura.service.ConnectionLimits;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** Thousands of clients that come and go, as fast as they can: tens of thousands a minute. */
@ExtendWith(VertxExtension.class)
class ConnectFloodIT {
    private static final int CONNECTS = 3_000;
    private static final int ROOM = 100;

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @Test
    void nothing_is_left_of_them_and_a_client_that_is_there_gets_its_events(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx, setup -> {
            setup.eventLoops = 1;
            setup.socketsWithoutHello = ROOM;
            setup.hello = Duration.ofMinutes(2);
        });
        Client decent = fixture.welcomed("decent");
        for (int n = 0; n < CONNECTS; n++) {
            comeAndGo(fixture, n);
            if (n % 100 == 0) {
                assertServed(fixture, decent, n + 1);
            }
        }
        Await.until(() -> MetricsIT.has(fixture, "sync_sockets", sockets -> sockets == 1));

        List<RawSocket> all = new ArrayList<>();
        for (int n = 0; n < ROOM; n++) {
            all.add(RawSocket.upgraded(fixture));
        }
        try (RawSocket oneMore = RawSocket.connect(fixture).write(handshake("13"))) {
            assertThat(oneMore.status()).isEqualTo(503);
        }
        all.forEach(RawSocket::vanish);
        assertServed(fixture, decent, CONNECTS + 1);
    }

    private static void comeAndGo(GatewayFixture fixture, int n) {
        RawSocket socket = RawSocket.connect(fixture);
        switch (n % 5) {
            case 0 -> socket.close();
            case 1 -> socket.vanish();
            case 2 -> socket.write(handshake("13")).vanish();
            case 3 -> {
                // One of another origin is not let in, and the others if there is room at this moment.
                assertThat(socket.write(handshake("13", "Origin: http://evil.example\r\n"))
                                .status())
                        .isEqualTo(403);
                socket.close();
            }
            default -> {
                if (socket.write(handshake("13")).status() == 101) {
                    socket.text(RawSocket.hello("not.a.token"));
                }
                socket.close();
            }
        }
    }

    private static void assertServed(GatewayFixture fixture, Client client, long revision) {
        String event = taskEvent("decent", revision);
        long begun = System.nanoTime();
        await(fixture.deliver(event));
        assertThat(client.next()).isEqualTo(event);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void who_comes_to_a_gateway_with_all_the_sockets_that_it_bears_is_told_to_come_again(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx, setup -> setup.sockets = 3); // On two event loops.
        Client first = fixture.welcomed("decent");
        fixture.welcomed("second");
        Client third = fixture.welcomed("third");

        try (RawSocket oneMore = RawSocket.connect(fixture).write(handshake("13"))) {
            assertThat(oneMore.head()).startsWith("HTTP/1.1 503").containsIgnoringCase("retry-after: 1");
        }
        assertServed(fixture, first, 1);
        assertThat(MetricsIT.has(fixture, "sync_sockets_max", most -> most == 3))
                .isTrue();

        await(third.socket.close());
        Await.until(() -> MetricsIT.has(fixture, "sync_sockets", sockets -> sockets == 2));
        fixture.welcomed("fourth");
    }

    @Test
    void those_who_do_not_say_who_they_are_do_not_hold_the_places_of_a_gateway_that_is_full(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx, setup -> {
            setup.eventLoops = 1;
            setup.sockets = 3;
            setup.hello = Duration.ofSeconds(20); // They have a tenth of it while there is no room.
        });
        Client decent = fixture.welcomed("decent");
        RawSocket first = RawSocket.upgraded(fixture);
        RawSocket second = RawSocket.upgraded(fixture);
        long begun = System.nanoTime();
        assertThat(statusOf(fixture, handshake("13"))).isEqualTo(503);

        Await.until(() -> statusOf(fixture, handshake("13")) == 101);
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));
        assertServed(fixture, decent, 1);
        first.vanish();
        second.vanish();
    }

    @Test
    void of_each_kind_there_is_one_line(Vertx vertx) {
        Logger logger = (Logger) LoggerFactory.getLogger(SyncGateway.class);
        lines.list = new CopyOnWriteArrayList<>();
        lines.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(lines);
        try {
            flood(vertx);
        } finally {
            logger.detachAppender(lines);
            logger.setLevel(null);
        }
        assertThat(lines.list)
                .extracting(line -> line.getLevel() + " " + line.getFormattedMessage())
                .filteredOn(line -> !line.contains("APP_API_TOKEN"))
                .containsExactlyInAnyOrder(
                        "INFO WebSockets of other origins were refused",
                        "INFO requests that are no HTTP were refused",
                        "INFO clients sent what is not in the protocol, and were closed with 4400",
                        "INFO clients had no good token, and were closed with 4401",
                        "INFO clients sent too large messages, and were closed with 4413",
                        "INFO clients sent too much or came too often, and were closed with 4429",
                        "WARN too many connections: those that have asked nothing for longest are cut",
                        "WARN too many sockets have not said hello");
    }

    private static void flood(Vertx vertx) {
        var fixture = GatewayFixture.start(vertx, setup -> {
            setup.eventLoops = 1;
            setup.socketsWithoutHello = 10;
            setup.hello = Duration.ofMinutes(2);
            setup.connections = new ConnectionLimits(
                    50, Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(60));
        });
        for (int n = 0; n < 10; n++) {
            says(fixture, "not a CloudEvent", 4400);
            says(fixture, RawSocket.hello("x"), 4401);
            says(fixture, "x".repeat(70_000), 4413);
            try (RawSocket many = RawSocket.upgraded(fixture)) {
                assertThat(many.isWritten(pongs())).isTrue();
                assertThat(Heard.from(many).code()).isEqualTo(4429);
            }
            assertThat(statusOf(fixture, handshake("13", "Origin: http://evil.example\r\n")))
                    .isEqualTo(403);
            assertThat(statusOf(fixture, "no HTTP\r\n\r\n")).isEqualTo(400);
        }
        List<RawSocket> crowd = new ArrayList<>();
        for (int n = 0; n < 20; n++) {
            RawSocket one = RawSocket.connect(fixture).write(handshake("13"));
            assertThat(one.status()).isEqualTo(n < 10 ? 101 : 503);
            crowd.add(one);
        }
        for (int n = 0; n < 100; n++) {
            crowd.add(RawSocket.connect(fixture));
        }
        crowd.get(crowd.size() - 100).awaitEnd();
        crowd.forEach(RawSocket::vanish);
    }

    private static void says(GatewayFixture fixture, String text, int code) {
        try (RawSocket socket = RawSocket.upgraded(fixture).text(text)) {
            assertThat(Heard.from(socket).code()).isEqualTo(code);
        }
    }

    private static byte[] pongs() {
        byte[][] pongs = new byte[80][];
        Arrays.fill(pongs, RawSocket.frame(RawSocket.FINAL | RawSocket.PONG, new byte[0]));
        return RawSocket.concat(pongs);
    }

    private static int statusOf(GatewayFixture fixture, String request) {
        try (RawSocket socket = RawSocket.connect(fixture).write(request)) {
            return socket.status();
        }
    }
}
