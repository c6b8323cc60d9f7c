package io.pakaura.syncgateway.session;

import io.pakaura.service.FloodLog;
import io.pakaura.service.TokenCheck;
import io.pakaura.syncgateway.protocol.MessageCodec;
import io.vertx.core.Vertx;
import java.time.Clock;

/** What all sessions share. */
public record SessionEnvironment(
        Vertx vertx,
        MessageCodec codec,
        TokenCheck tokens,
        UserChannels channels,
        Audience audience,
        PingFrame ping,
        SessionMetrics metrics,
        FloodLog<Trouble> troubles,
        SessionTimes times,
        SessionLimits limits,
        Clock clock) {}
