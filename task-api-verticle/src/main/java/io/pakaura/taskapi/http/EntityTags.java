package io.pakaura.taskapi.http;

import io.pakaura.taskapi.task.Precondition;
import io.pakaura.taskapi.task.Task;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A task's entity tag is its revision in quotes: a strong one (RFC 9110, section 8.8.3). */
final class EntityTags {
    private static final Pattern TAG = Pattern.compile("(W/)?\"([^\"]*)\"");
    private static final Pattern REVISION = Pattern.compile("0|[1-9]\\d{0,17}");

    private EntityTags() {}

    static String of(Task task) {
        return "\"" + task.revision() + "\"";
    }

    /** {@code If-Match} compares strongly: a weak tag, or one that is none of ours, matches no revision. */
    static Precondition ifMatch(@Nullable String header) {
        return header == null || header.equals("*") ? Precondition.NONE : new Precondition(revisions(header, false));
    }

    /** {@code If-None-Match} compares weakly. */
    static boolean noneMatch(@Nullable String header, Task task) {
        return header == null || !(header.equals("*") || revisions(header, true).contains(task.revision()));
    }

    private static Set<Long> revisions(String header, boolean weakToo) {
        Set<Long> revisions = new HashSet<>();
        Matcher tags = TAG.matcher(header);
        while (tags.find()) {
            boolean counts = weakToo || tags.group(1) == null;
            if (counts && REVISION.matcher(tags.group(2)).matches()) {
                revisions.add(Long.parseLong(tags.group(2)));
            }
        }
        return revisions;
    }
}
