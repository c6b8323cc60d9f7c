package io.pakaura.endtoend.dapr;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Components that need nothing but daprd: a state store in memory, and secrets in a file. */
public final class LocalStores {
    public static final String STATE = "state";
    public static final String SECRETS = "secrets";

    private LocalStores() {}

    /**
     * Writes the secrets and returns the components, as of {@link Daprd#launch}.
     *
     * @param secrets JSON: by name a value, or an object of values by key
     */
    public static Map<String, String> of(Path directory, String secrets) throws IOException {
        Path file = Files.writeString(directory.resolve("secrets.json"), secrets);
        return Map.of(
                "state.yaml", component(STATE, "state.in-memory", "[]"),
                "secrets.yaml",
                        component(
                                SECRETS,
                                "secretstores.local.file",
                                "[{name: secretsFile, value: '" + file + "'}, {name: multiValued, value: 'true'}]"));
    }

    private static String component(String name, String type, String metadata) {
        return """
                apiVersion: dapr.io/v1alpha1
                kind: Component
                metadata:
                  name: %s
                spec:
                  type: %s
                  version: v1
                  metadata: %s
                """
                .formatted(name, type, metadata);
    }
}
