package io.pakaura.taskapi.task;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which revisions of a task a change may be made to (the {@code If-Match} of RFC 9110, section 13.1.1).
 *
 * @param revisions {@code null} for any
 */
public record Precondition(@Nullable Set<Long> revisions) {
    public static final Precondition NONE = new Precondition(null);
}
