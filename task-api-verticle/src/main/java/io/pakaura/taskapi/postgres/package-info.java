/**
 * Tasks in PostgreSQL. Each operation is one statement, so one transaction and one round trip: its SQL is in {@link
 * io.pakaura.taskapi.postgres.TaskSql}, {@link io.pakaura.taskapi.postgres.PostgresTaskStore} runs it, reads its rows
 * and hands the outbox rows among them to the publisher.
 */
@NullMarked
package io.pakaura.taskapi.postgres;

import org.jspecify.annotations.NullMarked;
