package io.pakaura.daprstandin;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One sidecar's configuration: what daprd takes from its flags, its environment and its component files.
 *
 * @param host interface to listen on
 * @param port of the HTTP API; 0 for one that is free
 * @param appId the app's id, and its consumer group on {@code pubsubName}
 * @param app the app to subscribe and deliver for; null for one that only publishes
 * @param apiToken what the app must show, as DAPR_API_TOKEN; null for none
 * @param podName as POD_NAME; needed for {@code broadcastPubsubName}, whose group is {@code appId-podName}
 * @param pubsubName component whose consumer group is the app id
 * @param broadcastPubsubName component whose consumer group is the pod's own; null where its scopes leave this app out
 * @param retryDelay until a failed delivery is repeated
 */
public record DaprStandInConfig(
        String host,
        int port,
        String appId,
        @Nullable App app,
        @Nullable String apiToken,
        @Nullable String podName,
        String pubsubName,
        @Nullable String broadcastPubsubName,
        Duration retryDelay) {

    /** As Dapr's Kafka component has it by default. */
    public static final Duration DEFAULT_RETRY_DELAY = Duration.ofSeconds(5);

    /**
     * The app beside the sidecar.
     *
     * @param apiToken what the sidecar shows to it, as APP_API_TOKEN; null for none
     */
    public record App(String host, int port, @Nullable String apiToken) {

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    public DaprStandInConfig {
        if (broadcastPubsubName != null && podName == null) {
            throw new IllegalArgumentException(
                    "component " + broadcastPubsubName + " refers to {podName}, which is not set");
        }
        if (retryDelay.isNegative()) {
            throw new IllegalArgumentException("retryDelay must not be negative");
        }
    }

    /** A sidecar on a free port of 127.0.0.1 with component {@code pubsub-kafka}, for an app that only publishes. */
    public static DaprStandInConfig of(String appId) {
        return new DaprStandInConfig(
                "127.0.0.1", 0, appId, null, null, null, "pubsub-kafka", null, DEFAULT_RETRY_DELAY);
    }

    public DaprStandInConfig withAddress(String newHost, int newPort) {
        return new DaprStandInConfig(
                newHost, newPort, appId, app, apiToken, podName, pubsubName, broadcastPubsubName, retryDelay);
    }

    public DaprStandInConfig withApp(App newApp) {
        return new DaprStandInConfig(
                host, port, appId, newApp, apiToken, podName, pubsubName, broadcastPubsubName, retryDelay);
    }

    public DaprStandInConfig withApiToken(String token) {
        return new DaprStandInConfig(
                host, port, appId, app, token, podName, pubsubName, broadcastPubsubName, retryDelay);
    }

    /** With component {@code pubsub-kafka-broadcast} for a pod of this name. */
    public DaprStandInConfig withBroadcast(String pod) {
        return new DaprStandInConfig(
                host, port, appId, app, apiToken, pod, pubsubName, "pubsub-kafka-broadcast", retryDelay);
    }

    public DaprStandInConfig withRetryDelay(Duration delay) {
        return new DaprStandInConfig(host, port, appId, app, apiToken, podName, pubsubName, broadcastPubsubName, delay);
    }

    /** The consumer group of a component, or null if this app doesn't have the component. */
    @Nullable
    String consumerGroup(String component) {
        if (component.equals(pubsubName)) {
            return appId;
        }
        return component.equals(broadcastPubsubName) ? appId + "-" + podName : null;
    }

    /** Without the tokens. */
    @Override
    public String toString() {
        return "sidecar of %s on %s:%d, app %s".formatted(appId, host, port, app);
    }
}
