-- Keys are (user, id): one user's ids say nothing about another's.
CREATE TABLE tasks (
    user_id      text           NOT NULL,
    id           uuid           NOT NULL,
    title        text           NOT NULL,
    description  text,
    completed    boolean        NOT NULL DEFAULT false,
    completed_at timestamptz(3),
    priority     text           NOT NULL,
    due_date     date,
    remind_at    timestamptz(3),
    created_at   timestamptz(3) NOT NULL,
    updated_at   timestamptz(3) NOT NULL,
    revision     bigint         NOT NULL,
    PRIMARY KEY (user_id, id),
    CHECK (remind_at IS NULL OR due_date IS NOT NULL),
    CHECK (completed = (completed_at IS NOT NULL))
);
CREATE UNIQUE INDEX tasks_by_revision ON tasks (user_id, revision);
CREATE INDEX tasks_by_creation ON tasks (user_id, created_at, id);
CREATE INDEX tasks_by_due_date ON tasks (user_id, coalesce(due_date, 'infinity'::date), id);
CREATE INDEX tasks_by_due_date_descending ON tasks (user_id, coalesce(due_date, '-infinity'::date), id);
CREATE INDEX tasks_completed ON tasks (user_id, id) WHERE completed;

-- The revision of a user's newest change: counted under a row lock, so without gaps and in commit order.
CREATE TABLE user_revisions (
    user_id      text   PRIMARY KEY,
    revision     bigint NOT NULL,
    min_revision bigint NOT NULL DEFAULT 0 -- the oldest that a delta can start from
) WITH (fillfactor = 70);

-- What the delta must still tell of tasks that are no more.
CREATE TABLE task_tombstones (
    user_id    text           NOT NULL,
    id         uuid           NOT NULL,
    revision   bigint         NOT NULL,
    deleted_at timestamptz(3) NOT NULL,
    PRIMARY KEY (user_id, id)
);
CREATE UNIQUE INDEX task_tombstones_by_revision ON task_tombstones (user_id, revision);
CREATE INDEX task_tombstones_by_age ON task_tombstones (deleted_at);

-- One UUID for this database's history; a restore from a backup begins another.
CREATE TABLE sync_epoch (
    epoch     uuid    NOT NULL DEFAULT gen_random_uuid(),
    singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton)
);
INSERT INTO sync_epoch DEFAULT VALUES;

-- A late retry of a creation must not bring a deleted task back. The statement's own snapshot may be older than the
-- deletion; a volatile function sees what was committed when it runs, and by then the writer holds the counter.
CREATE FUNCTION refuse_deleted_id() RETURNS trigger LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    IF EXISTS (SELECT FROM task_tombstones WHERE user_id = NEW.user_id AND id = NEW.id) THEN
        RAISE EXCEPTION USING ERRCODE = 'unique_violation', MESSAGE = 'the id belonged to a task that was deleted';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER tasks_refuse_deleted_id BEFORE INSERT ON tasks FOR EACH ROW EXECUTE FUNCTION refuse_deleted_id();
