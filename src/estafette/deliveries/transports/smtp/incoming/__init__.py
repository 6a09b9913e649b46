"""Letters that come back: answers, bounces, complaints; from a mailbox or by a signed request."""

from estafette.deliveries.transports.smtp.incoming.letters import read_letter
from estafette.deliveries.transports.smtp.incoming.mailbox import ImapMailbox
from estafette.deliveries.transports.smtp.incoming.signatures import check_signature

__all__ = ["ImapMailbox", "check_signature", "read_letter"]
