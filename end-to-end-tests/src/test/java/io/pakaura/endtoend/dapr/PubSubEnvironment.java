package io.pakaura.endtoend.dapr;

/**
 * What the contract is checked on: a broker, and a sidecar for each of five apps. Its topics {@code task-updates},
 * {@code task-events} and {@code reminders} have {@value #PARTITIONS} partitions each.
 */
interface PubSubEnvironment extends AutoCloseable {

    int PARTITIONS = 3;
    String API_TOKEN = "token-of-the-api";
    String APP_API_TOKEN = "token-of-the-app";

    /**
     * The apps that subscribe.
     *
     * @param gateway1 {@code sync-gateway} in pod-1, to be shown {@link #APP_API_TOKEN}
     * @param gateway2 {@code sync-gateway} in pod-2
     * @param audit1 one replica of the audit service
     * @param audit2 the other replica
     */
    record Apps(SubscriberApp gateway1, SubscriberApp gateway2, SubscriberApp audit1, SubscriberApp audit2) {}

    /** The port of the sidecar of {@code task-api}, which wants {@link #API_TOKEN} and has no app to call. */
    int publisherPort();

    @Override
    void close();
}
