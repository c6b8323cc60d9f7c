package io.pakaura.endtoend.system;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pakaura.endtoend.dapr.KafkaBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Kafka's topics, read by Kafka's own client: what our product does not have, a test may. */
final class KafkaTopics implements Topics {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<String, String> consumer;
    private final List<TopicPartition> partitions;

    private KafkaTopics(KafkaConsumer<String, String> consumer, List<TopicPartition> partitions) {
        this.consumer = consumer;
        this.partitions = partitions;
    }

    static KafkaTopics of(KafkaBroker broker, Map<String, Integer> topics) {
        KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        broker.bootstrapServers(),
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest"),
                new StringDeserializer(),
                new StringDeserializer());
        List<TopicPartition> partitions = topics.entrySet().stream()
                .flatMap(topic -> IntStream.range(0, topic.getValue())
                        .mapToObj(partition -> new TopicPartition(topic.getKey(), partition)))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return new KafkaTopics(consumer, partitions);
    }

    @Override
    public List<TopicEvent> next() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        List<TopicEvent> events = new ArrayList<>();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(POLL).forEach(message -> events.add(event(message)));
        }
        return events;
    }

    private static TopicEvent event(ConsumerRecord<String, String> message) {
        try {
            return new TopicEvent(message.topic(), MAPPER.readTree(message.value()));
        } catch (JsonProcessingException notJson) {
            throw new IllegalStateException(message.toString(), notJson);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
