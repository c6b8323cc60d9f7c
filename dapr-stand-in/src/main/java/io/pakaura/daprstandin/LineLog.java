package io.pakaura.daprstandin;

import io.vertx.core.Future;
import java.util.List;
import java.util.function.Supplier;

/** Lines, one after the other, that survive the process, or don't. All on one event loop, and never blocking it. */
interface LineLog {

    /** A log that forgets. */
    LineLog NONE = new LineLog() {
        @Override
        public Future<Void> append(String line) {
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> replace(Supplier<List<String>> lines) {
            return Future.succeededFuture();
        }

        @Override
        public long size() {
            return 0;
        }

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }
    };

    /** Completes when the line is with the operating system: it outlives this process, but not a loss of power. */
    Future<Void> append(String line);

    /** Puts other lines in the place of all that are written, at once or not at all; appended ones go behind them. */
    Future<Void> replace(Supplier<List<String>> lines);

    /** Bytes written. */
    long size();

    /** Completes when all that was appended is written, or has failed. */
    Future<Void> close();
}
