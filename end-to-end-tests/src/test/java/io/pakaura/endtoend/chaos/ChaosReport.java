package io.pakaura.endtoend.chaos;

import io.pakaura.endtoend.chaos.Outcome.Phase;
import io.pakaura.endtoend.system.SyncSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** {@code target/chaos-report.md}: a line for each experiment, written anew with each, so that a broken run has one too. */
final class ChaosReport {
    private static final Path FILE = Path.of("target", "chaos-report.md");
    private static final int MAX_DETAIL = 4_000;

    private final SyncSystem system;
    private final List<String> lines = new ArrayList<>();
    private final List<String> details = new ArrayList<>();

    ChaosReport(SyncSystem system) {
        this.system = system;
    }

    void passed(Outcome outcome) {
        add(outcome, "passed");
    }

    void failed(Outcome outcome, Throwable why) {
        detail(outcome.name(), why);
        add(outcome, "**failed**");
    }

    /** It came to no outcome. */
    void broken(String name, Throwable why) {
        detail(name, why);
        lines.add("| %s | | | | | | | | | | | **broken** |".formatted(name));
        write();
    }

    private void add(Outcome outcome, String verdict) {
        lines.add("| %s | %d | %d | %s | %d | %d | %s | %s | %s | %d, %.1f s | %s | %s |"
                .formatted(
                        outcome.name(),
                        outcome.faults().size(),
                        outcome.answers().size(),
                        outcome.failures().isEmpty() ? "0" : outcome.failures(),
                        outcome.published().count(),
                        outcome.published().repeats(),
                        latencies(outcome, Phase.BEFORE),
                        latencies(outcome, Phase.DURING),
                        latencies(outcome, Phase.AFTER),
                        outcome.maxDepth(),
                        outcome.maxAgeSeconds(),
                        outcome.emptyAfter()
                                .map(time -> "%.1f s".formatted((double) time.toMillis() / 1_000))
                                .orElse("never"),
                        verdict));
        write();
    }

    private static String latencies(Outcome outcome, Phase phase) {
        return outcome.latencies(phase) + " (" + outcome.unavoidable(phase) + ")";
    }

    private void detail(String name, Throwable why) {
        String text = String.valueOf(why.getMessage());
        details.add("### %s\n\n```\n%s\n```\n".formatted(name, text.substring(0, Math.min(MAX_DETAIL, text.length()))));
    }

    private void write() {
        try {
            Files.writeString(FILE, text());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private String text() {
        return """
                # Chaos, %s

                %d writes a second (creations, patches, completions, deletions, clears; 8 users, two of them in
                several requests at once) on %d processors, Java %s, %s, PostgreSQL 17 with fsync. After each: every
                committed change is on both topics, repeats are the same event, revisions are 1…N, tasks rebuilt from the
                events equal the table. Latencies: p50 / p99 / max in ms, and in brackets those of a single small commit by
                somebody else at the same time; failed requests: by status, 0 is no answer.

                | what was done | times | writes | failed | events | repeats | before | during | after | outbox: most rows, oldest | empty after | |
                |---|---|---|---|---|---|---|---|---|---|---|---|
                %s

                %s"""
                .formatted(
                        LocalDate.now(ZoneOffset.UTC),
                        Load.PER_SECOND,
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("java.version"),
                        system.sidecars().describe(),
                        String.join("\n", lines),
                        String.join("\n", details));
    }
}
