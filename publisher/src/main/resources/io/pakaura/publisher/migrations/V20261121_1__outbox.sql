-- One row a revision: what happened to one task, and which topics have not heard of it yet.
CREATE TABLE outbox (
    id             bigint         GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    seed           uuid           NOT NULL DEFAULT gen_random_uuid(), -- the ids of the row's events derive from it
    user_id        text           NOT NULL,
    revision       bigint         NOT NULL,
    before         json,                                              -- the task before; null: it was created
    after          json,                                              -- the task after; null: it was deleted
    changed_at     timestamptz(3) NOT NULL,
    correlation_id text           NOT NULL,
    traceparent    text           NOT NULL,
    owed           smallint       NOT NULL,                           -- topics that still need it, a bit each
    attempts       smallint       NOT NULL DEFAULT 0,                 -- failed ones
    leased_until   timestamptz    NOT NULL,                           -- until then it is one process's to publish
    CHECK (before IS NOT NULL OR after IS NOT NULL)
) WITH (
    -- Rows live for milliseconds: vacuum by count, not by share, or the dead outnumber the living a thousand to one.
    autovacuum_vacuum_scale_factor = 0,
    autovacuum_vacuum_threshold = 5000,
    autovacuum_analyze_scale_factor = 0,
    autovacuum_analyze_threshold = 50000
);

-- The sweeper looks for rows whose lease ran out.
CREATE INDEX outbox_leased_until ON outbox (leased_until);
