package io.pakaura.daprstandin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker in files. A kill is a broker that is left as it is, and another one opened on its directory. */
final class DurableBrokerIT {

    private final Vertx vertx = Vertx.vertx();
    private final Path directory;

    DurableBrokerIT(@TempDir Path directory) {
        this.directory = directory;
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private BrokerFixture open() {
        return BrokerFixture.open(vertx, BrokerConfig.durable(directory));
    }

    @Test
    void whatAGroupHadNotAcknowledgedComesAgainAfterAKill() {
        BrokerFixture killed = open();
        CollectingSubscriber stuckAtTwo = new CollectingSubscriber(event ->
                event.equals("2") ? Future.future(never -> {}) : Future.succeededFuture(new DeliveryOutcome.Done()));
        assertThat(killed.join("group", stuckAtTwo)).isNotNull();
        IntStream.rangeClosed(1, 3).forEach(event -> accepted(killed.publish(event)));
        Await.until("the second delivery", () -> stuckAtTwo.received().equals(List.of("1", "2")));
        Await.until("the first position", () -> read("__consumer_offsets.jsonl").contains("\"offset\":1"));

        CollectingSubscriber after = CollectingSubscriber.contented();
        assertThat(open().join("group", after)).isNotNull();

        Await.until("what was open", () -> after.received().size() == 2);
        assertThat(after.received()).containsExactly("2", "3");
    }

    @Test
    void everythingThatWasAcceptedIsDeliveredAfterTheProcessWasKilled() throws Exception {
        Process publisher = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        PublishingProcess.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> accepted = publisher
                .inputReader()
                .lines()
                .filter(line -> line.startsWith("accepted "))
                .limit(300)
                .map(line -> line.substring("accepted ".length()))
                .toList();
        assertThat(publisher.destroyForcibly().waitFor()).isNotZero();
        assertThat(accepted).hasSize(300);

        CollectingSubscriber after = CollectingSubscriber.contented();
        assertThat(open().join("group", after)).isNotNull();

        Await.until("all accepted", () -> after.received().size() >= accepted.size());
        assertThat(after.received()).startsWith(accepted.toArray(String[]::new));
    }

    @Test
    void aGroupThatHadEverythingGetsOnlyWhatIsNewAfterARestart() {
        BrokerFixture first = open();
        CollectingSubscriber before = CollectingSubscriber.contented();
        assertThat(first.join("group", before)).isNotNull();
        accepted(first.publish(1));
        Await.until("the position", () -> read("__consumer_offsets.jsonl").contains("\"offset\":1"));
        first.close();

        BrokerFixture second = open();
        CollectingSubscriber after = CollectingSubscriber.contented();
        assertThat(second.join("group", after)).isNotNull();
        accepted(second.publish(2));
        Await.until("the new event", () -> after.received().contains("2"));
        assertThat(after.received()).containsExactly("2");
    }

    @Test
    void anEventIsALineOfItsTopicsFileBeforeItIsAccepted() {
        BrokerFixture broker = open();
        accepted(broker.publish(42, Map.of("partitionKey", "alice")));
        assertThat(read("topic.jsonl"))
                .startsWith("{\"partition\":0,\"offset\":0,\"time\":\"20")
                .endsWith("\"key\":\"alice\",\"metadata\":{\"partitionKey\":\"alice\"},\"event\":42}\n");
    }

    @Test
    void aLineThatAKillToreIsCutOffAndTheNextEventIsWhole() throws IOException {
        BrokerFixture killed = open();
        assertThat(killed.join("group", CollectingSubscriber.busyForEver())).isNotNull();
        accepted(killed.publish(1));
        Files.writeString(directory.resolve("topic.jsonl"), "{\"partition\":0,\"off", StandardOpenOption.APPEND);

        BrokerFixture second = open();
        accepted(second.publish(2));
        CollectingSubscriber after = CollectingSubscriber.contented();
        assertThat(second.join("group", after)).isNotNull();
        Await.until("both", () -> after.received().equals(List.of("1", "2")));
        assertThat(read("topic.jsonl").lines()).hasSize(2).allMatch(line -> line.endsWith("}"));
    }

    @Test
    void theFileLosesWhatIsConsumedWhenItGrowsOverItsBoundAndTheNumbersGoOn() {
        BrokerConfig small =
                BrokerConfig.durable(directory).withMaxBacklog(10, 500).withMaxFileBytes(1000);
        BrokerFixture broker = BrokerFixture.open(vertx, small);
        IntStream.range(0, 100).forEach(event -> accepted(broker.publish(event)));
        assertThat(read("topic.jsonl").length()).isLessThan(1500);
        broker.close();

        BrokerFixture second = BrokerFixture.open(vertx, small);
        accepted(second.publish(7));
        assertThat(read("topic.jsonl")).contains("\"offset\":100,");
    }

    @Test
    void fewerPartitionsThanTheFileHasAreRefusedWithAWordOnWhatToDo() {
        BrokerConfig config = BrokerConfig.durable(directory);
        BrokerFixture three = BrokerFixture.open(vertx, config.withPartitions(3));
        accepted(three.publish(1, Map.of("partitionNumber", "2")));
        three.close();
        assertThatThrownBy(() -> Broker.open(vertx, config).await())
                .hasMessageContaining("3 partitions or more, 1 are configured");
    }

    private String read(String file) {
        try {
            Path path = directory.resolve(file);
            return Files.exists(path) ? Files.readString(path) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void accepted(PublishOutcome outcome) {
        assertThat(outcome).isEqualTo(new PublishOutcome.Accepted());
    }
}
