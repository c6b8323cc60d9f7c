package io.pakaura.syncgateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pakaura.service.ListenerConfig;
import io.pakaura.service.Settings;
import io.pakaura.service.SettingsException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SyncGatewayConfigTest {

    @Test
    void a_secret_is_all_that_must_be_set() {
        var config = SyncGatewayConfig.read(new Settings(Map.of("JWT_SECRET", Setup.SECRET)));
        assertThat(config.http()).isEqualTo(new ListenerConfig("0.0.0.0", 8090));
        assertThat(config.ops()).isEqualTo(new ListenerConfig("0.0.0.0", 8091));
        assertThat(config.pubsub()).isEqualTo("pubsub-kafka-broadcast");
        assertThat(config.appToken()).isNull();
        assertThat(config.origins().allows("https://app.example", "tasks.example", null))
                .isFalse();
        assertThat(config.drain()).isEqualTo(Duration.ofSeconds(20));
        assertThat(config.eventLoops()).isPositive();
    }

    @Test
    void all_faults_are_told_at_once_and_no_value_with_them() {
        var environment = Map.of(
                "JWT_SECRET", "too short",
                "HTTP_PORT", "99999",
                "DRAIN_SECONDS", "soon",
                "EVENT_LOOPS", "0",
                "ALLOWED_ORIGINS", "https://app.example, *");
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> SyncGatewayConfig.read(new Settings(environment)))
                .satisfies(thrown -> assertThat(thrown.faults())
                        .hasSize(5)
                        .anyMatch(fault -> fault.startsWith("JWT_SECRET"))
                        .anyMatch(fault -> fault.startsWith("HTTP_PORT"))
                        .anyMatch(fault -> fault.startsWith("DRAIN_SECONDS"))
                        .anyMatch(fault -> fault.startsWith("EVENT_LOOPS"))
                        .anyMatch(fault -> fault.startsWith("ALLOWED_ORIGINS"))
                        .noneMatch(fault -> fault.contains("too short")));
    }

    @Test
    void a_gateway_bears_as_many_sockets_as_its_heap_and_its_files_do() {
        long heap = 512L << 20;
        assertThat(SyncGatewayConfig.socketsOf(heap, 1 << 20)).isEqualTo(32_768);
        assertThat(SyncGatewayConfig.socketsOf(heap, 1_024)).isEqualTo(512);
        assertThat(SyncGatewayConfig.socketsOf(Long.MAX_VALUE, Long.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
        var config = SyncGatewayConfig.read(new Settings(Map.of("JWT_SECRET", Setup.SECRET)));
        assertThat(config.limits().sockets()).isBetween(1, Integer.MAX_VALUE - 1);
    }

    @Test
    void it_never_prints_a_secret() {
        var config = SyncGatewayConfig.read(
                new Settings(Map.of("JWT_SECRET", Setup.SECRET, "APP_API_TOKEN", "the sidecar's")));
        assertThat(config.appToken()).isEqualTo("the sidecar's");
        assertThat(config.toString()).doesNotContain(Setup.SECRET, "the sidecar's");
    }
}
