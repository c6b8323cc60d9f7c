package io.pakaura.benchmarks.bare;

import io.pakaura.publisher.event.TaskState;
import io.vertx.core.Future;

/** What is done between a row's commit and the answer. */
interface AfterInsert extends AutoCloseable {
    AfterInsert NOTHING = (user, task) -> Future.succeededFuture();

    Future<Void> inserted(String user, TaskState task);

    @Override
    default void close() {}
}
