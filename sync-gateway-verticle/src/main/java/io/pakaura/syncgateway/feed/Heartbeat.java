package io.pakaura.syncgateway.feed;

/**
 * Data of {@code sync.heartbeat}: a task API's word, by one partition, that it publishes.
 *
 * @param instance which process of the task API
 * @param epoch the history that revisions count
 * @param partition it was sent to this one, from 0
 * @param partitions how many that process sends to
 * @param lagMillis age of the oldest change that it knows of and gateways don't
 */
record Heartbeat(String instance, String epoch, int partition, int partitions, long lagMillis) {

    /** The same, as proof of the partition that it really came by. */
    Heartbeat by(int actual) {
        return new Heartbeat(instance, epoch, actual, partitions, lagMillis);
    }
}
