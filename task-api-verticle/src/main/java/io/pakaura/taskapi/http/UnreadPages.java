package io.pakaura.taskapi.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the memory of large answers that were written and that their callers have not read yet: {@value #MAX_OF_USER}
 * bytes of one user (429), {@value #MAX_OF_ALL} of all together (503). Those up to 16 KiB are bounded by the number
 * of connections. One for the process; safe on any thread.
 */
public final class UnreadPages {
    static final int SMALL = 16 * 1024;
    static final long MAX_OF_USER = 16L * 1024 * 1024;
    static final long MAX_OF_ALL = 256L * 1024 * 1024;
    private static final Map<String, String> SOON = Map.of("Retry-After", "1");

    private final Map<String, Long> ofUsers = new HashMap<>();
    private long ofAll;

    /** Ends the response with a body, unless that would be too much; the future is done when the peer has it. */
    public Future<Void> end(HttpServerResponse response, String user, Buffer body) {
        int size = body.length();
        if (size <= SMALL) {
            return response.end(body);
        }
        ProblemException refusal = admit(user, size);
        if (refusal != null) {
            return Future.failedFuture(refusal);
        }
        return response.end(body).onComplete(read -> release(user, size));
    }

    /** Counts an answer in, unless there is too much. Who has nothing waiting gets theirs, however large it is. */
    @Nullable
    synchronized ProblemException admit(String user, long size) {
        long before = ofUsers.getOrDefault(user, 0L);
        if (before > 0 && before + size > MAX_OF_USER) {
            return ProblemException.of(
                    ProblemType.TOO_MANY_REQUESTS, "read the answers that you asked for before you ask for more", SOON);
        }
        if (ofAll + size > MAX_OF_ALL) {
            return ProblemException.of(ProblemType.UNAVAILABLE, "too many answers wait to be read", SOON);
        }
        add(user, size);
        return null;
    }

    void release(String user, long size) {
        add(user, -size);
    }

    private synchronized void add(String user, long size) {
        ofAll += size;
        ofUsers.merge(user, size, UnreadPages::sumOrNothing);
    }

    @SuppressWarnings("NullAway") // A null is how merge removes an entry.
    private static Long sumOrNothing(Long before, Long change) {
        long sum = before + change;
        return sum == 0 ? null : Long.valueOf(sum);
    }

    /** Bytes that wait to be read. */
    public synchronized long waiting() {
        return ofAll;
    }
}
