-- One index serves both directions: descending, its two parts (dated, undated) are read one after the other. Each index
-- costs every write some microseconds.
DROP INDEX tasks_by_due_date_descending;
