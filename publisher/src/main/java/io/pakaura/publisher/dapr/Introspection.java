package io.pakaura.publisher.dapr;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a sidecar answers about itself, and what it calls its errors. */
final class Introspection {
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final Pattern ERROR_CODE = Pattern.compile("[A-Z][A-Z0-9_]{1,63}");

    private Introspection() {}

    /** Dapr leaves out what is empty. */
    private record Loaded(
            @Nullable String name,
            @Nullable String type,
            @Nullable String version) {
        SidecarMetadata.Component component() {
            return new SidecarMetadata.Component(orEmpty(name), orEmpty(type), orEmpty(version));
        }
    }

    private record Body(
            @JsonProperty("id") @Nullable String appId,
            @Nullable String runtimeVersion,
            @Nullable List<Loaded> components) {
        SidecarMetadata known() {
            List<Loaded> loaded = components == null ? List.of() : components;
            return new SidecarMetadata.Known(
                    orEmpty(appId),
                    orEmpty(runtimeVersion),
                    loaded.stream().map(Loaded::component).toList());
        }
    }

    static SidecarHealth health(Answer answer) {
        if (answer instanceof Answer.Received received) {
            return received.status() == NO_CONTENT
                    ? new SidecarHealth.Ready()
                    : new SidecarHealth.NotReady(received.rejected());
        }
        return new SidecarHealth.NotReady(((Answer.Missing) answer).why());
    }

    static SidecarMetadata metadata(Answer answer) {
        if (answer instanceof Answer.Received received) {
            return Optional.of(received)
                    .filter(any -> any.status() == OK)
                    .flatMap(ok -> parsed(ok.body()))
                    .map(Body::known)
                    .orElseGet(() -> new SidecarMetadata.Failed(received.rejected()));
        }
        return new SidecarMetadata.Failed(((Answer.Missing) answer).why());
    }

    private static Optional<Body> parsed(Buffer json) {
        try {
            return Optional.ofNullable(MAPPER.readValue(json.getBytes(), Body.class));
        } catch (IOException garbage) {
            return Optional.empty();
        }
    }

    /** The code of an error's body, or empty. */
    static String errorCode(Buffer json) {
        try {
            String code = MAPPER.readTree(json.getBytes()).path("errorCode").asText();
            return ERROR_CODE.matcher(code).matches() ? code : "";
        } catch (IOException garbage) {
            return "";
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
