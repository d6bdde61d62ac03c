-- What was ticked and typed on the review page before anything is taken over, so that an evening's work is not lost.
alter table meetings.document add column draft jsonb;
