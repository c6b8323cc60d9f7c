package io.pakaura.benchmarks.stand;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a process has of memory, in bytes: by Linux' {@code /proc}, and for a JVM by the JDK's {@code jcmd}. Blocking. */
public final class ProcessMemory {
    /** A JVM with it can tell {@link #direct}; it costs a few percent. */
    public static final String TRACKING = "-XX:NativeMemoryTracking=summary";

    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern USED = Pattern.compile("total \\d+K, used (\\d+)K");
    private static final Pattern OTHER = Pattern.compile("Other \\(reserved=\\d+KB, committed=(\\d+)KB\\)");
    private static final long KIB = 1024;

    private ProcessMemory() {}

    /** In RAM: its own, and what it shares with others. */
    public static long resident(ServerProcess process) throws IOException {
        return resident(Files.readString(Path.of("/proc", Long.toString(process.pid()), "status")));
    }

    static long resident(String status) {
        return sum(RESIDENT, status);
    }

    /** Has a JVM collect all its garbage; returns when that is done. */
    public static void collect(ServerProcess jvm) throws IOException, InterruptedException {
        String said = jcmd(jvm, "GC.run");
        if (!said.contains("executed successfully")) {
            throw new IllegalStateException("no garbage collection: " + said);
        }
    }

    /** What a JVM's heap holds, garbage included. */
    public static long heap(ServerProcess jvm) throws IOException, InterruptedException {
        return heap(jcmd(jvm, "GC.heap_info"));
    }

    static long heap(String info) {
        return sum(USED, info);
    }

    /** Buffers outside of the heap, however they were had. The JVM must have been started with {@link #TRACKING}. */
    public static long direct(ServerProcess jvm) throws IOException, InterruptedException {
        return direct(jcmd(jvm, "VM.native_memory", "summary", "scale=KB"));
    }

    static long direct(String summary) {
        return sum(OTHER, summary);
    }

    private static long sum(Pattern kibibytes, String text) {
        Matcher matcher = kibibytes.matcher(text);
        if (!matcher.find()) {
            throw new IllegalArgumentException("no " + kibibytes + " in: " + text);
        }
        long sum = 0;
        do {
            sum += Long.parseLong(matcher.group(1)) * KIB;
        } while (matcher.find());
        return sum;
    }

    private static String jcmd(ServerProcess jvm, String... command) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
        line.add(Long.toString(jvm.pid()));
        line.addAll(List.of(command));
        Process jcmd = new ProcessBuilder(line).redirectErrorStream(true).start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new IOException("jcmd failed: " + said);
        }
        return said;
    }
}
