package io.pakaura.publisher.dapr;

import java.util.Map;

/** What a secret store has under a name. */
public sealed interface SecretRead {

    /**
     * The secret.
     *
     * @param values by key; many stores have one alone, its key being the secret's name
     */
    record Found(Map<String, String> values) implements SecretRead {
        public Found {
            values = Map.copyOf(values);
        }

        /** Never prints a value. */
        @Override
        public String toString() {
            return "Found[" + values.size() + " values]";
        }
    }

    /** A secret without any value. Most stores answer a name that they do not know with an error, and so {@link Failed}. */
    record Absent() implements SecretRead {}

    record Failed(SidecarFailure why) implements SecretRead {}
}
