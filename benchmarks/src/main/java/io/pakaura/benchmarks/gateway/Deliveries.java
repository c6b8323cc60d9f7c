package io.pakaura.benchmarks.gateway;

import io.pakaura.benchmarks.crowd.Crowd;
import io.pakaura.benchmarks.crowd.EventFeed;
import io.pakaura.benchmarks.load.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the delivery of an event costs, one at a time and ten at once. Blocking. */
record Deliveries(GatewayConfig config, Crowd crowd) {
    /** How many events come at once where they do. */
    static final int BURST = 10;

    /**
     * Who is sent how much.
     *
     * @param goal the most that the gateway's processor time may be of the floor's
     */
    record Case(int users, int socketsOfUser, int perSecond, double goal) {
        static List<Case> all(int sockets) {
            return List.of(new Case(sockets, 1, 3_000, 1.4), new Case(sockets / 10, 10, 1_000, 1.25));
        }

        EventFeed.Pace spaced() {
            return new EventFeed.Pace(perSecond, 1, false);
        }

        EventFeed.Pace atOnce() {
            return new EventFeed.Pace(perSecond, BURST, false);
        }
    }

    /**
     * What came of it.
     *
     * @param spaced of each server; the floor first
     */
    record Result(Case delivery, List<Series> spaced, Optional<Bursts> bursts) {}

    /**
     * Ten events at once against ten with the same time between each two.
     *
     * @param answersSpaced of a server that only answers
     */
    record Bursts(Series spaced, Series atOnce, Series answersSpaced, Series answersAtOnce) {
        /** What ten at once cost of ten spaced ones, above what only answering costs. */
        Spread share() {
            List<Double> rounds = new ArrayList<>();
            for (int round = 0; round < spaced.samples().size(); round++) {
                rounds.add(share(
                        spaced.samples().get(round).cpuMicros(),
                        atOnce.samples().get(round).cpuMicros(),
                        answersSpaced.samples().get(round).cpuMicros(),
                        answersAtOnce.samples().get(round).cpuMicros()));
            }
            Spread spread = Spread.of(rounds);
            return new Spread(
                    spread.min(),
                    share(cpu(spaced), cpu(atOnce), cpu(answersSpaced), cpu(answersAtOnce)),
                    spread.max());
        }

        static double share(double spaced, double atOnce, double answersSpaced, double answersAtOnce) {
            return (atOnce - answersAtOnce) / (spaced - answersSpaced);
        }

        private static double cpu(Series series) {
            return series.median(Series.Sample::cpuMicros);
        }
    }

    /** @param servers the floor first, the gateway second */
    Result measure(Case delivery, List<FanOutServer> servers) throws Exception {
        List<Stage> stages = new ArrayList<>();
        try {
            for (FanOutServer server : servers) {
                stages.add(Stage.open(crowd, server, delivery.users(), delivery.socketsOfUser()));
            }
            Stage answers = Stage.open(crowd, FanOutServer.answering(servers.get(0)), delivery.users(), 0);
            stages.add(answers);
            return measure(delivery, stages.subList(0, servers.size()), answers);
        } finally {
            for (Stage stage : stages) {
                stage.close();
            }
        }
    }

    private Result measure(Case delivery, List<Stage> stages, Stage answers) throws Exception {
        List<Series> spaced = stages.stream()
                .map(stage -> new Series(stage, delivery.spaced()))
                .toList();
        List<Series> all = new ArrayList<>(spaced);
        Optional<Bursts> bursts = Optional.empty();
        if (config.has(Part.BURSTS)) {
            Bursts added = new Bursts(
                    spaced.get(1),
                    new Series(stages.get(1), delivery.atOnce()),
                    new Series(answers, delivery.spaced()),
                    new Series(answers, delivery.atOnce()));
            all.addAll(List.of(added.atOnce(), added.answersSpaced(), added.answersAtOnce()));
            bursts = Optional.of(added);
        }
        new Turns(config).run(all);
        return new Result(delivery, spaced, bursts);
    }
}
