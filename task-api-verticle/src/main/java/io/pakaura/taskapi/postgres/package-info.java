/**
 * Tasks in PostgreSQL. An operation is one statement, so one transaction and one round trip (adding an id that is known takes a second): its SQL is in {@link
 * io.pakaura.taskapi.postgres.TaskSql}, {@link io.pakaura.taskapi.postgres.PostgresTaskStore} runs it, reads its rows
 * and hands the outbox rows among them to the publisher.
 */
@NullMarked
package io.pakaura.taskapi.postgres;

import org.jspecify.annotations.NullMarked;
