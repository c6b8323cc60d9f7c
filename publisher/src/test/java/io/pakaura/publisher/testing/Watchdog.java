package io.pakaura.publisher.testing;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;

/**
 * Kills child processes when this JVM ends without having done so, {@code kill -9} included: a shell of its own, which
 * notices by the end of its standard input.
 */
public final class Watchdog {
    private static final String SCRIPT =
            """
            trap '' INT TERM HUP
            pids=
            while read -r command pid; do
              case $command in
                watch) pids="$pids $pid" ;;
                forget)
                  kept=
                  for each in $pids; do [ "$each" = "$pid" ] || kept="$kept $each"; done
                  pids=$kept ;;
              esac
            done
            [ -z "$pids" ] || kill -KILL $pids
            """;

    private static final Writer INPUT = start();

    private Watchdog() {}

    private static Writer start() {
        try {
            Process shell = new ProcessBuilder("sh", "-c", SCRIPT)
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
            return new OutputStreamWriter(shell.getOutputStream(), StandardCharsets.US_ASCII);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** From now on the process ends with this JVM. One that has ended is forgotten, for its id may be another's by then. */
    public static void watch(ProcessHandle process) {
        tell("watch", process);
        var unused = process.onExit().thenAccept(ended -> tell("forget", ended));
    }

    private static void tell(String command, ProcessHandle process) {
        synchronized (INPUT) {
            try {
                INPUT.write(command + " " + process.pid() + "\n");
                INPUT.flush();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
