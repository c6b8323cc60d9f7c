/**
 * The task API: CRUD on tasks over REST. {@code http} reads a request and checks it against the contract, {@code task}
 * holds what may be done, {@code postgres} does it in one statement together with the outbox row that the publisher
 * then relays. {@link io.pakaura.taskapi.TaskApi} puts the parts together.
 */
@NullMarked
package io.pakaura.taskapi;

import org.jspecify.annotations.NullMarked;
