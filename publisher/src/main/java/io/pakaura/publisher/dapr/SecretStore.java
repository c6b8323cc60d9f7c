package io.pakaura.publisher.dapr;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;

/** A secret store of Dapr's. Each call has three tries and 10 s in all; the futures never fail. Any thread. */
public final class SecretStore {
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final TypeReference<Map<String, String>> VALUES = new TypeReference<>() {};

    private final PersistentRequests requests;
    private final String store;

    SecretStore(PersistentRequests requests, String store) {
        this.requests = requests;
        this.store = store;
    }

    public Future<SecretRead> get(String name) {
        String path = SidecarRequests.path("v1.0", "secrets", store, name);
        return requests.send(new SidecarRequests.Call(HttpMethod.GET, path, Map.of(), Map.of(), null))
                .map(tried -> read(tried.answer()));
    }

    private static SecretRead read(Answer answer) {
        if (!(answer instanceof Answer.Received received)) {
            return new SecretRead.Failed(((Answer.Missing) answer).why());
        }
        return switch (received.status()) {
            case OK -> values(received.body());
            case NO_CONTENT -> new SecretRead.Absent();
            default -> new SecretRead.Failed(received.rejected());
        };
    }

    /** What cannot be read may hold a secret nevertheless, and goes into no log. */
    private static SecretRead values(Buffer body) {
        try {
            Map<String, String> values = MAPPER.readValue(body.getBytes(), VALUES);
            values.values().removeIf(Objects::isNull);
            return values.isEmpty() ? new SecretRead.Absent() : new SecretRead.Found(values);
        } catch (IOException | RuntimeException garbage) {
            return new SecretRead.Failed(new SidecarFailure.Rejected(OK, "", ""));
        }
    }
}
