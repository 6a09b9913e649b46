-- The statements that change a state note it themselves: a trigger would note once more what a restore copies in.

DROP TRIGGER communication_state_began ON communications;
DROP TRIGGER communication_state_changed ON communications;
DROP FUNCTION note_communication_state();
