package io.pakaura.benchmarks.gateway;

import io.pakaura.benchmarks.crowd.Crowd;
import io.pakaura.benchmarks.crowd.EventFeed;
import java.util.ArrayList;
import java.util.List;

/** How long an event takes from the event route to a client. Blocking. */
record Latency(GatewayConfig config, Crowd crowd) {
    static final int PER_SECOND = 500;

    /** One series a server, in the order of the servers. */
    List<Series> measure(List<FanOutServer> servers) throws Exception {
        List<Stage> stages = new ArrayList<>();
        try {
            for (FanOutServer server : servers) {
                stages.add(Stage.open(crowd, server, config.sockets(), 1));
            }
            List<Series> all = stages.stream()
                    .map(stage -> new Series(stage, new EventFeed.Pace(PER_SECOND, 1, true)))
                    .toList();
            new Turns(config).run(all);
            return all;
        } finally {
            for (Stage stage : stages) {
                stage.close();
            }
        }
    }
}
