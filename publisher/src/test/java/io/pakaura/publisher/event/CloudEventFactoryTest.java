package io.pakaura.publisher.event;

import static io.pakaura.publisher.event.Changes.change;
import static io.pakaura.publisher.event.Changes.open;
import static io.pakaura.publisher.event.Changes.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.cloudevents.CloudEvent;
import io.pakaura.publisher.event.CloudEventFactory.Outgoing;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudEventFactoryTest {
    private static final String FUTURE = "2026-12-01T08:00:00Z";
    private static final String LATER = "2026-12-02T08:00:00Z";
    private static final String PAST = "2026-11-01T08:00:00Z";
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    static Stream<Arguments> operations() {
        return Stream.of(
                arguments("add", null, open("a"), List.of("sync.task", "task.created")),
                arguments("rename", open("a"), open("b"), List.of("sync.task", "task.updated")),
                arguments("complete", open("a"), task("a", true, null), List.of("sync.task", "task.completed")),
                arguments("reopen", task("a", true, null), open("a"), List.of("sync.task", "task.uncompleted")),
                arguments(
                        "rename and complete",
                        open("a"),
                        task("b", true, null),
                        List.of("sync.task", "task.completed")),
                arguments("delete", open("a"), null, List.of("sync.task", "task.deleted")),
                arguments(
                        "add with a reminder",
                        null,
                        task("a", false, FUTURE),
                        List.of("sync.task", "task.created", "reminder.scheduled")),
                arguments(
                        "set a reminder",
                        open("a"),
                        task("a", false, FUTURE),
                        List.of("sync.task", "task.updated", "reminder.scheduled")),
                arguments(
                        "move a reminder",
                        task("a", false, FUTURE),
                        task("a", false, LATER),
                        List.of("sync.task", "task.updated", "reminder.rescheduled")),
                arguments(
                        "rename with a reminder",
                        task("a", false, FUTURE),
                        task("b", false, FUTURE),
                        List.of("sync.task", "task.updated")),
                arguments(
                        "remove a pending reminder",
                        task("a", false, FUTURE),
                        open("a"),
                        List.of("sync.task", "task.updated", "reminder.cancelled")),
                arguments(
                        "remove a past reminder",
                        task("a", false, PAST),
                        open("a"),
                        List.of("sync.task", "task.updated")),
                arguments(
                        "complete before the reminder",
                        task("a", false, FUTURE),
                        task("a", true, FUTURE),
                        List.of("sync.task", "task.completed", "reminder.cancelled")),
                arguments(
                        "complete after the reminder",
                        task("a", false, PAST),
                        task("a", true, PAST),
                        List.of("sync.task", "task.completed")),
                arguments(
                        "reopen before the reminder",
                        task("a", true, FUTURE),
                        task("a", false, FUTURE),
                        List.of("sync.task", "task.uncompleted", "reminder.scheduled")),
                arguments(
                        "reopen after the reminder",
                        task("a", true, PAST),
                        task("a", false, PAST),
                        List.of("sync.task", "task.uncompleted")),
                arguments(
                        "delete before the reminder",
                        task("a", false, FUTURE),
                        null,
                        List.of("sync.task", "task.deleted", "reminder.cancelled")),
                arguments(
                        "delete when completed", task("a", true, FUTURE), null, List.of("sync.task", "task.deleted")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operations")
    void each_operation_has_its_events_and_all_are_as_their_schemas_say(
            String operation, @Nullable TaskState before, @Nullable TaskState after, List<String> types) {
        List<Outgoing> events = CloudEventFactory.eventsOf(change(before, after));

        assertThat(events).extracting(event -> event.type().typeName()).containsExactlyElementsOf(types);
        assertThat(events).allSatisfy(event -> assertThat(
                        schemaOf(event).validate(json(event).get("data")))
                .isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "\"", "\n", "ü", "漢", "\uD83D\uDE00"})
    void an_event_has_no_more_bytes_than_is_said_before_it_is_made(String text) {
        TaskState before = task(text.repeat(499), false, FUTURE);
        TaskState after = task(text.repeat(500), true, null);

        assertThat(CloudEventFactory.eventsOf(change(before, after))).hasSize(3).allSatisfy(event -> assertThat(
                        CloudEventCodec.encode(event.event()).length())
                .isLessThan(event.mostDataBytes()));
    }

    @Test
    void attributes_are_those_of_the_design() {
        JsonNode event =
                json(CloudEventFactory.eventsOf(change(null, open("a"))).get(0));

        assertThat(event.get("specversion").asText()).isEqualTo("1.0");
        assertThat(event.get("source").asText()).isEqualTo("pakaura/api");
        assertThat(event.get("subject").asText()).isEqualTo(Changes.TASK.toString());
        assertThat(Instant.parse(event.get("time").asText())).isEqualTo(Changes.NOW);
        assertThat(event.get("datacontenttype").asText()).isEqualTo("application/json");
        assertThat(event.get("traceid").asText()).isEqualTo("corr-1");
        assertThat(event.get("traceparent").asText()).startsWith("00-0af7651916cd43dd8448eb211c80319c-");
        assertThat(event.get("partitionkey").asText()).isEqualTo("alice");
        assertThat(event.get("sequence").asText()).isEqualTo("7");
    }

    @Test
    void a_repeat_has_the_same_ids_and_no_two_events_share_one() {
        TaskChange change = change(null, task("a", false, FUTURE));

        List<String> ids = ids(change);

        assertThat(ids(change)).isEqualTo(ids);
        assertThat(ids).doesNotHaveDuplicates().hasSize(3);
    }

    @Test
    void changes_hold_the_old_and_the_new_value_of_what_differs() {
        JsonNode data = json(CloudEventFactory.eventsOf(change(open("a"), task("b", true, null)))
                        .get(1))
                .get("data");

        assertThat(data.get("changes"))
                .isEqualTo(MAPPER.valueToTree(Map.of(
                        "title", Map.of("old", "a", "new", "b"), "completed", Map.of("old", false, "new", true))));
    }

    @Test
    void a_due_date_in_a_reminder_is_also_its_midnight_in_utc() {
        JsonNode data = json(CloudEventFactory.eventsOf(change(null, task("a", false, FUTURE)))
                        .get(2))
                .get("data");

        assertThat(data.get("due_date").asText()).isEqualTo("2026-12-01");
        assertThat(data.get("due_at").asText()).isEqualTo("2026-12-01T00:00:00.000Z");
        assertThat(data.get("remind_at").asText()).isEqualTo("2026-12-01T08:00:00.000Z");
    }

    @Test
    void a_deleted_task_is_named_but_not_shown() {
        List<Outgoing> events = CloudEventFactory.eventsOf(change(open("a"), null));

        assertThat(json(events.get(0)).get("data").has("task")).isFalse();
        assertThat(json(events.get(1)).get("data").get("title").asText()).isEqualTo("a");
    }

    @Test
    void a_heartbeat_is_as_its_schema_says_and_has_a_trace_of_its_own() {
        var beat = new HeartbeatEvent(UUID.randomUUID(), UUID.randomUUID(), 2, 3, 40);

        JsonNode event = json(CloudEventFactory.heartbeat(beat, Instant.EPOCH));

        assertThat(schema("heartbeat-event").validate(event.get("data"))).isEmpty();
        assertThat(event.get("type").asText()).isEqualTo("sync.heartbeat");
        assertThat(event.get("traceid").asText()).isEqualTo(event.get("id").asText());
        assertThat(event.get("traceparent").asText()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
        assertThat(event.has("partitionkey")).isFalse();
    }

    private static List<String> ids(TaskChange change) {
        return CloudEventFactory.eventsOf(change).stream()
                .map(event -> event.event().getId())
                .toList();
    }

    private static JsonNode json(Outgoing event) {
        return json(event.event());
    }

    private static JsonNode json(CloudEvent event) {
        try {
            return MAPPER.readTree(CloudEventCodec.encode(event).getBytes());
        } catch (IOException notJson) {
            throw new AssertionError(notJson);
        }
    }

    private static Schema schemaOf(Outgoing event) {
        return schema(
                switch (event.topic()) {
                    case TASK_UPDATES -> "sync-event";
                    case TASK_EVENTS -> "task-event";
                    case REMINDERS -> "reminder-event";
                });
    }

    private static Schema schema(String name) {
        String resource = "/io/pakaura/publisher/schemas/" + name + ".schema.json";
        try (InputStream schema = Objects.requireNonNull(CloudEventFactoryTest.class.getResourceAsStream(resource))) {
            return SCHEMAS.getSchema(MAPPER.readTree(schema));
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }
}
