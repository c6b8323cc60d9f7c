package io.pakaura.endtoend.dapr;

/** The main class of {@link KafkaBroker}'s process: formats its storage, and is the broker. */
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
        kafka.Kafka.main(new String[] {properties});
    }
}
