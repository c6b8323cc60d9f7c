package io.pakaura.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenConfigTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String URL = "https://issuer.example:8443/realms/one/keys?v=1";

    @Test
    void a_secret_or_a_jwk_set_is_enough() {
        assertThat(read(Map.of("JWT_SECRET", SECRET)).keys()).isEqualTo(new TokenConfig.Keys.Secret(SECRET));
        assertThat(read(Map.of("JWT_JWKS_URL", URL, "JWT_ISSUER", "i", "JWT_AUDIENCE", "a")))
                .isEqualTo(new TokenConfig(new TokenConfig.Keys.Jwks(URI.create(URL)), "i", "a"));
    }

    @Test
    void both_or_none_is_a_fault_that_names_them() {
        assertThat(faults(Map.of())).singleElement().asString().contains("JWT_SECRET", "JWT_JWKS_URL");
        assertThat(faults(Map.of("JWT_SECRET", SECRET, "JWT_JWKS_URL", URL)))
                .singleElement()
                .asString()
                .contains("JWT_SECRET", "JWT_JWKS_URL");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "issuer.example/keys",
                "/keys",
                "file:///etc/keys",
                "ftp://issuer.example/keys",
                "https://",
                "https:///keys",
                "https://user:topsecret@issuer.example/keys",
                "https://issuer.example/keys#one",
                "https://issuer.example:99999/keys",
                "https://issuer.example/a b"
            })
    void what_is_no_http_url_is_a_fault(String url) {
        assertThat(faults(Map.of("JWT_JWKS_URL", url)))
                .singleElement()
                .asString()
                .startsWith("JWT_JWKS_URL must be")
                .doesNotContain("topsecret");
    }

    @Test
    void it_never_prints_the_secret() {
        assertThat(read(Map.of("JWT_SECRET", SECRET)).toString()).doesNotContain(SECRET);
    }

    private static TokenConfig read(Map<String, String> environment) {
        Settings settings = new Settings(environment);
        TokenConfig config = TokenConfig.read(settings);
        return settings.build(() -> config);
    }

    private static List<String> faults(Map<String, String> environment) {
        var thrown = assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> read(environment))
                .actual();
        return thrown.faults();
    }
}
