package io.pakaura.taskapi.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pakaura.taskapi.http.Contract.Operation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContractTest {
    private final Contract contract = Contract.load();

    @Test
    void operations_have_ids_of_their_own() {
        assertThat(contract.operations())
                .extracting(Operation::id)
                .doesNotHaveDuplicates()
                .contains("createTask");
    }

    @Test
    void a_fixed_path_stands_before_one_with_a_parameter() {
        assertThat(contract.operations()).extracting(Operation::id).containsSubsequence("listChanges", "getTask");
    }

    @Test
    void every_example_is_what_its_schema_says() {
        List<String> found = new ArrayList<>();
        requireGoodExamples("", contract.document(), found);

        assertThat(found).hasSizeGreaterThan(30).anyMatch(at -> at.startsWith("/components/headers/"));
    }

    private void requireGoodExamples(String at, JsonNode node, List<String> found) {
        if (node.has("schema")) {
            node.path("examples").forEach(example -> requireGood(at + "/schema", example.get("value"), found));
            if (node.has("example")) {
                requireGood(at + "/schema", node.get("example"), found);
            }
        }
        if (node.path("examples").isArray()) {
            node.get("examples").forEach(example -> requireGood(at, example, found));
        }
        node.properties()
                .forEach(member -> requireGoodExamples(
                        at + "/" + member.getKey().replace("~", "~0").replace("/", "~1"), member.getValue(), found));
    }

    private void requireGood(String schema, JsonNode example, List<String> found) {
        found.add(schema);
        assertThat(contract.schemaAt(schema).validate(example)).as(schema).isEmpty();
    }

    @Test
    void every_json_body_has_an_example() {
        List<String> without = new ArrayList<>();
        collectWithoutExample("", contract.document(), without);

        // It is the document that you are reading.
        assertThat(without).containsExactly("/paths//openapi.json/get/responses/200/content/application/json");
    }

    private void collectWithoutExample(String at, JsonNode node, List<String> without) {
        boolean isJson = at.contains("/content/") && at.endsWith("json") && node.has("schema");
        if (isJson && !hasExample(node)) {
            without.add(at);
        }
        node.properties()
                .forEach(member -> collectWithoutExample(at + "/" + member.getKey(), member.getValue(), without));
    }

    private boolean hasExample(JsonNode media) {
        String reference = media.at("/schema/$ref").asText();
        JsonNode schema =
                reference.isEmpty() ? media.get("schema") : contract.document().at(reference.substring(1));
        return media.has("example") || media.has("examples") || schema.has("examples");
    }

    @Test
    void every_operation_but_the_documentation_needs_a_token() {
        assertThat(contract.operations())
                .filteredOn(Operation::isPublic)
                .extracting(Operation::id)
                .containsExactly("getContract", "getDocs", "getDocsFile");
    }
}
