package io.pakaura.daprstandin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The broker behind the sidecars of one process: topics as logs, read by consumer groups, as Kafka has them. With a
 * directory, each topic is a file of JSON lines to look at with {@code tail -F}, and what a group hadn't acknowledged is
 * delivered again after a restart, a {@code kill -9} too; a loss of power may take the last events. A directory is for one
 * broker at a time.
 *
 * <p>Its bounds are those of {@link BrokerConfig}, {@value #MAX_TOPICS} topics with 100 consumer groups each, and
 * {@value #MAX_RECORD_BYTES} bytes a record: an event with its metadata.
 *
 * <p>It lives on one event loop, together with all sidecars that use it; its methods may be called from any thread.
 */
public final class Broker {

    /** Topics of a broker; publishing to one more is refused. */
    static final int MAX_TOPICS = 100;

    /** Bytes of a record, as our Kafka component is configured; a larger one is refused. */
    static final int MAX_RECORD_BYTES = 1_000_000;

    private static final int RECORD_OVERHEAD = 36;
    private static final int HEADER_OVERHEAD = 10;

    private static final String INVALID_TOPIC =
            "kafka server: The request attempted to perform an operation on an invalid topic";

    private final Vertx vertx;
    private final BrokerConfig config;
    private final Context context;
    private final CommittedOffsets offsets;
    private final Map<String, Future<TopicLog>> topics = new HashMap<>();
    private final Partitioner partitioner = new Partitioner(RandomGenerator.getDefault());

    private Broker(Vertx vertx, BrokerConfig config, Context context, CommittedOffsets offsets) {
        this.vertx = vertx;
        this.config = config;
        this.context = context;
        this.offsets = offsets;
    }

    /**
     * Opens the broker on the caller's event loop, or a new one. Fails if the directory can't be read, or has topics of more
     * partitions than configured.
     */
    public static Future<Broker> open(Vertx vertx, BrokerConfig config) {
        Context context = vertx.getOrCreateContext();
        return on(context, () -> openOffsets(vertx, config.directory())
                .map(offsets -> new Broker(vertx, config, context, offsets))
                .compose(Broker::openTopics));
    }

    private static Future<CommittedOffsets> openOffsets(Vertx vertx, @Nullable Path directory) {
        if (directory == null) {
            return Future.succeededFuture(CommittedOffsets.inMemory());
        }
        return vertx.executeBlocking(() -> {
            Files.createDirectories(directory);
            return CommittedOffsets.open(vertx, directory);
        });
    }

    private Future<Broker> openTopics() {
        Path directory = config.directory();
        if (directory == null) {
            return Future.succeededFuture(this);
        }
        return vertx.executeBlocking(() -> TopicState.names(directory))
                .compose(names -> Future.all(names.stream().map(this::topic).toList()))
                .map(this);
    }

    /** Runs on the broker's event loop; the future completes there, and fails if the work throws. */
    static <T> Future<T> on(Context context, Supplier<Future<T>> work) {
        Promise<T> result = Promise.promise();
        context.runOnContext(
                now -> Future.succeededFuture().compose(start -> work.get()).onComplete(result));
        return result.future();
    }

    Context context() {
        return context;
    }

    private Future<TopicLog> topic(String name) {
        return topics.computeIfAbsent(name, this::openTopic);
    }

    private Future<TopicLog> openTopic(String name) {
        Path directory = config.directory();
        if (directory == null) {
            TopicState empty = TopicState.empty(config.partitions());
            return Future.succeededFuture(new TopicLog(name, config, context, offsets, LineLog.NONE, empty));
        }
        Map<String, long[]> groups = offsets.ofTopic(name, config.partitions());
        return vertx.executeBlocking(() -> TopicState.load(vertx, directory, name, groups, config.partitions()))
                .map(loaded -> new TopicLog(name, config, context, offsets, loaded.log(), loaded.state()));
    }

    /** On the broker's event loop. Completes when the event is in the log, or refused; what fails is a refusal too. */
    Future<PublishOutcome> publish(String topic, Map<String, String> metadata, Buffer payload) {
        int size = recordBytes(metadata, payload);
        if (size > MAX_RECORD_BYTES) {
            return refused("kafka: invalid configuration (Attempt to produce message larger than configured "
                    + "Producer.MaxMessageBytes: %d > %d)".formatted(size, MAX_RECORD_BYTES));
        }
        if (!TopicName.isLegal(topic)) {
            return refused(INVALID_TOPIC);
        }
        if (isTooMany(topic)) {
            return refused("there are %d topics already".formatted(MAX_TOPICS));
        }
        Partitioner.Choice choice = partitioner.choose(metadata, config.partitions());
        if (choice instanceof Partitioner.Choice.Invalid invalid) {
            return refused(invalid.reason());
        }
        int partition = ((Partitioner.Choice.Partition) choice).number();
        return topic(topic)
                .compose(log -> log.append(partition, Partitioner.key(metadata), metadata, payload))
                .otherwise(fault -> new PublishOutcome.Refused(String.valueOf(fault)));
    }

    /** As Kafka's client of daprd estimates it: the key is there twice, as itself and as a header. */
    private static int recordBytes(Map<String, String> metadata, Buffer payload) {
        String key = Partitioner.key(metadata);
        int size = RECORD_OVERHEAD + payload.length() + (key == null ? 0 : bytes(key));
        for (Map.Entry<String, String> header : metadata.entrySet()) {
            size += HEADER_OVERHEAD + bytes(header.getKey()) + bytes(header.getValue());
        }
        return size;
    }

    private static int bytes(String text) {
        return text.getBytes(UTF_8).length;
    }

    private static Future<PublishOutcome> refused(String reason) {
        return Future.succeededFuture(new PublishOutcome.Refused(reason));
    }

    private boolean isTooMany(String topic) {
        return !topics.containsKey(topic) && topics.size() >= MAX_TOPICS;
    }

    /**
     * On the broker's event loop. Makes the subscriber a member of a group: a new group begins at the end of the log, another
     * goes on where it was. Fails for a topic that can't be, or has too many groups.
     */
    Future<ConsumerGroup> join(String group, String topic, Subscriber member) {
        if (!TopicName.isLegal(topic) || isTooMany(topic)) {
            return Future.failedFuture(new IllegalStateException("no topic " + topic + ", and no place for it"));
        }
        return topic(topic).map(log -> log.join(group, member));
    }

    /** Completes when everything accepted is written. Close the sidecars first: what they publish now is refused. */
    public Future<Void> close() {
        return on(context, () -> {
            List<Future<Void>> closed = new ArrayList<>();
            topics.values().forEach(topic -> closed.add(topic.compose(TopicLog::close)));
            return Future.join(closed).eventually(offsets::close).mapEmpty();
        });
    }
}
