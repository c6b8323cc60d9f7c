package io.pakaura.publisher.dapr;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The values of settings that are kept in a secret store: {@code <store>/<name>} stands for a secret with one value,
 * {@code <store>/<name>#<key>} for one value of a secret.
 *
 * <p>It blocks, and is for {@code main} only. The sidecar is looked for, and waited for, when the first secret is read.
 * Faults are told by variable, as the end of a sentence that begins with its name, and never tell a value.
 */
public final class SidecarSecrets implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long HEALTH_INTERVAL_MS = 250;
    private static final long READ_SECONDS = 15;

    private static final String NO_VALUE = "is a secret without a value";

    private final SidecarSettings settings;
    private final Duration patience;
    private @Nullable Connected connected;

    /** A client of its own, since there is no other yet. */
    private record Connected(Vertx vertx, DaprClient dapr, boolean isReady) {}

    /** @param environment has {@code DAPR_HTTP_HOST}, {@code DAPR_HTTP_PORT} and {@code DAPR_API_TOKEN} if they are set */
    public SidecarSecrets(Map<String, String> environment) {
        this(environment, PATIENCE);
    }

    SidecarSecrets(Map<String, String> environment, Duration patience) {
        this.settings = SidecarSettings.read(environment);
        this.patience = patience;
    }

    /**
     * Reads one.
     *
     * @param reference what follows {@code secret:} in the variable's value
     * @param fault takes a variable, and what is wrong with it
     * @return empty after a fault
     */
    public Optional<String> read(String variable, String reference, BiConsumer<String, String> fault) {
        if (SidecarSettings.VARIABLES.contains(variable)) {
            return faulty(fault, variable, SidecarSettings.NO_SECRET);
        }
        Optional<SecretReference> secret = SecretReference.parse(reference);
        if (secret.isEmpty()) {
            return faulty(fault, variable, "must be of the form secret:<store>/<name> or secret:<store>/<name>#<key>");
        }
        if (!settings.faults().isEmpty()) {
            settings.faults().forEach(fault);
            return Optional.empty();
        }
        Connected sidecar = connect();
        return sidecar.isReady()
                ? read(sidecar.dapr(), variable, secret.get(), fault)
                : faulty(
                        fault, variable, "is a secret, and no sidecar was ready within " + patience.toSeconds() + " s");
    }

    private static Optional<String> read(
            DaprClient dapr, String variable, SecretReference secret, BiConsumer<String, String> fault) {
        SecretRead read = await(dapr.secrets(secret.store()).get(secret.name()), READ_SECONDS)
                .orElseGet(() -> new SecretRead.Failed(new SidecarFailure.TimedOut()));
        if (read instanceof SecretRead.Found found) {
            Optional<String> value = secret.valueIn(found.values());
            if (value.isEmpty()) {
                return faulty(fault, variable, secret.unclear());
            }
            return value.get().isBlank() ? faulty(fault, variable, NO_VALUE) : value;
        }
        return faulty(fault, variable, read instanceof SecretRead.Failed failed ? reason(failed.why()) : NO_VALUE);
    }

    private static Optional<String> faulty(BiConsumer<String, String> fault, String variable, String reason) {
        fault.accept(variable, reason);
        return Optional.empty();
    }

    /** The answer's text stays out: nobody knows what a secret store puts into it. */
    private static String reason(SidecarFailure failure) {
        if (!(failure instanceof SidecarFailure.Rejected rejected)) {
            return "is a secret, and the sidecar did not answer";
        }
        return switch (rejected.errorCode()) {
            case "ERR_SECRET_STORE_NOT_FOUND", "ERR_SECRET_STORES_NOT_CONFIGURED" ->
                "is a secret of a store that the sidecar does not have";
            case "ERR_SECRET_GET" -> "is a secret that its store does not have, or cannot read: see the sidecar's log";
            case "ERR_PERMISSION_DENIED" -> "is a secret that the sidecar may not read";
            default ->
                rejected.httpStatus() == 401
                        ? "is a secret, and the sidecar wants another DAPR_API_TOKEN"
                        : "is a secret, and the sidecar's answer was " + rejected.httpStatus();
        };
    }

    private Connected connect() {
        if (connected == null) {
            // Daemons: whatever happens before the service starts, the process can end.
            Vertx vertx = Vertx.vertx(new VertxOptions()
                    .setEventLoopPoolSize(1)
                    .setWorkerPoolSize(1)
                    .setUseDaemonThread(true));
            DaprClient dapr = new DaprClient(vertx, settings.config());
            long deadline = System.nanoTime() + patience.toNanos();
            boolean isReady = await(ready(vertx, dapr, deadline), patience.toSeconds() + READ_SECONDS)
                    .orElse(false);
            connected = new Connected(vertx, dapr, isReady);
        }
        return connected;
    }

    private static Future<Boolean> ready(Vertx vertx, DaprClient dapr, long deadline) {
        return dapr.health().compose(health -> {
            boolean isReady = health instanceof SidecarHealth.Ready;
            return isReady || System.nanoTime() > deadline
                    ? Future.succeededFuture(isReady)
                    : vertx.timer(HEALTH_INTERVAL_MS, TimeUnit.MILLISECONDS)
                            .compose(now -> ready(vertx, dapr, deadline));
        });
    }

    private static <T> Optional<T> await(Future<T> future, long seconds) {
        try {
            return Optional.ofNullable(future.await(seconds, TimeUnit.SECONDS));
        } catch (TimeoutException late) {
            return Optional.empty();
        }
    }

    /** Does not wait, nothing is in flight; and does not log, for a process whose log is not set up yet. */
    @Override
    public void close() {
        if (connected != null) {
            connected.vertx().close().onFailure(failure -> {});
            connected = null;
        }
    }
}
