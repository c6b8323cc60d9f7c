package io.pakaura.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
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
}
