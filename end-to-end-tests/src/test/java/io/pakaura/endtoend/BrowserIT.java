package io.pakaura.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two windows of one person, one of another: what a newcomer does first. */
class BrowserIT {
    @TempDir
    static Path directory;

    @TempDir
    Path away;

    private static RunningQuickstart quickstart;

    @BeforeAll
    static void start() throws Exception {
        if (!BrowserWindow.isHere()) {
            System.out.println("BrowserIT " + BrowserWindow.MISSING);
        }
        assumeTrue(BrowserWindow.isHere(), BrowserWindow.MISSING);
        quickstart = RunningQuickstart.start(directory);
    }

    @AfterAll
    static void stop() {
        if (quickstart != null) {
            quickstart.close();
        }
    }

    @Test
    void what_one_window_does_the_other_shows_and_a_stranger_s_does_not() throws Exception {
        try (BrowserWindow first = BrowserWindow.open();
                BrowserWindow second = BrowserWindow.open();
                BrowserWindow stranger = BrowserWindow.open()) {
            first.signIn(quickstart.url(), "alice");
            second.signIn(quickstart.url(), "alice");
            stranger.signIn(quickstart.url(), "bob");

            first.add("Buy milk");
            first.add("<b>Call</b> the dentist");
            second.awaitTasks("Buy milk", "<b>Call</b> the dentist");

            second.rename("Buy milk", "Buy oat milk");
            first.awaitTasks("Buy oat milk", "<b>Call</b> the dentist");

            first.toggle("Buy oat milk");
            second.awaitTasks("✓ Buy oat milk", "<b>Call</b> the dentist");
            keep(second, "two-windows");

            second.clearCompleted();
            first.awaitTasks("<b>Call</b> the dentist");

            first.delete("dentist");
            second.awaitTasks();
            assertThat(stranger.tasks()).isEmpty();
        }
    }

    @Test
    void a_window_outlives_the_server_and_catches_up() throws Exception {
        try (RunningQuickstart first = RunningQuickstart.start(away);
                BrowserWindow window = BrowserWindow.open()) {
            window.signIn(first.url(), "carol");
            window.add("Here before");
            window.awaitTasks("Here before");
            first.kill();
            window.awaitStatusOtherThan("live");

            try (RunningQuickstart again = RunningQuickstart.start(away, first.port())) {
                String token = again.token("carol");
                again.client().send(token, "POST", "/tasks", "{\"title\": \"While it was away\"}");

                window.awaitStatus("live");
                window.awaitTasks("Here before", "While it was away");
            }
        }
    }

    @Test
    void the_contract_is_a_page_that_loads_nothing_from_elsewhere() throws Exception {
        try (BrowserWindow window = BrowserWindow.open()) {
            window.visit(quickstart.url() + "/docs");

            assertThat(window.awaitTexts(".opblock-summary-path")).contains("/tasks", "/tasks/changes", "/mcp");
            assertThat(window.loaded()).isNotEmpty().allMatch(address -> address.startsWith(quickstart.url()));
            keep(window, "docs");
        }
    }

    /** For a person to look at: target/screenshots. */
    private static void keep(BrowserWindow window, String name) throws Exception {
        Path folder = Files.createDirectories(Path.of("target", "screenshots"));
        Files.write(folder.resolve(name + ".png"), window.screenshot());
    }
}
