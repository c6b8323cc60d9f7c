package io.pakaura.publisher.event;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Changes for tests: a task in some state, and what was done to it. */
final class Changes {
    static final Instant NOW = Instant.parse("2026-11-21T10:00:00.120Z");
    static final UUID TASK = UUID.fromString("018f4e9c-58c5-7c3e-9f0a-3d1f0a5b7c11");
    private static final UUID SEED = UUID.fromString("7d1d6a3c-6f0e-4f6a-9a51-2f1f6d0b8a11");

    private Changes() {}

    static TaskState task(String title, boolean completed, @Nullable String remindAt) {
        return new TaskState(
                TASK,
                title,
                null,
                completed,
                completed ? NOW : null,
                "high",
                remindAt == null ? null : LocalDate.parse("2026-12-01"),
                remindAt == null ? null : Instant.parse(remindAt),
                NOW,
                NOW,
                7);
    }

    static TaskState open(String title) {
        return task(title, false, null);
    }

    static TaskChange change(@Nullable TaskState before, @Nullable TaskState after) {
        return new TaskChange(
                SEED,
                "alice",
                7,
                before,
                after,
                NOW,
                "corr-1",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    }
}
