package io.pakaura.benchmarks.crowd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnswerTest {
    private static final String SUCCESS = "{\"status\":\"SUCCESS\"}";

    @Test
    void an_answer_is_there_with_its_last_byte() {
        String whole = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\ncontent-length: 20\r\n\r\n" + SUCCESS;

        for (int bytes = 0; bytes < whole.length(); bytes++) {
            assertThat(Answer.parse(whole.substring(0, bytes))).isNull();
        }
        assertThat(Answer.parse(whole)).isEqualTo(new Answer(200, SUCCESS));
    }

    @Test
    void an_answer_may_have_no_body() {
        assertThat(Answer.parse("HTTP/1.1 204 No Content\r\n\r\n")).isEqualTo(new Answer(204, ""));
    }

    @Test
    void dapr_reads_from_status_and_body_whether_an_event_was_taken() {
        assertThat(new Answer(200, "").tookEvent()).isTrue();
        assertThat(new Answer(200, SUCCESS).tookEvent()).isTrue();
        assertThat(new Answer(200, "{\"status\":\"DROP\"}").tookEvent()).isFalse();
        assertThat(new Answer(503, "").tookEvent()).isFalse();
    }
}
