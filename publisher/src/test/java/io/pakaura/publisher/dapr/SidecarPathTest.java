package io.pakaura.publisher.dapr;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SidecarPathTest {
    @ParameterizedTest
    @CsvSource({
        "plain-name, plain-name",
        "a/b, a%2Fb",
        "a b+c, a%20b%2Bc",
        "?x=1#y, %3Fx%3D1%23y",
        "., %2E",
        ".., %2E%2E",
        "..., ...",
        "ü, %C3%BC"
    })
    void a_name_is_one_segment_whatever_is_in_it(String name, String segment) {
        assertThat(SidecarRequests.path("v1.0", "state", name)).isEqualTo("/v1.0/state/" + segment);
    }
}
