package io.pakaura.daprstandin;

import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;

/**
 * What becomes of numbers in the events of a bulk: daprd reads them as doubles, so that an integer over 2^53 comes out as
 * another one. In a single publish they keep their digits.
 */
final class GoNumbers {

    /** From here on Go writes a double with an exponent. */
    private static final double WITH_EXPONENT = 1e21;

    private GoNumbers() {}

    /** A copy with each number as Go writes the double nearest to it. */
    static JsonNode asDoubles(JsonNode json) {
        if (json.isNumber()) {
            return DecimalNode.valueOf(written(json.doubleValue()));
        }
        if (json instanceof ObjectNode object) {
            ObjectNode copy = Json.MAPPER.createObjectNode();
            object.fields().forEachRemaining(field -> copy.set(field.getKey(), asDoubles(field.getValue())));
            return copy;
        }
        if (json instanceof ArrayNode array) {
            ArrayNode copy = Json.MAPPER.createArrayNode();
            array.forEach(element -> copy.add(asDoubles(element)));
            return copy;
        }
        return json;
    }

    private static BigDecimal written(double number) {
        // The JDK's own digits are not always the shortest before Java 19.
        BigDecimal shortest = new BigDecimal(NumberOutput.toString(number, true)).stripTrailingZeros();
        return shortest.scale() < 0 && Math.abs(number) < WITH_EXPONENT ? shortest.setScale(0) : shortest;
    }

    /** Whether a number is in it that no double holds: daprd refuses to read it. */
    static boolean overflow(JsonNode json) {
        if (json.isNumber()) {
            return Double.isInfinite(json.doubleValue());
        }
        for (JsonNode child : json) {
            if (overflow(child)) {
                return true;
            }
        }
        return false;
    }
}
