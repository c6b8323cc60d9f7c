package io.pakaura.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorrelationTest {
    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Test
    void a_sane_id_is_continued() {
        assertThat(Correlation.continuing("a-B_9.z", null).id()).isEqualTo("a-B_9.z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "a\nb",
                "<script>",
                "ä",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void any_other_is_replaced_by_a_uuid(String id) {
        String made = Correlation.continuing(id, null).id();

        assertThat(UUID.fromString(made)).isNotNull();
    }

    @Test
    void a_trace_is_continued_with_a_span_of_ours() {
        String traceparent = Correlation.continuing(null, PARENT).traceparent();

        assertThat(traceparent)
                .startsWith(PARENT.substring(0, 36))
                .endsWith("-01")
                .hasSize(55)
                .isNotEqualTo(PARENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
            })
    void a_broken_trace_is_replaced_by_a_new_one(String broken) {
        assertThat(Correlation.continuing(null, broken).traceparent())
                .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01")
                .doesNotContain("0af7651916cd43dd");
    }

    @Test
    void it_is_current_on_its_own_context_and_nowhere_else() throws Exception {
        Vertx vertx = Vertx.vertx();
        ContextInternal request = ((VertxInternal) vertx).getOrCreateContext().duplicate();
        Promise<String> here = Promise.promise();
        request.runOnContext(ignored -> {
            Correlation.continuing("mine", null).makeCurrent();
            vertx.setTimer(1, later -> here.complete(String.valueOf(Correlation.current())));
        });

        assertThat(here.future().await(5, TimeUnit.SECONDS)).contains("mine");
        assertThat(Correlation.current()).isNull();
        vertx.close().await(5, TimeUnit.SECONDS);
    }
}
