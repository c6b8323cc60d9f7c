package io.pakaura.endtoend.system;

import io.pakaura.endtoend.dapr.Daprd;
import io.pakaura.endtoend.dapr.KafkaBroker;
import io.pakaura.publisher.testing.Ports;
import io.pakaura.publisher.testing.TestTokens;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The product as a few real processes, for all tests of a class:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final SyncSystem system = SyncSystem.withApis(2).withGateways(2);
 * }</pre>
 *
 * One PostgreSQL, APIs that share it, gateways, a sidecar beside each of them, and a broker behind those. With Dapr's own {@code daprd} on
 * the machine it is that, and a Kafka broker; without, the stand-in in a process of its own, which is said in a line.
 *
 * <p>A test may hurt whatever it likes: before the next one everything runs again. When one fails, the ends of all logs
 * are printed; they are in {@code target/processes} in full. For the thread of the test.
 */
public final class SyncSystem
        implements BeforeAllCallback, BeforeEachCallback, AfterTestExecutionCallback, AfterAllCallback {
    static final int PARTITIONS = 3;

    private static final Map<String, Integer> TOPICS =
            Map.of("task-updates", PARTITIONS, "task-events", PARTITIONS, "reminders", PARTITIONS);

    private final List<String> apiNames;
    private final List<String> gatewayNames;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private @Nullable Running running;

    private record Running(
            PostgresServer database,
            @Nullable KafkaBroker kafka,
            Sidecars sidecars,
            Topics topics,
            List<ServiceProcess> apis,
            List<GatewayProcess> gateways) {}

    private SyncSystem(List<String> apiNames, List<String> gatewayNames) {
        this.apiNames = apiNames;
        this.gatewayNames = gatewayNames;
    }

    /** A system of so many APIs on one database. */
    public static SyncSystem withApis(int apis) {
        return new SyncSystem(names("task-api-", apis), List.of());
    }

    /** The same with so many gateways, each of which sees every event. */
    public SyncSystem withGateways(int gateways) {
        return new SyncSystem(apiNames, names("gateway-", gateways));
    }

    private static List<String> names(String prefix, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(n -> prefix + n).toList();
    }

    private Running running() {
        if (running == null) {
            throw new IllegalStateException("the system runs from before the first test to after the last");
        }
        return running;
    }

    public PostgresServer database() {
        return running().database();
    }

    /** Those of the APIs, which share their fate; where they are stand-ins, the gateways' and the broker's, too. */
    public Sidecars sidecars() {
        return running().sidecars();
    }

    /** What has reached the broker. */
    public Topics topics() {
        return running().topics();
    }

    public List<ServiceProcess> apis() {
        return running().apis();
    }

    /** @param number 1 for the first */
    public ServiceProcess api(int number) {
        return apis().get(number - 1);
    }

    public List<GatewayProcess> gateways() {
        return running().gateways();
    }

    /** @param number 1 for the first */
    public GatewayProcess gateway(int number) {
        return gateways().get(number - 1);
    }

    /** The broker, where it is a process of its own. */
    public Optional<KafkaBroker> kafka() {
        return Optional.ofNullable(running().kafka());
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Optional<Path> daprd = Daprd.find();
        System.out.println(context.getDisplayName() + " runs on "
                + (daprd.isPresent() ? "daprd and Kafka" : "the stand-in: no daprd at ~/.dapr/bin/daprd or on PATH"));
        CompletableFuture<PostgresServer> database =
                CompletableFuture.supplyAsync(() -> closing(PostgresServer.start()));
        KafkaBroker kafka = daprd.isPresent() ? closing(KafkaBroker.start()) : null;
        Map<String, Integer> appPorts = new TreeMap<>();
        gatewayNames.forEach(name -> appPorts.put(name, Ports.free()));
        Sidecars sidecars = closing(sidecars(daprd, kafka, appPorts));
        Topics topics =
                closing(kafka == null ? new FileTopics(sidecars.topicsDirectory()) : KafkaTopics.of(kafka, TOPICS));
        List<ServiceProcess> apis = apiNames.stream()
                .map(name -> closing(api(name, database.join(), sidecars.port(name))))
                .toList();
        List<GatewayProcess> gateways = gatewayNames.stream()
                .map(name -> closing(
                        gateway(name, appPorts.get(name), gatewaySidecar(daprd, kafka, sidecars, name, appPorts))))
                .toList();
        sidecars.launch();
        apis.forEach(ServiceProcess::launch);
        sidecars.awaitReady();
        gateways.forEach(GatewayProcess::launch);
        apis.forEach(ServiceProcess::awaitReady);
        gateways.forEach(GatewayProcess::awaitReady);
        running = new Running(database.join(), kafka, sidecars, topics, apis, gateways);
    }

    private Sidecars sidecars(Optional<Path> daprd, @Nullable KafkaBroker kafka, Map<String, Integer> appPorts) {
        if (daprd.isEmpty() || kafka == null) {
            return Sidecars.standIns(apiNames, appPorts);
        }
        kafka.createTopics(TOPICS);
        return Sidecars.daprds(daprd.get(), kafka, apiNames);
    }

    private static GatewaySidecar gatewaySidecar(
            Optional<Path> daprd,
            @Nullable KafkaBroker kafka,
            Sidecars sidecars,
            String name,
            Map<String, Integer> appPorts) {
        return daprd.isEmpty() || kafka == null
                ? GatewaySidecar.standIn(sidecars.controlPort(), name)
                : GatewaySidecar.daprd(daprd.get(), kafka, name, appPorts.get(name));
    }

    private static ServiceProcess api(String name, PostgresServer database, int sidecarPort) {
        return new ServiceProcess(
                name,
                "task-api-verticle",
                Map.of(
                        "HTTP_HOST", "127.0.0.1",
                        "HTTP_PORT", "0",
                        "OPS_HOST", "127.0.0.1",
                        "OPS_PORT", "0",
                        "DATABASE_URL", database.url(),
                        "JWT_SECRET", TestTokens.SECRET,
                        "DAPR_ENABLED", "true",
                        "DAPR_HTTP_PORT", Integer.toString(sidecarPort),
                        "TASK_UPDATES_PARTITIONS", Integer.toString(PARTITIONS)));
    }

    private static GatewayProcess gateway(String name, int appPort, GatewaySidecar sidecar) {
        Map<String, String> environment = Map.of(
                "HTTP_HOST",
                "127.0.0.1",
                "HTTP_PORT",
                Integer.toString(Ports.free()),
                "OPS_HOST",
                "127.0.0.1",
                "OPS_PORT",
                Integer.toString(appPort),
                "JWT_SECRET",
                TestTokens.SECRET);
        return new GatewayProcess(new ServiceProcess(name, "sync-gateway-verticle", environment), sidecar);
    }

    private synchronized <P extends AutoCloseable> P closing(P part) {
        parts.push(part);
        return part;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        database().ensureRunning();
        kafka().ifPresent(kafka -> kafka.process().resume());
        sidecars().ensureRunning();
        apis().forEach(ServiceProcess::ensureRunning);
        gateways().forEach(GatewayProcess::ensureRunning);
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            System.out.println("The ends of the logs, when " + context.getDisplayName() + " had failed:");
            sidecars().processes().forEach(process -> System.out.println(process.logTail()));
            apis().forEach(api -> System.out.println(api.name() + "\n" + api.logTail()));
            gateways().forEach(gateway -> System.out.println(gateway.name() + "\n" + gateway.logTail()));
            System.out.println(database().logTail());
            kafka().ifPresent(kafka -> System.out.println(kafka.process().logTail()));
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        for (AutoCloseable part : parts) {
            part.close();
        }
    }
}
