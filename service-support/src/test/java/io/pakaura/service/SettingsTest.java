package io.pakaura.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void what_is_unset_or_blank_takes_its_default() {
        Settings settings = new Settings(Map.of("BLANK", "  "));

        assertThat(settings.text("BLANK", "a")).isEqualTo("a");
        assertThat(settings.number("UNSET", 5, 1, 9)).isEqualTo(5);
        assertThat(settings.flag("UNSET", true)).isTrue();
        assertThat(settings.list("UNSET")).isEmpty();
        assertThat(settings.build(() -> "built")).isEqualTo("built");
    }

    @Test
    void values_are_read_without_the_space_around_them() {
        Settings settings = new Settings(
                Map.of("A", " 7 ", "B", " TRUE", "C", "Json", "D", "https://a.example, ,https://b.example"));

        assertThat(settings.number("A", 1, 1, 9)).isEqualTo(7);
        assertThat(settings.flag("B", false)).isTrue();
        assertThat(settings.choice("C", "text", List.of("json", "text"))).isEqualTo("json");
        assertThat(settings.list("D")).containsExactly("https://a.example", "https://b.example");
    }

    @Test
    void all_faults_are_told_by_name_and_no_value_is() {
        Settings settings = new Settings(Map.of("PORT", "hunter2", "FLAG", "hunter2", "LEVEL", "hunter2", "BIG", "10"));
        settings.number("PORT", 1, 1, 9);
        settings.flag("FLAG", false);
        settings.choice("LEVEL", "INFO", List.of("INFO"));
        settings.number("BIG", 1, 1, 9);
        settings.required("SECRET", "it is secret");

        SettingsException refused = catchThrowableOfType(SettingsException.class, () -> settings.build(() -> ""));

        assertThat(refused.faults())
                .hasSize(5)
                .anyMatch(fault -> fault.startsWith("PORT must"))
                .anyMatch(fault -> fault.startsWith("FLAG must"))
                .anyMatch(fault -> fault.startsWith("LEVEL must"))
                .anyMatch(fault -> fault.startsWith("BIG must"))
                .anyMatch(fault -> fault.startsWith("SECRET is required"))
                .noneMatch(fault -> fault.contains("hunter2"));
    }

    @Test
    void a_reference_is_read_once_and_only_if_its_setting_is() {
        List<String> read = new ArrayList<>();
        Settings settings = new Settings(
                Map.of("A", " secret:store/number ", "PLAIN", "secretly", "ANOTHER_PROGRAMS", "secret:x/y"),
                (variable, reference, fault) -> {
                    read.add(variable + " " + reference);
                    return Optional.of(" 7\n");
                });

        assertThat(settings.number("A", 1, 1, 9)).isEqualTo(7);
        assertThat(settings.optional("A")).isEqualTo("7");
        assertThat(settings.optional("PLAIN")).isEqualTo("secretly");
        assertThat(settings.build(() -> "built")).isEqualTo("built");
        assertThat(read).containsExactly("A store/number");
    }

    @Test
    void a_secret_that_looks_like_a_reference_is_none() {
        Settings settings = new Settings(
                Map.of("A", "secret:store/name"), (variable, reference, fault) -> Optional.of("secret:store/name"));

        assertThat(settings.optional("A")).isEqualTo("secret:store/name");
    }

    @Test
    void what_cannot_be_read_is_one_fault_beside_the_others() {
        Settings settings = new Settings(
                Map.of("A", "secret:hunter2", "B", "secret:hunter2", "PORT", "hunter2"),
                (variable, reference, fault) -> {
                    fault.accept(variable, "cannot be read");
                    fault.accept("SIDECAR", "is not there");
                    return Optional.empty();
                });
        settings.required("A", "it is secret");
        settings.number("B", 1, 1, 9);
        settings.fault("B", "does not go with A");
        settings.number("PORT", 1, 1, 9);

        SettingsException refused = catchThrowableOfType(SettingsException.class, () -> settings.build(() -> ""));

        assertThat(refused.faults())
                .containsExactly(
                        "A cannot be read",
                        "SIDECAR is not there",
                        "B cannot be read",
                        "PORT must be a whole number from 1 to 9");
    }

    @Test
    void a_program_without_secrets_refuses_a_reference() {
        Settings settings = new Settings(Map.of("A", "secret:store/name"));
        settings.optional("A");

        SettingsException refused = catchThrowableOfType(SettingsException.class, () -> settings.build(() -> ""));

        assertThat(refused.faults()).containsExactly("A cannot be a secret here");
    }

    @Test
    void what_is_needed_before_secrets_cannot_be_one_and_its_fault_is_told_with_the_others() {
        Settings settings = new Settings(
                Map.of("LOG_LEVEL", "secret:store/name", "PORT", "hunter2"),
                (variable, reference, fault) -> Optional.of("DEBUG"));
        assertThat(LogConfig.read(settings.withoutSecrets()).level()).isEqualTo("INFO");
        settings.number("PORT", 1, 1, 9);

        SettingsException refused = catchThrowableOfType(SettingsException.class, () -> settings.build(() -> ""));

        assertThat(refused.faults())
                .containsExactly("LOG_LEVEL cannot be a secret here", "PORT must be a whole number from 1 to 9");
    }
}
