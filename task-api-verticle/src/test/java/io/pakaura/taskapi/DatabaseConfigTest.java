package io.pakaura.taskapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DatabaseConfigTest {
    @Test
    void a_statement_is_planned_once_a_connection_however_long_it_is() {
        DatabaseConfig config = new DatabaseConfig("localhost", 5432, "db", "user", "password", false, 16);

        var options = config.connectOptions();

        assertThat(options.getCachePreparedStatements()).isTrue();
        assertThat(options.getPreparedStatementCacheSqlFilter().test("SELECT ".repeat(1_000)))
                .isTrue();
    }
}
