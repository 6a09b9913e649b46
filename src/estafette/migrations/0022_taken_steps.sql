-- The table says what its rows are: steps that were taken.

ALTER TABLE notification_tellings RENAME TO notification_taken_steps;
ALTER INDEX notification_tellings_pkey RENAME TO notification_taken_steps_pkey;
