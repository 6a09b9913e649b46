-- What was deleted is taken back from the bells of many in the same way as it was put there.

COMMENT ON TABLE pending_notices IS 'Messages to many, of which members with a greater id are still to be told, or no more to be told where it was deleted: a thousand at a time';
