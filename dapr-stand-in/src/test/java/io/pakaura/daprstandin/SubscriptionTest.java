package io.pakaura.daprstandin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SubscriptionTest {

    @Test
    void theRouteIsTheOneOrTheDefaultOfTheRules() {
        assertThat(
                        Subscription.parse(
                                Buffer.buffer(
                                        """
                        [{"pubsubname": "p", "topic": "a", "route": "/one"},
                         {"pubsubname": "p", "topic": "b", "routes": {"default": "two"}}]
                        """)))
                .containsExactly(new Subscription("p", "a", "/one"), new Subscription("p", "b", "/two"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no json",
                "[{}]",
                "[{\"pubsubname\":\"p\",\"topic\":\"t\",\"routes\":{\"rules\":[{\"match\":\"true\",\"path\":\"/x\"}]}}]",
                "[{\"pubsubname\":\"p\",\"topic\":\"t\",\"route\":\"/x\",\"bulkSubscribe\":{\"enabled\":true}}]",
                "[{\"pubsubname\":\"p\",\"topic\":\"t\",\"route\":\"/x\",\"deadLetterTopic\":\"dead\"}]",
                "[{\"pubsubname\":\"p\",\"topic\":\"t\",\"route\":\"/x\",\"metadata\":{\"rawPayload\":\"true\"}}]"
            })
    void whatTheStandInCannotDoIsRefusedAndNotIgnored(String list) {
        assertThatIllegalArgumentException().isThrownBy(() -> Subscription.parse(Buffer.buffer(list)));
    }
}
