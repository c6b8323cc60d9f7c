package io.pakaura.daprstandin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The broker's rules, in memory. */
final class BrokerTest {

    private static final Map<String, String> FIRST = Map.of("partitionNumber", "0");
    private static final Map<String, String> SECOND = Map.of("partitionNumber", "1");

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private BrokerFixture broker(BrokerConfig config) {
        return BrokerFixture.open(vertx, config);
    }

    @Test
    void aNewGroupBeginsAtTheEndOfTheLog() {
        BrokerFixture broker = broker(BrokerConfig.inMemory());
        accepted(broker.publish(1));
        CollectingSubscriber member = CollectingSubscriber.contented();
        assertThat(broker.join("group", member).isAbsent()).isFalse();
        accepted(broker.publish(2));
        Await.until("the second event", () -> member.received().contains("2"));
        assertThat(member.received()).containsExactly("2");
    }

    @Test
    void aGroupWhoseMemberCameBackGoesOnWhereItWas() {
        BrokerFixture broker = broker(BrokerConfig.inMemory());
        CollectingSubscriber first = CollectingSubscriber.contented();
        ConsumerGroup group = broker.join("group", first);
        broker.leave(group, first);
        accepted(broker.publish(1));
        CollectingSubscriber second = CollectingSubscriber.contented();
        assertThat(broker.join("group", second)).isSameAs(group);
        Await.until("what was missed", () -> second.received().equals(List.of("1")));
        assertThat(first.received()).isEmpty();
    }

    @Test
    void eventsOfAKeyArriveInOrder() {
        BrokerFixture broker = broker(BrokerConfig.inMemory().withPartitions(4));
        CollectingSubscriber member = CollectingSubscriber.contented();
        assertThat(broker.join("group", member)).isNotNull();
        List<String> sent = IntStream.range(0, 500).mapToObj(String::valueOf).toList();
        sent.forEach(event -> accepted(broker.publish(Integer.parseInt(event), Map.of("partitionKey", "alice"))));
        Await.until("all", () -> member.received().size() == sent.size());
        assertThat(member.received()).isEqualTo(sent);
    }

    @Test
    void aFailingDeliveryIsRepeatedAndHoldsUpItsPartitionAlone() {
        BrokerFixture broker = broker(BrokerConfig.inMemory().withPartitions(2));
        AtomicInteger failures = new AtomicInteger(3);
        CollectingSubscriber member =
                new CollectingSubscriber(event -> event.equals("1") && failures.getAndDecrement() > 0
                        ? Future.failedFuture("not now")
                        : Future.succeededFuture(new DeliveryOutcome.Done()));
        assertThat(broker.join("group", member)).isNotNull();
        accepted(broker.publish(1, FIRST));
        accepted(broker.publish(2, FIRST));
        accepted(broker.publish(3, SECOND));
        Await.until("all", () -> member.received().containsAll(List.of("1", "2", "3")));
        assertThat(member.received().stream().filter(event -> !event.equals("3")))
                .containsExactly("1", "1", "1", "1", "2");
    }

    @Test
    void anEventIsNeverWithTwoMembersAtOnceThoughOneComesInTheMiddle() {
        BrokerFixture broker = broker(BrokerConfig.inMemory());
        CollectingSubscriber busy = CollectingSubscriber.busyForEver();
        CollectingSubscriber second = CollectingSubscriber.contented();
        assertThat(broker.join("group", busy)).isNotNull();
        accepted(broker.publish(1));
        Await.until("the delivery", () -> busy.received().equals(List.of("1")));
        assertThat(broker.join("group", second)).isNotNull();
        accepted(broker.publish(2));
        assertThat(second.received()).isEmpty();
    }

    @Test
    void publishingIsRefusedWhenAGroupLagsBehindByTheWholeBacklog() {
        BrokerFixture broker = broker(BrokerConfig.inMemory().withMaxBacklog(2, 1000));
        assertThat(broker.join("group", CollectingSubscriber.busyForEver())).isNotNull();
        accepted(broker.publish(1));
        accepted(broker.publish(2));
        assertThat(broker.publish(3)).isEqualTo(new PublishOutcome.Refused("the backlog of 2 events is full"));
    }

    @Test
    void theBacklogIsBoundedInBytesToo() {
        BrokerFixture broker = broker(BrokerConfig.inMemory().withMaxBacklog(100, 6));
        assertThat(broker.join("group", CollectingSubscriber.busyForEver())).isNotNull();
        accepted(broker.publish(12345));
        assertThat(broker.publish(67)).isInstanceOf(PublishOutcome.Refused.class);
    }

    @Test
    void aGroupThatNobodyIsAMemberOfLosesItsBacklogRatherThanStopEverybody() {
        BrokerFixture broker = broker(BrokerConfig.inMemory().withMaxBacklog(2, 1000));
        CollectingSubscriber gone = CollectingSubscriber.contented();
        broker.leave(broker.join("group", gone), gone);
        accepted(broker.publish(1));
        accepted(broker.publish(2));
        accepted(broker.publish(3));
        CollectingSubscriber back = CollectingSubscriber.contented();
        assertThat(broker.join("group", back)).isNotNull();
        Await.until("what is kept", () -> back.received().contains("3"));
        assertThat(back.received()).containsExactly("3");
    }

    @Test
    void theGroupThatIsAbsentForLongestIsForgottenWhenThereAreTooMany() {
        BrokerFixture broker = broker(BrokerConfig.inMemory());
        CollectingSubscriber gone = CollectingSubscriber.contented();
        ConsumerGroup oldest = broker.join("pod-0", gone);
        broker.leave(oldest, gone);
        IntStream.rangeClosed(1, TopicLog.MAX_GROUPS)
                .forEach(pod -> assertThat(broker.join("pod-" + pod, CollectingSubscriber.contented()))
                        .isNotNull());
        assertThatIllegalStateException()
                .isThrownBy(() -> broker.join("one-more", CollectingSubscriber.contented()))
                .withMessageContaining("100 consumer groups");
    }

    @Test
    void topicsAreBounded() {
        BrokerFixture broker = broker(BrokerConfig.inMemory());
        IntStream.range(0, Broker.MAX_TOPICS).forEach(topic -> accepted(broker.publish("topic" + topic, 1, Map.of())));
        assertThat(broker.publish("one-more", 1, Map.of())).isInstanceOf(PublishOutcome.Refused.class);
    }

    @Test
    void namesOfTopicsAreThoseThatKafkaTakes() {
        BrokerFixture broker = broker(BrokerConfig.inMemory());
        for (String name : List.of("", ".", "..", "../up", "a b", "__consumer_offsets", "x".repeat(250))) {
            assertThat(broker.publish(name, 1, Map.of())).as(name).isInstanceOf(PublishOutcome.Refused.class);
        }
        accepted(broker.publish("Task_updates.v1-a", 1, Map.of()));
    }

    private static void accepted(PublishOutcome outcome) {
        assertThat(outcome).isEqualTo(new PublishOutcome.Accepted());
    }
}
