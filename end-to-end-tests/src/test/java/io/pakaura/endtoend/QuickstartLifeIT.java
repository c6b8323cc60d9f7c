package io.pakaura.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.pakaura.publisher.testing.ChildProcess;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the quickstart begins and ends, as a person at a terminal meets it. */
class QuickstartLifeIT {
    @TempDir
    Path directory;

    @Test
    void tasks_are_there_after_a_restart_and_gone_after_a_fresh_one() throws Exception {
        try (RunningQuickstart first = RunningQuickstart.start(directory)) {
            first.client().send(first.token("alice"), "POST", "/tasks", "{\"title\": \"kept\"}");
        }
        try (RunningQuickstart second = RunningQuickstart.start(directory)) {
            assertThat(second.client()
                            .send(second.token("alice"), "GET", "/tasks", "")
                            .json()
                            .get("tasks"))
                    .hasSize(1);
        }
        try (RunningQuickstart fresh = RunningQuickstart.start(directory, "--fresh")) {
            assertThat(fresh.client()
                            .send(fresh.token("alice"), "GET", "/tasks", "")
                            .json()
                            .get("tasks"))
                    .isEmpty();
        }
    }

    @Test
    void open_windows_are_told_to_come_back_and_don_t_hold_up_the_end() throws Exception {
        try (RunningQuickstart quickstart = RunningQuickstart.start(directory);
                SyncSocket socket = SyncSocket.welcomed(quickstart.port(), quickstart.token("alice"))) {
            long begun = System.nanoTime();
            quickstart.close();

            assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun))
                    .isLessThan(10);
            assertThat(socket.ofType("sync.goaway")).hasSize(1);
            assertThat(socket.closeCode()).isEqualTo(1012);
        }
    }

    @Test
    void a_taken_port_is_one_clear_line() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            Ended ended = run(Map.of("PORT", Integer.toString(taken.getLocalPort())));

            assertThat(ended.exitCode()).isEqualTo(1);
            assertThat(ended.complaints()).hasSize(1).allMatch(line -> line.contains("a port is taken"));
        }
    }

    @Test
    void a_second_one_in_the_same_folder_is_told_so() throws Exception {
        try (RunningQuickstart first = RunningQuickstart.start(directory)) {
            Ended ended = run(Map.of("PORT", "0"));

            assertThat(ended.exitCode()).isEqualTo(1);
            assertThat(ended.complaints()).hasSize(1).allMatch(line -> line.contains("another quickstart runs in"));
            assertThat(first.token("alice")).isNotEmpty();
        }
    }

    @Test
    void bad_settings_and_arguments_exit_2() throws Exception {
        assertThat(run(Map.of("PORT", "x")).exitCode()).isEqualTo(2);
        assertThat(run(Map.of(), "--frehs").exitCode()).isEqualTo(2);
    }

    private record Ended(int exitCode, String output) {
        /** All but what it says on its way. */
        List<String> complaints() {
            return output.lines().filter(line -> !line.startsWith("Starting ")).toList();
        }
    }

    private Ended run(Map<String, String> environment, String... arguments) {
        try (ChildProcess process = RunningQuickstart.launch(directory, environment, arguments)) {
            return new Ended(process.awaitExit(), process.log());
        }
    }
}
