/**
 * REST. {@link io.pakaura.taskapi.http.Contract} is the OpenAPI document; {@link io.pakaura.taskapi.http.ApiRouter}
 * mounts one {@link io.pakaura.taskapi.http.OperationHandler} for each of its operations. What is no proper HTTP ends in
 * {@link io.pakaura.taskapi.http.UnreadableRequests}. A request passes, in this order: correlation, metrics, the deadline of
 * its body, CORS, token check, rate limit, media type, body limit and {@link
 * io.pakaura.taskapi.http.RequestValidation}, then its handler in {@link io.pakaura.taskapi.http.TaskRoutes}, which asks
 * {@link io.pakaura.taskapi.http.TaskRequests}, as the tools of MCP do. Whatever goes wrong on the way ends in {@link
 * io.pakaura.taskapi.http.FailureHandler} as a problem document (RFC 9457).
 */
@NullMarked
package io.pakaura.taskapi.http;

import org.jspecify.annotations.NullMarked;
