package io.pakaura.taskapi.http;

import io.pakaura.taskapi.task.PageKey;
import io.pakaura.taskapi.task.TaskQuery.Sort;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * {@code next_cursor}: where the next page begins. It carries its sort order and a checksum, so that a cursor that was
 * cut, edited or used with another order is told apart from a good one. It holds nothing that its user may not see, and
 * gives no access to anything.
 */
final class PageCursor {
    private static final int BYTES = 1 + 4 * Long.BYTES;
    private static final long NO_DATE = Long.MIN_VALUE;
    private static final long FIRST_DAY = LocalDate.of(1, 1, 1).toEpochDay();
    private static final Instant START = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("9999-12-31T23:59:59.999Z");
    private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();

    private PageCursor() {}

    static String encode(Sort sort, PageKey key) {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES + Integer.BYTES)
                .put(code(sort))
                .putLong(key.createdAt().toEpochMilli())
                .putLong(key.dueDate() == null ? NO_DATE : key.dueDate().toEpochDay())
                .putLong(key.id().getMostSignificantBits())
                .putLong(key.id().getLeastSignificantBits());
        bytes.putInt(checksum(bytes.array()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** @throws ProblemException if the cursor is not one of ours for this order */
    static @Nullable PageKey decode(Sort sort, @Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
            if (bytes.capacity() != BYTES + Integer.BYTES || bytes.getInt(BYTES) != checksum(bytes.array())) {
                throw new IllegalArgumentException();
            }
            if (bytes.get() != code(sort)) {
                throw ProblemException.invalid("cursor", "belongs to another sort order");
            }
            Instant createdAt = instant(bytes.getLong());
            long dueDay = bytes.getLong();
            LocalDate dueDate = dueDay == NO_DATE ? null : day(dueDay);
            return new PageKey(createdAt, dueDate, new UUID(bytes.getLong(), bytes.getLong()));
        } catch (IllegalArgumentException | DateTimeException broken) {
            throw ProblemException.invalid("cursor", "is not a cursor of this API");
        }
    }

    /** The checksum keeps mistakes out, not malice: what the database could not read must not get there. */
    private static LocalDate day(long epochDay) {
        if (epochDay < FIRST_DAY || epochDay > LAST_DAY) {
            throw new IllegalArgumentException();
        }
        return LocalDate.ofEpochDay(epochDay);
    }

    private static Instant instant(long epochMilli) {
        Instant instant = Instant.ofEpochMilli(epochMilli);
        if (instant.isBefore(START) || instant.isAfter(END)) {
            throw new IllegalArgumentException();
        }
        return instant;
    }

    private static byte code(Sort sort) {
        int column =
                switch (sort.column()) {
                    case ID -> 1;
                    case CREATED_AT -> 2;
                    case DUE_DATE -> 3;
                };
        return (byte) (sort.descending() ? -column : column);
    }

    private static int checksum(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, BYTES);
        return (int) checksum.getValue();
    }
}
