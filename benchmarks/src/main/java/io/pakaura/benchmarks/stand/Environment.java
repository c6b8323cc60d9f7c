package io.pakaura.benchmarks.stand;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Where it was measured: nothing that names a machine or a person. */
public final class Environment {
    private Environment() {}

    /** In one line, with the database that took part. */
    public static String describe(String postgresVersion) {
        return machine() + ", PostgreSQL " + postgresVersion.split(" ", 2)[0] + ", git " + revision();
    }

    /** In one line. */
    public static String describe() {
        return machine() + ", git " + revision();
    }

    private static String machine() {
        return "%d cores, JDK %s (%s)"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("java.version"),
                        System.getProperty("java.vm.name"));
    }

    /** Of the last minute: over the number of cores, somebody else was busy too. */
    public static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static String revision() {
        String commit = git("rev-parse", "--short", "HEAD");
        return git("status", "--porcelain", "--untracked-files=no").isEmpty() ? commit : commit + " with changes";
    }

    private static String git(String... arguments) {
        try {
            List<String> command = new java.util.ArrayList<>(List.of("git"));
            command.addAll(List.of(arguments));
            Process git = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor() == 0 ? output : "unknown";
        } catch (IOException noGit) {
            return "unknown";
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
