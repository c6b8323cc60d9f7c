package io.pakaura.endtoend.dapr;

import java.io.IOException;

/** The main class of {@link KafkaBroker}'s process: formats its storage, and is the broker until its parent is gone. */
final class KafkaProcess {

    private KafkaProcess() {}

    public static void main(String[] arguments) {
        String properties = arguments[0];
        String clusterId = arguments[1];
        int formatted = kafka.tools.StorageTool.execute(
                new String[] {"format", "--standalone", "--cluster-id", clusterId, "--config", properties}, System.out);
        if (formatted != 0) {
            System.exit(formatted);
        }
        Thread watch = new Thread(KafkaProcess::endWithParent, "parent-watch");
        watch.setDaemon(true);
        watch.start();
        kafka.Kafka.main(new String[] {properties});
    }

    /** The standard input is a pipe that the parent never writes to: its end is the parent's. */
    private static void endWithParent() {
        try {
            System.in.transferTo(System.out);
        } catch (IOException e) {
            System.out.println("the pipe to the parent broke: " + e);
        }
        Runtime.getRuntime().halt(1);
    }
}
