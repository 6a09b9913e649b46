-- Who was left out of a communication is counted without reading who was not.

CREATE INDEX communication_recipients_left_out ON communication_recipients (communication_id, channel, state, reason)
    WHERE state IN ('skipped', 'expired', 'suppressed');
