package io.pakaura.endtoend.chaos;

import io.pakaura.endtoend.chaos.Outcome.Interval;
import io.pakaura.endtoend.system.ServiceProcess;
import io.pakaura.endtoend.system.SyncSystem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Writes to the system, does something bad to it, once or again and again at random times for the length of a run, and
 * waits until all is well. Blocks for as long as that takes.
 */
final class Experiment {
    /** Seconds of faults; 0 for one short fault, as in each build. */
    private static final Duration LENGTH = Duration.ofSeconds(Long.getLong("chaos.seconds", 0));

    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final Duration SHORT_FAULT = Duration.ofSeconds(3);
    private static final Duration LONG_QUIET = Duration.ofSeconds(10);
    private static final int MAX_FAULT_SECONDS = 15;
    private static final Duration DRAIN = Duration.ofSeconds(LENGTH.isZero() ? 60 : 180);

    /** What is bad: does it, lets the load go on for {@link Run#goOn}, and mends it. */
    @FunctionalInterface
    interface Fault {
        void inflict(Run run);
    }

    private final SyncSystem system;
    private final ChaosReport report;

    Experiment(SyncSystem system, ChaosReport report) {
        this.system = system;
        this.report = report;
    }

    /**
     * Runs it and checks its outcome. Either way it is reported.
     *
     * @param name what is done
     * @param targets who gets the writes at first
     */
    void run(String name, List<ServiceProcess> targets, Fault fault, Consumer<Checks> expectations) {
        Outcome outcome;
        try {
            outcome = observe(name, targets, fault);
        } catch (RuntimeException | AssertionError broken) {
            report.broken(name, broken);
            throw broken;
        }
        try {
            Checks checks = new Checks(outcome);
            expectations.accept(checks);
            checks.report();
            report.passed(outcome);
        } catch (AssertionError failed) {
            report.failed(outcome, failed);
            throw failed;
        }
    }

    private Outcome observe(String name, List<ServiceProcess> targets, Fault fault) {
        String users = "user-" + UUID.randomUUID().toString().substring(0, 8);
        try (Load load = new Load(users, targets);
                Control control = new Control(system.database());
                OutboxWatch outbox = new OutboxWatch(system.database())) {
            Run run = new Run(load);
            load.start();
            load.awaitCalm();
            long begun = System.nanoTime();
            load.goOn(LENGTH.isZero() ? QUIET : LONG_QUIET);
            List<Interval> faults = run.inflict(fault);
            load.goOn(LENGTH.isZero() ? QUIET : LONG_QUIET);
            List<Answer> answers = load.stop();
            long stopped = System.nanoTime();
            Optional<Duration> emptyAfter = outbox.awaitEmpty(DRAIN)
                    ? Optional.of(Duration.ofNanos(System.nanoTime() - stopped))
                    : Optional.empty();
            return new Outcome(
                    name,
                    begun,
                    faults,
                    load.users(),
                    answers,
                    control.commits(),
                    outbox.maxDepth(),
                    outbox.maxAgeSeconds(),
                    emptyAfter,
                    Truth.of(system.database(), load.users()),
                    Published.of(system.topics().next(), load.users()));
        }
    }

    /** Of one experiment: its load, and its chance. */
    static final class Run {
        private final Load load;
        private final Random random = new Random();

        private Run(Load load) {
            this.load = load;
        }

        private List<Interval> inflict(Fault fault) {
            List<Interval> faults = new ArrayList<>();
            long end = System.nanoTime() + LENGTH.toNanos();
            do {
                long begin = System.nanoTime();
                fault.inflict(this);
                faults.add(new Interval(begin, System.nanoTime()));
                if (!LENGTH.isZero()) {
                    load.goOn(Duration.ofMillis(500 + random.nextInt(10_000)));
                }
            } while (System.nanoTime() < end);
            return faults;
        }

        /** The length of a fault: returns when so much has been written meanwhile. */
        void goOn() {
            load.goOn(
                    LENGTH.isZero() ? SHORT_FAULT : Duration.ofMillis(500 + random.nextInt(MAX_FAULT_SECONDS * 1_000)));
        }

        void sendTo(ServiceProcess... apis) {
            load.sendTo(List.of(apis));
        }

        /** Returns when the writes are answered as they should. */
        void awaitCalm() {
            load.awaitCalm();
        }

        /** Moves the writes as a careful deployment does: a tenth, a half, all. A JVM that just began is slow. */
        void move(ServiceProcess from, ServiceProcess to) {
            List<ServiceProcess> mostlyFrom = new ArrayList<>(Collections.nCopies(9, from));
            mostlyFrom.add(to);
            for (List<ServiceProcess> step : List.of(mostlyFrom, List.of(from, to))) {
                load.sendTo(step);
                load.awaitCalm();
            }
            load.sendTo(List.of(to));
        }
    }
}
