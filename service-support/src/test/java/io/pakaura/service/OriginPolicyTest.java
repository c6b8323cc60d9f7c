package io.pakaura.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginPolicyTest {
    private final OriginPolicy sameOnly = new OriginPolicy(List.of());

    @Test
    void who_sends_no_origin_is_no_browser() {
        assertThat(sameOnly.allows(null, "tasks.example", null)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "http://tasks.example, tasks.example",
        "https://tasks.example, tasks.example",
        "https://Tasks.Example, tasks.EXAMPLE",
        "https://tasks.example, tasks.example:443",
        "http://tasks.example:80, tasks.example",
        "http://localhost:8090, localhost:8090",
        "http://[::1]:8090, [::1]:8090"
    })
    void our_own_host_is_allowed(String origin, String host) {
        assertThat(sameOnly.allows(origin, host, null)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "http://evil.example, tasks.example",
        "http://tasks.example:8080, tasks.example",
        "http://tasks.example, tasks.example:443",
        "http://tasks.example.evil, tasks.example",
        "http://eviltasks.example, tasks.example",
        "null, tasks.example",
        "file://tasks.example, tasks.example",
        "http://tasks.example/path, tasks.example",
        "http://user@tasks.example, tasks.example",
        "http:tasks.example, tasks.example",
        "%%%, tasks.example",
        "http://tasks.example,",
    })
    void everybody_else_is_not(String origin, @Nullable String host) {
        assertThat(sameOnly.allows(origin, host, null)).isFalse();
    }

    @Test
    void the_front_doors_word_counts_and_its_first_host_is_the_browsers() {
        assertThat(sameOnly.allows("https://tasks.example", "gateway:8090", "tasks.example"))
                .isTrue();
        assertThat(sameOnly.allows("https://tasks.example", "gateway:8090", "tasks.example, inner.proxy"))
                .isTrue();
        assertThat(sameOnly.allows("http://gateway:8090", "gateway:8090", "tasks.example"))
                .isFalse();
    }

    @Test
    void configured_origins_are_allowed_besides_our_own() {
        var policy = new OriginPolicy(List.of("https://App.Example:443", "http://localhost:3000"));
        assertThat(policy.allows("https://app.example", "tasks.example", null)).isTrue();
        assertThat(policy.allows("http://localhost:3000", "tasks.example", null))
                .isTrue();
        assertThat(policy.allows("https://tasks.example", "tasks.example", null))
                .isTrue();
        assertThat(policy.allows("http://app.example", "tasks.example", null)).isFalse();
        assertThat(policy.allows("http://localhost:3001", "tasks.example", null))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "", "app.example", "https://", "https://app.example/", "ftp://app.example"})
    void what_is_not_an_origin_cannot_be_configured(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> OriginPolicy.parse(text));
    }
}
