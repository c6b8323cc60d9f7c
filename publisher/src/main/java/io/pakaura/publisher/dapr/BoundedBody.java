package io.pakaura.publisher.dapr;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.streams.WriteStream;
import io.vertx.ext.web.client.impl.ClientPhase;
import io.vertx.ext.web.client.impl.HttpContext;
import io.vertx.ext.web.codec.BodyCodec;
import io.vertx.ext.web.codec.spi.BodyStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The body of one answer, up to a bound, and the means to give the request up.
 *
 * <p>Vert.x's own codecs keep whatever comes, and a web client that fails an answer leaves its connection to the peer,
 * which may never end it: enough of those, and the pool is empty for good. Any thread.
 */
final class BoundedBody implements BodyCodec<Buffer>, BodyStream<Buffer> {
    private static final long CANCEL = 0x8;

    private final int maxBytes;
    private final Buffer kept = Buffer.buffer();
    private final Promise<Buffer> result = Promise.promise();
    private @Nullable HttpClientRequest request;
    private @Nullable Throwable givenUp;

    BoundedBody(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** An interceptor: lets a body know which request is its own. */
    static void intercept(HttpContext<?> context) {
        if (context.phase() == ClientPhase.SEND_REQUEST && context.request().bodyCodec() instanceof BoundedBody body) {
            body.isSentBy(context.clientRequest());
        }
        context.next();
    }

    /** A request that was given up while it waited for a connection ends here. */
    private synchronized void isSentBy(HttpClientRequest sending) {
        request = sending;
        if (givenUp != null) {
            reset(sending, givenUp);
        }
    }

    /** Ends the request, and its connection with it, whatever it is waiting for; without effect after its end. */
    synchronized void giveUp(Throwable why) {
        if (givenUp == null) {
            givenUp = why;
        }
        if (request != null) {
            reset(request, why);
        }
    }

    /** Why there is no answer: a request that was given up fails with no more than the news that it was. */
    synchronized Throwable cause(Throwable failure) {
        return givenUp == null ? failure : givenUp;
    }

    private static void reset(HttpClientRequest request, Throwable why) {
        // It fails if there is nothing left to end.
        request.reset(CANCEL, why).onFailure(ended -> {});
    }

    @Override
    public BodyStream<Buffer> stream() {
        return this;
    }

    @Override
    public synchronized Future<Void> write(Buffer piece) {
        if (kept.length() + piece.length() > maxBytes) {
            IOException tooLong = new IOException("the answer has more than " + maxBytes + " bytes");
            giveUp(tooLong);
            return Future.failedFuture(tooLong);
        }
        kept.appendBuffer(piece);
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> end() {
        result.tryComplete(kept);
        return Future.succeededFuture();
    }

    @Override
    public Future<Buffer> result() {
        return result.future();
    }

    @Override
    public void handle(Throwable failure) {
        result.tryFail(failure);
    }

    @Override
    public WriteStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
        return this;
    }

    @Override
    public WriteStream<Buffer> setWriteQueueMaxSize(int maxSize) {
        return this;
    }

    @Override
    public boolean writeQueueFull() {
        return false;
    }

    @Override
    public WriteStream<Buffer> drainHandler(@Nullable Handler<Void> handler) {
        return this;
    }
}
