package io.pakaura.benchmarks.gateway;

import io.pakaura.benchmarks.crowd.Crowd;
import io.pakaura.benchmarks.crowd.EventFeed;
import io.pakaura.benchmarks.crowd.EventRequest;
import io.pakaura.benchmarks.floor.FloorMain;
import io.pakaura.benchmarks.stand.ProcessMemory;
import io.pakaura.benchmarks.stand.ServerProcess;
import io.pakaura.benchmarks.stand.Tokens;
import io.pakaura.syncgateway.Main;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A server that delivers events to sockets.
 *
 * @param eventPath where the event of a user is posted
 * @param garbage makes it collect its garbage
 * @param helper what it needs besides, and ends with it
 */
record FanOutServer(
        String name, ServerProcess process, UnaryOperator<String> eventPath, Garbage garbage, AutoCloseable helper)
        implements AutoCloseable {
    /** How it is made to collect its garbage. */
    interface Garbage {
        void collect(ServerProcess process) throws IOException, InterruptedException;
    }

    static final String GATEWAY = "gateway";
    static final String FLOOR = "floor";
    static final String NODE = "Node's ws";

    /** The product, by its own {@code Main}. */
    static FanOutServer gateway(List<String> jvmFlags, int eventLoops) throws IOException, InterruptedException {
        ServerProcess process = ServerProcess.jvm(
                Main.class,
                jvmFlags,
                Map.of(
                        "JWT_SECRET", Tokens.SECRET,
                        "EVENT_LOOPS", Integer.toString(eventLoops),
                        "HTTP_HOST", "127.0.0.1",
                        "HTTP_PORT", "0",
                        "OPS_HOST", "127.0.0.1",
                        "OPS_PORT", "0",
                        "DRAIN_SECONDS", "0"));
        Sidecar sidecar = Sidecar.start(process.opsPort());
        return new FanOutServer(GATEWAY, process, user -> sidecar.route(), ProcessMemory::collect, sidecar);
    }

    static FanOutServer floor(List<String> jvmFlags) {
        ServerProcess process = ServerProcess.jvm(FloorMain.class, jvmFlags, Map.of());
        return new FanOutServer(FLOOR, process, user -> "/events/" + user, ProcessMemory::collect, () -> {});
    }

    /** After {@link NodeServer#install}. */
    static FanOutServer node() {
        return new FanOutServer(NODE, NodeServer.start(), user -> "/events/" + user, NodeServer::collect, () -> {});
    }

    /** The floor once more, by a route that only reads the event and answers. */
    static FanOutServer answering(FanOutServer floor) {
        return new FanOutServer("only answers", floor.process, user -> "/answer", floor.garbage, () -> {});
    }

    static List<Crowd.Visitor> visitors(int users, int socketsOfUser) {
        return users("user", users)
                .map(FanOutServer::visitor)
                .flatMap(visitor -> IntStream.range(0, socketsOfUser).mapToObj(socket -> visitor))
                .toList();
    }

    /** With a socket each, and none of them among the other visitors. */
    static List<Crowd.Visitor> strangers(int users) {
        return users("stranger", users).map(FanOutServer::visitor).toList();
    }

    static Crowd.Visitor visitor(String user) {
        return new Crowd.Visitor(user, Tokens.of(user));
    }

    EventFeed.Audience audience(int users, int socketsOfUser) {
        return new EventFeed.Audience(users("user", users).map(this::event).toList(), socketsOfUser);
    }

    EventRequest event(String user) {
        return EventRequest.of(eventPath.apply(user), user);
    }

    private static Stream<String> users(String prefix, int users) {
        return IntStream.range(0, users).mapToObj(n -> String.format(Locale.ROOT, "%s-%05d", prefix, n));
    }

    void collectGarbage() throws IOException, InterruptedException {
        garbage.collect(process);
    }

    @Override
    public void close() throws Exception {
        helper.close();
        process.close();
    }
}
