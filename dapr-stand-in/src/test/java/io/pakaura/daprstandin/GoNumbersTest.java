package io.pakaura.daprstandin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With what daprd made of these numbers. */
final class GoNumbersTest {

    @ParameterizedTest
    @CsvSource({
        "12345678901234567, 12345678901234568",
        "9007199254740993, 9007199254740992",
        "12345678901234567890.10, 12345678901234567000",
        "1e21, 1E+21",
        "1e20, 100000000000000000000",
        "1e-7, 1E-7",
        "0.000001, 0.000001",
        "1.50, 1.5",
        "100, 100",
        "-7, -7",
        "0, 0",
    })
    void aNumberBecomesTheDoubleNearestToIt(String sent, String received) throws JsonProcessingException {
        assertThat(GoNumbers.asDoubles(Json.MAPPER.readTree("{\"a\":[" + sent + "]}")))
                .hasToString("{\"a\":[" + received + "]}");
    }

    @Test
    void aNumberThatNoDoubleHoldsIsAnOverflowWhereverItIs() throws JsonProcessingException {
        assertThat(GoNumbers.overflow(Json.MAPPER.readTree("{\"a\":[1, {\"b\": 1e400}]}")))
                .isTrue();
        assertThat(GoNumbers.overflow(Json.MAPPER.readTree("{\"a\":[1, {\"b\": 1e300}]}")))
                .isFalse();
    }
}
