/**
 * Publishes what a service changed in its database, at least once and without ever holding up the service.
 *
 * <p>The service adds {@link io.pakaura.publisher.outbox.OutboxSql}'s fragment to the statement that changes a task,
 * so change and outbox row commit together. After commit it hands the row to {@link
 * io.pakaura.publisher.EventPublisher} and answers its caller. The relay derives the row's events ({@code event}),
 * sends them to the Dapr sidecar ({@code dapr}) and deletes the row once every topic has them ({@code outbox}). What
 * fails, and what a dead process left behind, is found in the table again by the relay's sweeper.
 */
@NullMarked
package io.pakaura.publisher;

import org.jspecify.annotations.NullMarked;
