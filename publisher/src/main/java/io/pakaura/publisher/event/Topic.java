package io.pakaura.publisher.event;

/** The topics, in the order in which they are served: people wait for the first. */
public enum Topic {
    /** For the sync gateway. */
    TASK_UPDATES("task-updates", 1),
    /** For audit and recurring tasks. */
    TASK_EVENTS("task-events", 2),
    /** For the notification service. */
    REMINDERS("reminders", 4);

    private final String topicName;
    private final int bit;

    Topic(String topicName, int bit) {
        this.topicName = topicName;
        this.bit = bit;
    }

    /** The name on the broker. */
    public String topicName() {
        return topicName;
    }

    /** This topic in a set of topics that is kept as a number; stored in the outbox, so never to be changed. */
    public int bit() {
        return bit;
    }
}
