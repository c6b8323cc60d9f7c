package io.pakaura.taskapi.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pakaura.taskapi.http.Contract.Operation;
import java.util.Map;
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
    void the_examples_of_requests_are_valid_requests() {
        for (Operation operation : contract.operations()) {
            JsonNode item = contract.document().get("paths").get(operation.path());
            JsonNode content = item.get(operation.method().name().toLowerCase(java.util.Locale.ROOT))
                    .path("requestBody")
                    .path("content");
            for (Map.Entry<String, JsonNode> media : content.properties()) {
                media.getValue().path("examples").forEach(example -> assertThat(
                                operation.bodies().get(media.getKey()).validate(example.get("value")))
                        .as(operation.id())
                        .isEmpty());
            }
        }
    }

    @Test
    void every_operation_but_the_documentation_needs_a_token() {
        assertThat(contract.operations())
                .filteredOn(Operation::isPublic)
                .extracting(Operation::id)
                .containsExactly("getContract", "getDocs", "getDocsFile");
    }
}
