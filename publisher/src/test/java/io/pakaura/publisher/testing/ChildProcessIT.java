package io.pakaura.publisher.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What all tests rely on that kill. */
class ChildProcessIT {
    private static final Pattern PID = Pattern.compile("child (\\d+)\n");

    /** Starts a process that would run for long, and says which. */
    static final class Parent {
        private Parent() {}

        public static void main(String[] arguments) throws InterruptedException {
            ChildProcess child = ChildProcess.start("child", new ProcessBuilder("sleep", "300"));
            child.pause();
            System.out.println("child " + child.pid());
            Thread.currentThread().join();
        }
    }

    @Test
    void children_end_with_their_parent_even_if_it_is_killed_and_they_are_frozen() {
        try (ChildProcess parent = start(Parent.class.getName())) {
            long child = Long.parseLong(parent.awaitLine(PID).group(1));
            assertThat(isRunning(child)).isTrue();

            parent.kill();

            Await.until(() -> !isRunning(child));
        }
    }

    @Test
    void one_that_does_not_start_is_told_with_its_log() {
        try (ChildProcess process = start("no.such.Main")) {
            assertThatThrownBy(() -> process.awaitReady(Duration.ofSeconds(20), () -> false))
                    .hasMessageContaining("exit code 1")
                    .hasMessageContaining("no.such.Main");
        }
    }

    private static ChildProcess start(String main) {
        return ChildProcess.start(
                "parent", ChildProcess.java(List.of("-cp", System.getProperty("java.class.path"), main)));
    }

    private static boolean isRunning(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
