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
    /** With the comma behind it, or the end; what is empty may stand in a list (RFC 9110, section 5.6.1.2). */
    private static final Pattern ELEMENT =
            Pattern.compile("[ \\t]*(?<tag>(?:W/)?\"[^\"\\x00-\\x20\\x7F]*\")?[ \\t]*(?:,|\\z)");

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

    /** Whether a header is {@code *}, or a list of entity tags: the contract's format {@code entity-tags}. */
    static boolean areIn(String header) {
        if (header.equals("*")) {
            return true;
        }
        boolean hasTag = false;
        Matcher element = ELEMENT.matcher(header);
        for (int at = 0; at < header.length(); at = element.end()) {
            if (!element.region(at, header.length()).lookingAt()) {
                return false;
            }
            hasTag |= element.group("tag") != null;
        }
        return hasTag;
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
