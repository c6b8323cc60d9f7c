package io.pakaura.taskapi.mcp;

import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import java.util.Map;

/**
 * Spares the SDK's checks of arguments and results: {@link ToolInput} has checked the arguments with better words, and
 * that results are as the contract says is proved by tests, not on each call.
 */
final class NoSecondCheck implements JsonSchemaValidator {
    @Override
    public ValidationResponse validate(Map<String, Object> schema, Object structuredContent) {
        return ValidationResponse.asValid("");
    }
}
