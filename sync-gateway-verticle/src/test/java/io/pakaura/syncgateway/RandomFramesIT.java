package io.pakaura.syncgateway;

import static io.pakaura.syncgateway.RawSocket.CLOSE;
import static io.pakaura.syncgateway.RawSocket.CONTINUATION;
import static io.pakaura.syncgateway.RawSocket.FINAL;
import static io.pakaura.syncgateway.RawSocket.PING;
import static io.pakaura.syncgateway.RawSocket.PONG;
import static io.pakaura.syncgateway.RawSocket.TEXT;
import static io.pakaura.syncgateway.RawSocket.closing;
import static io.pakaura.syncgateway.RawSocket.concat;
import static io.pakaura.syncgateway.RawSocket.event;
import static io.pakaura.syncgateway.RawSocket.frame;
import static io.pakaura.syncgateway.RawSocket.hello;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.pakaura.publisher.testing.Await;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.slf4j.LoggerFactory;

/** Messages that are cut in all ways, with control frames in between, and bytes that are no frames. */
class RandomFramesIT {
    private static final byte[] HELLO =
            hello(GatewayFixture.token("alice")).replace("\"1\"", "\"süß 🥛\"").getBytes(StandardCharsets.UTF_8);

    private static final Vertx VERTX = Vertx.vertx();
    private static final ListAppender<ILoggingEvent> LINES = new ListAppender<>();
    private static GatewayFixture fixture;

    /**
     * A part of a message.
     *
     * @param bytes so many of the message
     * @param control the opcode of a control frame before it; 0 is none
     * @param payload the control frame's
     */
    private record Part(int bytes, int control, List<Byte> payload) {
        byte[] controlFrame() {
            return control == 0 ? new byte[0] : frame(FINAL | control, controlPayload());
        }

        byte[] controlPayload() {
            byte[] bytes = new byte[payload.size()];
            for (int n = 0; n < bytes.length; n++) {
                bytes[n] = payload.get(n);
            }
            return bytes;
        }
    }

    @BeforeContainer
    static void start() {
        fixture = GatewayFixture.start(VERTX, setup -> setup.closing = Duration.ofMillis(300));
        LINES.list = new CopyOnWriteArrayList<>();
        LINES.start();
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).addAppender(LINES);
    }

    @AfterContainer
    static void stop() {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).detachAppender(LINES);
        GatewayFixture.await(VERTX.close());
    }

    @AfterProperty
    void nothing_is_left_behind_and_nobody_was_alarmed() {
        Await.until(() -> MetricsIT.has(fixture, "sync_sockets", sockets -> sockets == 0));
        assertThat(LINES.list)
                .filteredOn(line -> line.getLevel().isGreaterOrEqual(Level.WARN))
                .isEmpty();
    }

    @Provide
    Arbitrary<List<Part>> parts() {
        Arbitrary<Integer> control = Arbitraries.of(0, 0, PING, PONG);
        return Combinators.combine(
                        Arbitraries.integers().between(0, 90),
                        control,
                        Arbitraries.bytes().list().ofMaxSize(125))
                .as(Part::new)
                .list()
                .ofMaxSize(15);
    }

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void however_a_message_is_cut_it_is_the_same_and_each_ping_has_its_pong(
            @ForAll("parts") List<Part> parts, @ForAll @IntRange(min = 1, max = 700) int atOnce) {
        List<String> expected = new ArrayList<>(parts.stream()
                .filter(part -> part.control() == PING)
                .map(part -> Heard.pong(part.controlPayload()))
                .toList());
        expected.add(Heard.WELCOME);
        byte[] all = concat(frames(parts), frame(FINAL | CLOSE, closing(1000, "")));

        try (RawSocket socket = RawSocket.upgraded(fixture)) {
            for (int from = 0; from < all.length; from += atOnce) {
                socket.write(Arrays.copyOfRange(all, from, Math.min(all.length, from + atOnce)));
            }
            assertThat(Heard.from(socket)).isEqualTo(new Heard(expected, 1000));
        }
    }

    /** The hello in these parts, and what is left of it in the last. */
    private static byte[] frames(List<Part> parts) {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        int from = 0;
        int opcode = TEXT;
        for (Part part : parts) {
            int to = Math.min(HELLO.length, from + part.bytes());
            frames.writeBytes(part.controlFrame());
            frames.writeBytes(frame(opcode, Arrays.copyOfRange(HELLO, from, to)));
            from = to;
            opcode = CONTINUATION;
        }
        frames.writeBytes(frame(FINAL | opcode, Arrays.copyOfRange(HELLO, from, HELLO.length)));
        return frames.toByteArray();
    }

    @Provide
    Arbitrary<byte[]> garbage() {
        Arbitrary<Integer> head = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 255),
                Arbitraries.of(FINAL | TEXT, TEXT, CONTINUATION, FINAL | CONTINUATION, FINAL | PING, FINAL | CLOSE));
        Arbitrary<byte[]> bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
        Arbitrary<byte[]> frame = Combinators.combine(head, bytes).as(RawSocket::frame);
        Arbitrary<byte[]> lie = Combinators.combine(head, Arbitraries.longs()).as(RawSocket::header);
        Arbitrary<byte[]> good = Arbitraries.of(
                        new String(HELLO, StandardCharsets.UTF_8), event("sync.pong", "\"data\":{}"), hello("x"))
                .map(text -> frame(FINAL | TEXT, text.getBytes(StandardCharsets.UTF_8)));
        Arbitrary<byte[]> broken = Combinators.combine(good, Arbitraries.integers(), Arbitraries.bytes())
                .as(RandomFramesIT::withOneByteChanged);
        return Arbitraries.oneOf(frame, lie, good, broken, bytes)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .map(pieces -> concat(pieces.toArray(byte[][]::new)));
    }

    private static byte[] withOneByteChanged(byte[] bytes, int where, byte what) {
        byte[] changed = bytes.clone();
        changed[Math.floorMod(where, changed.length)] = what;
        return changed;
    }

    @Property(tries = 800, edgeCases = EdgeCasesMode.NONE)
    void whatever_comes_ends_no_later_than_its_client_does(@ForAll("garbage") byte[] bytes) {
        try (RawSocket socket = RawSocket.upgraded(fixture)) {
            socket.sendLast(bytes).awaitEnd();
        }
    }
}
