package io.pakaura.daprstandin;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A member of a consumer group that keeps what it gets, and answers as it is told. */
final class CollectingSubscriber implements Subscriber {

    private final Function<String, Future<DeliveryOutcome>> answer;
    private final List<String> received = new CopyOnWriteArrayList<>();

    CollectingSubscriber(Function<String, Future<DeliveryOutcome>> answer) {
        this.answer = answer;
    }

    static CollectingSubscriber contented() {
        return new CollectingSubscriber(event -> Future.succeededFuture(new DeliveryOutcome.Done()));
    }

    static CollectingSubscriber busyForEver() {
        return new CollectingSubscriber(event -> Future.future(never -> {}));
    }

    List<String> received() {
        return List.copyOf(received);
    }

    @Override
    public Future<DeliveryOutcome> deliver(StoredEvent event) {
        String text = event.payload().toString();
        received.add(text);
        return answer.apply(text);
    }

    @Override
    public Duration retryDelay() {
        return Duration.ofMillis(1);
    }
}
