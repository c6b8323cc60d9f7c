package io.pakaura.endtoend.system;

import io.pakaura.endtoend.dapr.Daprd;
import io.pakaura.endtoend.dapr.KafkaBroker;
import io.pakaura.publisher.testing.ChildProcess;
import io.pakaura.publisher.testing.Ports;
import io.pakaura.publisher.testing.RestClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The sidecar of one gateway, which is a consumer group of its own. It asks its app for subscriptions once in its life, so
 * that it begins anew together with its gateway, as in a pod.
 */
interface GatewaySidecar extends AutoCloseable {

    /** Begins; it delivers as soon as its gateway takes events. */
    void start();

    @Override
    void close();

    /** Empty where it has no log of its own. */
    String logTail();

    /** A daprd of its own. */
    static GatewaySidecar daprd(Path binary, KafkaBroker kafka, String pod, int appPort) {
        return new DaprdOfGateway(
                binary, kafka, new Daprd.Options("sync-gateway", appPort, pod, null, null), Ports.free());
    }

    /** One of those in a {@link StandInProcess}, which is there from the begin and can be begun anew. */
    static GatewaySidecar standIn(int controlPort, String pod) {
        return new StandInOfGateway(new RestClient("http://127.0.0.1:" + controlPort), pod);
    }

    /** See {@link #daprd}. */
    final class DaprdOfGateway implements GatewaySidecar {
        private final Path binary;
        private final KafkaBroker kafka;
        private final Daprd.Options options;
        private final int port;
        private @Nullable ChildProcess process;

        private DaprdOfGateway(Path binary, KafkaBroker kafka, Daprd.Options options, int port) {
            this.binary = binary;
            this.kafka = kafka;
            this.options = options;
            this.port = port;
        }

        @Override
        public void start() {
            process = Daprd.launch(binary, kafka, options, port).process();
        }

        @Override
        public void close() {
            if (process != null) {
                process.close();
            }
        }

        @Override
        public String logTail() {
            return process == null ? "" : process.logTail();
        }
    }

    /** See {@link #standIn}. */
    record StandInOfGateway(RestClient control, String pod) implements GatewaySidecar {
        @Override
        public void start() {
            int status = control.send(control.request("/" + pod).POST(BodyPublishers.noBody()))
                    .status();
            if (status != 204) {
                throw new IllegalStateException("the stand-in for " + pod + " answered " + status);
            }
        }

        /** It goes on trying to deliver until it begins anew, and finds nobody. */
        @Override
        public void close() {}

        @Override
        public String logTail() {
            return "";
        }
    }
}
