/**
 * What both services need and neither owns.
 *
 * <p>A service's {@code Main} calls {@link io.pakaura.service.Launcher}: it reads the environment through
 * {@link io.pakaura.service.Settings} into the service's configuration record, sets up logging, starts the service
 * and stops it on SIGTERM. Requests then pass {@link io.pakaura.service.Correlation} (who is it that a log line is
 * about), {@link io.pakaura.service.OriginPolicy} (may this page call us) and {@link io.pakaura.service.TokenCheck}
 * (whose tasks are these), which holds the issuer's keys and fetches them beside the requests. {@link
 * io.pakaura.service.OperationsListener} is the second, private port.
 *
 * <p>Before a request there is a connection: {@link io.pakaura.service.PublicServer} and {@link
 * io.pakaura.service.HttpConnections} bound what it may cost. {@link io.pakaura.service.FloodLog} keeps what callers do wrong
 * from flooding the log.
 */
@NullMarked
package io.pakaura.service;

import org.jspecify.annotations.NullMarked;
