package io.pakaura.publisher.event;

/** The CloudEvents {@code type} of every event that is published. */
public enum EventType {
    TASK_CREATED("task.created", Topic.TASK_EVENTS),
    TASK_UPDATED("task.updated", Topic.TASK_EVENTS),
    TASK_COMPLETED("task.completed", Topic.TASK_EVENTS),
    TASK_UNCOMPLETED("task.uncompleted", Topic.TASK_EVENTS),
    TASK_DELETED("task.deleted", Topic.TASK_EVENTS),
    SYNC_TASK("sync.task", Topic.TASK_UPDATES),
    SYNC_HEARTBEAT("sync.heartbeat", Topic.TASK_UPDATES),
    REMINDER_SCHEDULED("reminder.scheduled", Topic.REMINDERS),
    REMINDER_RESCHEDULED("reminder.rescheduled", Topic.REMINDERS),
    REMINDER_CANCELLED("reminder.cancelled", Topic.REMINDERS);

    private final String typeName;
    private final Topic topic;

    EventType(String typeName, Topic topic) {
        this.typeName = typeName;
        this.topic = topic;
    }

    public String typeName() {
        return typeName;
    }

    public Topic topic() {
        return topic;
    }

    /** What happened, without the kind of thing it happened to: {@code created} of {@code task.created}. */
    public String action() {
        return typeName.substring(typeName.indexOf('.') + 1);
    }
}
