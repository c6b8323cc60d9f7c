package io.pakaura.taskapi.task;

/**
 * On whose behalf something is done.
 *
 * @param user the id from the verified token
 * @param correlationId goes into the change's events
 * @param traceparent likewise
 */
public record Caller(String user, String correlationId, String traceparent) {}
