package io.pakaura.endtoend.chaos;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pakaura.endtoend.chaos.Experiment.Fault;
import io.pakaura.endtoend.system.ServiceProcess;
import io.pakaura.endtoend.system.SyncSystem;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever is killed, frozen or misconfigured under load: nothing is lost, and nobody waits for events. */
class ChaosIT {
    @RegisterExtension
    static final SyncSystem system = SyncSystem.withApis(2);

    private static final Map<String, String> WRONG_COMPONENT = Map.of("DAPR_PUBSUB_NAME", "nowhere");
    private static final ChaosReport report = new ChaosReport(system);

    @Test
    void an_api_that_is_killed_finishes_when_it_is_back() {
        ServiceProcess api = system.api(1);
        system.api(2).stop();

        experiment(
                "SIGKILL of the only API",
                List.of(api),
                run -> {
                    api.kill();
                    run.goOn();
                    api.start();
                    run.awaitCalm(); // All writes at once are much for a JVM that just began.
                },
                checks -> checks.nothingWasLost().onlyRequestsFailedTo(api));
    }

    @Test
    void an_api_that_is_killed_is_finished_for_by_the_other() {
        ServiceProcess doomed = system.api(1);

        experiment(
                "SIGKILL of one of two APIs",
                system.apis(),
                run -> {
                    doomed.ensureRunning(); // In a long run it was killed before.
                    run.sendTo(doomed, system.api(2));
                    doomed.kill();
                    run.goOn();
                    run.sendTo(system.api(2));
                },
                checks -> checks.nothingWasLost().onlyRequestsFailedTo(doomed));
    }

    @Test
    void a_sidecar_that_is_killed_is_noticed_by_nobody() {
        experiment(
                "SIGKILL of the sidecars",
                system.apis(),
                run -> {
                    system.sidecars().kill();
                    run.goOn();
                    system.sidecars().start();
                },
                ChaosIT::nobodyNoticed);
    }

    @Test
    void a_sidecar_that_is_frozen_is_noticed_by_nobody() {
        experiment(
                "SIGSTOP of the sidecars",
                system.apis(),
                run -> {
                    system.sidecars().pause();
                    run.goOn();
                    system.sidecars().resume();
                },
                ChaosIT::nobodyNoticed);
    }

    @Test
    void a_broker_that_is_frozen_is_noticed_by_nobody() {
        assumeTrue(system.kafka().isPresent(), "the stand-in's broker is frozen with it");

        experiment(
                "SIGSTOP of the broker",
                system.apis(),
                run -> {
                    system.kafka().orElseThrow().process().pause();
                    run.goOn();
                    system.kafka().orElseThrow().process().resume();
                },
                ChaosIT::nobodyNoticed);
    }

    @Test
    void a_database_that_is_restarted_has_all_that_was_answered() {
        experiment(
                "fast shutdown of PostgreSQL",
                system.apis(),
                run -> {
                    system.database().stop();
                    run.goOn();
                    system.database().startAgain();
                },
                ChaosIT::onlyTheDatabaseWasAway);
    }

    @Test
    void a_database_that_is_killed_has_all_that_was_answered() {
        experiment(
                "SIGKILL of PostgreSQL",
                system.apis(),
                run -> {
                    system.database().kill();
                    run.goOn();
                    system.database().startAgain();
                },
                ChaosIT::onlyTheDatabaseWasAway);
    }

    /** As an operator meets it: one process is deployed wrong, the next one right, and requests follow. */
    @Test
    void a_wrong_component_name_is_mended_by_the_right_one() {
        ServiceProcess right = system.api(1);
        ServiceProcess wrong = system.api(2);
        wrong.stop();
        wrong.startWith(WRONG_COMPONENT);

        experiment(
                "a wrong DAPR_PUBSUB_NAME",
                List.of(right),
                run -> {
                    if (!wrong.isRunning()) {
                        wrong.startWith(WRONG_COMPONENT); // In a long run it was stopped before.
                    }
                    run.move(right, wrong);
                    right.stop();
                    run.goOn();
                    right.start();
                    run.move(wrong, right);
                    wrong.stop();
                },
                checks -> checks.nothingWasLost().noRequestFailed().theOutboxHadToWait());
    }

    private static void nobodyNoticed(Checks checks) {
        checks.nothingWasLost().noRequestFailed().noRequestWasSlowed().theOutboxHadToWait();
    }

    private static void onlyTheDatabaseWasAway(Checks checks) {
        checks.nothingWasLost().requestsFailedOnlyForTheDatabase().noRequestHung();
    }

    private static void experiment(
            String name, List<ServiceProcess> targets, Fault fault, Consumer<Checks> expectations) {
        new Experiment(system, report).run(name, targets, fault, expectations);
    }
}
