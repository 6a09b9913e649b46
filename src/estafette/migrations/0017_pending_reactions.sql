-- What reactions are still to run for, under its own name, and found in turn however many were put off.

ALTER TABLE due RENAME TO pending_reactions;
ALTER SEQUENCE due_id_seq RENAME TO pending_reactions_id_seq;
ALTER INDEX due_pkey RENAME TO pending_reactions_pkey;

-- What was never put off has -infinity and comes first, in the order of its ids.
CREATE INDEX pending_reactions_in_turn ON pending_reactions (not_before, id);
