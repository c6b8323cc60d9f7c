package io.pakaura.service;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.BindException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of a service's process, the same for each of them.
 *
 * <p>Exit codes: 2 for a configuration with faults, all of which are listed; 1 for a start that failed, said in one
 * line. SIGTERM closes the service first and Vert.x after it.
 */
public final class Launcher {
    private static final int START_FAILED = 1;
    private static final int BAD_CONFIGURATION = 2;
    private static final long START_SECONDS = 120;

    /** The service has ended by then; what is left are connections whose peers say nothing. */
    private static final long VERTX_CLOSE_SECONDS = 2;

    private Launcher() {}

    /**
     * Runs a service until the process is told to stop. Blocks its thread, {@code main}, while it starts.
     *
     * @param name as it stands in log lines
     * @param closeSeconds how long an orderly end may take
     */
    public static <C> void run(
            String name,
            Settings settings,
            Function<Settings, C> configuration,
            BiFunction<Vertx, C, Future<? extends Service>> start,
            long closeSeconds) {
        C config = readOrExit(name, settings, configuration);
        Logger log = LoggerFactory.getLogger(name);
        Vertx vertx = Vertx.vertx();
        Future<Service> starting = Future.succeededFuture()
                .compose(now -> start.apply(vertx, config).map(service -> (Service) service));
        AtomicBoolean stopping = new AtomicBoolean();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            stopping.set(true);
                            stop(log, vertx, starting, closeSeconds);
                        },
                        "shutdown"));
        try {
            log.info("{}", starting.await(START_SECONDS, TimeUnit.SECONDS).describe());
        } catch (Exception | LinkageError failure) {
            if (!stopping.get()) {
                System.err.println(name + " could not start: " + explain(failure));
                log.debug("start failed", failure);
                System.exit(START_FAILED);
            }
        }
    }

    /**
     * Runs a command of a service instead of the service: reads its configuration, does one thing, says what it did on
     * standard output, and ends the process. Exit codes as of {@link #run}.
     */
    public static <C> void once(
            String name, Settings settings, Function<Settings, C> configuration, ThrowingFunction<C, String> command) {
        C config = readOrExit(name, settings, configuration);
        try {
            System.out.println(command.apply(config));
        } catch (Exception failure) {
            System.err.println(name + " failed: " + explain(failure));
            System.exit(START_FAILED);
        }
    }

    /** A function that may fail. */
    @FunctionalInterface
    public interface ThrowingFunction<T, R> {
        R apply(T value) throws Exception;
    }

    private static <C> C readOrExit(String name, Settings settings, Function<Settings, C> configuration) {
        // First of all, since who reads a secret may log.
        LogConfig.read(settings.withoutSecrets()).apply();
        try {
            return configuration.apply(settings);
        } catch (SettingsException faulty) {
            System.err.println(
                    name + " has a configuration with " + count(faulty.faults().size()) + ":");
            faulty.faults().forEach(fault -> System.err.println("  " + fault));
            System.exit(BAD_CONFIGURATION);
            throw faulty;
        }
    }

    private static String count(int faults) {
        return faults == 1 ? "a fault" : faults + " faults";
    }

    /** The cause that an operator can act on, in one line. */
    public static String explain(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return "a port is taken, or not to be had on this machine (" + cause.getMessage() + ")";
            }
            if (cause instanceof TimeoutException) {
                return "it took longer than " + START_SECONDS + " s";
            }
        }
        String message =
                String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        return failure.getClass().getSimpleName() + ": " + message;
    }

    /** A service that is still starting is waited for: half of it could not be ended in order. */
    private static void stop(Logger log, Vertx vertx, Future<Service> starting, long closeSeconds) {
        // Not chained: the first future's context is gone before the second is done.
        await(log, starting.otherwiseEmpty().compose(Launcher::close), closeSeconds);
        await(log, vertx.close(), VERTX_CLOSE_SECONDS);
    }

    private static Future<Void> close(@Nullable Service service) {
        return service == null ? Future.succeededFuture() : service.close();
    }

    private static void await(Logger log, Future<Void> closed, long seconds) {
        try {
            closed.await(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            log.warn("did not end within {} s", seconds);
        } catch (RuntimeException failure) {
            log.warn("did not end in order", failure);
        }
    }
}
