package io.pakaura.publisher.dapr;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.util.Map;

/**
 * A state store of Dapr's. Each call has three tries and 10 s in all; the futures never fail. Any thread.
 *
 * <p>A try without an answer may have reached the store. For {@link #save} and {@link #delete(String)} that makes no
 * difference, but for somebody else's write in between, which the next try undoes; with {@link #create}, {@link
 * #replace} and {@link #delete(String, String)} it can't, and {@link StateWrite.Conflict} says so.
 */
public final class StateStore {
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int CONFLICT = 409;
    private static final String FIRST_WRITE = "first-write";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final PersistentRequests requests;
    private final String store;

    StateStore(PersistentRequests requests, String store) {
        this.requests = requests;
        this.store = store;
    }

    public Future<StateRead> get(String key) {
        return requests.send(new SidecarRequests.Call(HttpMethod.GET, path(key), Map.of(), Map.of(), null))
                .map(tried -> read(tried.answer()));
    }

    /**
     * Saves a value over whatever is there.
     *
     * @param value JSON; it is sent as it is
     */
    public Future<StateWrite> save(String key, Buffer value) {
        return post(MAPPER.createObjectNode().put("key", key), value);
    }

    /** Saves a value where there is none: else a conflict. */
    public Future<StateWrite> create(String key, Buffer value) {
        return post(firstWrite(key), value);
    }

    /**
     * Saves a value over one version.
     *
     * @param etag of {@link StateRead.Found}. An empty one names no version, and so is a conflict
     */
    public Future<StateWrite> replace(String key, Buffer value, String etag) {
        return etag.isBlank() ? noSuchVersion() : post(firstWrite(key).put("etag", etag), value);
    }

    /** Deletes whatever is there; nothing is fine. */
    public Future<StateWrite> delete(String key) {
        return write(new SidecarRequests.Call(HttpMethod.DELETE, path(key), Map.of(), Map.of(), null));
    }

    /**
     * Deletes one version.
     *
     * @param etag as of {@link #replace}
     */
    public Future<StateWrite> delete(String key, String etag) {
        Map<String, String> query = Map.of("concurrency", FIRST_WRITE);
        Map<String, String> headers = Map.of(HttpHeaders.IF_MATCH.toString(), etag);
        return etag.isBlank()
                ? noSuchVersion()
                : write(new SidecarRequests.Call(HttpMethod.DELETE, path(key), query, headers, null));
    }

    private String path(String key) {
        return SidecarRequests.path("v1.0", "state", store, key);
    }

    /** Dapr takes a first write without an ETag as one that must find nothing. */
    private static ObjectNode firstWrite(String key) {
        ObjectNode entry = MAPPER.createObjectNode().put("key", key);
        entry.putObject("options").put("concurrency", FIRST_WRITE);
        return entry;
    }

    private static Future<StateWrite> noSuchVersion() {
        return Future.succeededFuture(new StateWrite.Conflict(false));
    }

    private Future<StateWrite> post(ObjectNode entry, Buffer value) {
        Buffer body = RawJson.append(Buffer.buffer("["), entry, "value", value).appendString("]");
        return write(new SidecarRequests.Call(
                HttpMethod.POST,
                SidecarRequests.path("v1.0", "state", store),
                Map.of(),
                Map.of(HttpHeaders.CONTENT_TYPE.toString(), "application/json"),
                body));
    }

    private Future<StateWrite> write(SidecarRequests.Call call) {
        return requests.send(call).map(StateStore::written);
    }

    private static StateRead read(Answer answer) {
        if (!(answer instanceof Answer.Received received)) {
            return new StateRead.Failed(((Answer.Missing) answer).why());
        }
        return switch (received.status()) {
            case OK -> new StateRead.Found(received.body(), etagOf(received));
            case NO_CONTENT -> new StateRead.Absent();
            default -> new StateRead.Failed(received.rejected());
        };
    }

    private static String etagOf(Answer.Received received) {
        String etag = received.headers().get(HttpHeaders.ETAG);
        return etag == null ? "" : etag;
    }

    private static StateWrite written(PersistentRequests.Tried tried) {
        if (!(tried.answer() instanceof Answer.Received received)) {
            return new StateWrite.Failed(((Answer.Missing) tried.answer()).why());
        }
        return switch (received.status()) {
            case NO_CONTENT -> new StateWrite.Done();
            case CONFLICT -> new StateWrite.Conflict(tried.tries() > 1);
            default -> new StateWrite.Failed(received.rejected());
        };
    }
}
