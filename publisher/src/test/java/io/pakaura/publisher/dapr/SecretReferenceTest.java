package io.pakaura.publisher.dapr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretReferenceTest {
    @Test
    void a_name_may_hold_slashes_and_a_key_follows_a_hash() {
        assertThat(SecretReference.parse("vault/team/db")).contains(new SecretReference("vault", "team/db", ""));
        assertThat(SecretReference.parse("vault/team/db#url")).contains(new SecretReference("vault", "team/db", "url"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "store", "store/", "/name", "store/name#", "store/#key", "store/a#b#c", "store/a b", "s#k/a"
            })
    void other_forms_are_none(String reference) {
        assertThat(SecretReference.parse(reference)).isEmpty();
    }

    @Test
    void the_only_value_is_meant_whatever_it_is_called() {
        assertThat(new SecretReference("s", "db", "").valueIn(Map.of("url", "1")))
                .contains("1");
    }

    @Test
    void of_several_values_the_one_called_like_the_secret_is_meant() {
        Map<String, String> values = Map.of("db", "1", "url", "2");
        assertThat(new SecretReference("s", "db", "").valueIn(values)).contains("1");
        assertThat(new SecretReference("s", "other", "").valueIn(values)).isEmpty();
    }

    @Test
    void a_key_means_its_value_alone() {
        assertThat(new SecretReference("s", "db", "url").valueIn(Map.of("db", "1", "url", "2")))
                .contains("2");
        assertThat(new SecretReference("s", "db", "url").valueIn(Map.of("db", "1")))
                .isEmpty();
    }
}
