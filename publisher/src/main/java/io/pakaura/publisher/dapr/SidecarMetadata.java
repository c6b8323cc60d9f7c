package io.pakaura.publisher.dapr;

import java.util.List;

/** What a sidecar says about itself. */
public sealed interface SidecarMetadata {

    /**
     * A component that it has loaded.
     *
     * @param type such as {@code pubsub.kafka}
     */
    record Component(String name, String type, String version) {}

    /**
     * Its answer.
     *
     * @param appId the app that it belongs to
     * @param runtimeVersion of Dapr, such as {@code 1.18.0}
     */
    record Known(String appId, String runtimeVersion, List<Component> components) implements SidecarMetadata {
        public Known {
            components = List.copyOf(components);
        }
    }

    record Failed(SidecarFailure why) implements SidecarMetadata {}
}
