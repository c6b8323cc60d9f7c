-- What the trigger did for every new task is needed only for one whose id the client brought: the statement asks.
DROP TRIGGER tasks_refuse_deleted_id ON tasks;
DROP FUNCTION refuse_deleted_id();

-- A late retry of a creation must not bring a deleted task back. The statement's own snapshot may be older than the
-- deletion; a volatile function sees what was committed when it runs, and by then the writer holds the counter.
CREATE FUNCTION require_id_not_deleted(owner text, task uuid) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    IF EXISTS (SELECT FROM task_tombstones WHERE user_id = owner AND id = task) THEN
        RAISE EXCEPTION USING ERRCODE = 'unique_violation', MESSAGE = 'the id belonged to a task that was deleted';
    END IF;
    RETURN true;
END $$;
