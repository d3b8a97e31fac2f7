-- Few notices are unfinished and all are kept: leases and overdue ones are looked for all the time.
CREATE INDEX outbox_by_state ON outbox (state, due_at_micros);
