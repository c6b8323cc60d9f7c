package io.pakaura.daprstandin;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;

/** {@code POST /v1.0/publish/{component}/{topic}}: the body is the event. */
final class SinglePublish implements Publishing {

    private final Broker broker;
    private final CloudEventEnvelope envelope;
    private final String appId;

    SinglePublish(Broker broker, CloudEventEnvelope envelope, String appId) {
        this.broker = broker;
        this.envelope = envelope;
        this.appId = appId;
    }

    @Override
    public void publish(RoutingContext context, PublishTarget target, Buffer body) {
        String contentType = Objects.requireNonNullElse(context.request().getHeader("Content-Type"), "");
        CloudEventEnvelope.Result result =
                target.isRaw() ? CloudEventEnvelope.raw(body) : envelope.envelop(target, contentType, body);
        if (result instanceof CloudEventEnvelope.Result.NotACloudEvent not) {
            Answers.error(context, DaprError.notACloudEvent(target.component(), appId, not.reason()));
        } else if (result instanceof CloudEventEnvelope.Result.Null) {
            Answers.none(context);
        } else if (result instanceof CloudEventEnvelope.Result.NotReadable) {
            Answers.error(context, DaprError.rawPayloadNotReadable());
        } else if (result instanceof CloudEventEnvelope.Result.Event event) {
            broker.publish(target.topic(), target.metadata(), event.json())
                    .onSuccess(outcome -> respond(context, target, outcome))
                    .onFailure(context::fail);
        }
    }

    private void respond(RoutingContext context, PublishTarget target, PublishOutcome outcome) {
        if (outcome instanceof PublishOutcome.Refused refused) {
            Answers.error(context, unreadable(target, refused.reason()));
        } else {
            Answers.noContent(context);
        }
    }

    @Override
    public DaprError unreadable(PublishTarget target, String reason) {
        return DaprError.notPublished(target.component(), target.topic(), reason);
    }
}
