package io.pakaura.taskapi.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pakaura.taskapi.task.PageKey;
import io.pakaura.taskapi.task.TaskQuery.Sort;
import io.pakaura.taskapi.task.TaskQuery.SortColumn;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageCursorTest {
    private static final Sort BY_DUE_DATE = new Sort(SortColumn.DUE_DATE, false);
    private static final UUID ID = UUID.fromString("018f4e9c-58c5-7c3e-9f0a-3d1f0a5b7c11");

    @ParameterizedTest
    @CsvSource({"2026-12-01", "0001-01-01", "9999-12-31", ","})
    void a_cursor_is_read_as_it_was_written(@Nullable LocalDate dueDate) {
        PageKey key = new PageKey(Instant.parse("2026-11-21T10:00:00.123Z"), dueDate, ID);

        assertThat(PageCursor.decode(BY_DUE_DATE, PageCursor.encode(BY_DUE_DATE, key)))
                .isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 3000000000",
        "0, -365243219162",
        "0, 2932897",
        "0, -719163",
        "9223372036854775807, 0",
        "253402300800000, 0",
        "-62135596800001, 0"
    })
    void a_forged_one_with_a_time_that_no_task_has_is_refused(long createdAt, long dueDay) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> PageCursor.decode(BY_DUE_DATE, forged(createdAt, dueDay)))
                .satisfies(refused -> assertThat(refused.type()).isEqualTo(ProblemType.INVALID_REQUEST));
    }

    @Test
    void a_forged_one_with_a_sane_time_is_no_worse_than_a_good_one() {
        assertThat(PageCursor.decode(BY_DUE_DATE, forged(0, 0)))
                .isEqualTo(new PageKey(Instant.EPOCH, LocalDate.EPOCH, new UUID(0, 1)));
    }

    private static String forged(long createdAt, long dueDay) {
        ByteBuffer bytes = ByteBuffer.allocate(37)
                .put((byte) 3)
                .putLong(createdAt)
                .putLong(dueDay)
                .putLong(0)
                .putLong(1);
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.array(), 0, 33);
        bytes.putInt((int) checksum.getValue());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }
}
