"""Communications: what the organisation sends to clients of its register, at once or on schedule (document D3).

Each client gets each of them once on each channel: that is a row before anything is sent.
"""

from estafette.communications.actions.audiences import read_clients
from estafette.communications.actions.cancelling import cancel
from estafette.communications.actions.changing import change
from estafette.communications.actions.creating import create
from estafette.communications.actions.deleting import delete
from estafette.communications.actions.holding_back import hold_back
from estafette.communications.actions.listing import forget_abandoned
from estafette.communications.actions.live import LiveCommunications, may_watch
from estafette.communications.actions.looking import find, list_communications
from estafette.communications.actions.pausing import pause, resume
from estafette.communications.actions.reporting import list_recipients
from estafette.communications.actions.telling import note_progress
from estafette.communications.actions.writing import Writer
from estafette.communications.dispatch import Figures, run_communications, run_telling
from estafette.communications.models.audiences import (
    Audience,
    ClientsAudience,
    EveryoneAudience,
    SegmentAudience,
    SubscribersAudience,
)
from estafette.communications.models.communications import (
    Communication,
    CommunicationChanges,
    Kind,
    NewCommunication,
    Outcome,
    Recipient,
    State,
    Status,
    Summary,
    Totals,
)
from estafette.communications.models.content import (
    Channel,
    Content,
    EmailText,
    PushText,
    SmsText,
    Texts,
    WhatsAppText,
)
from estafette.communications.models.schedules import QuietHours, Schedule
from estafette.communications.rules.preferences import PreferenceLinks

__all__ = [
    "Audience",
    "Channel",
    "ClientsAudience",
    "Communication",
    "CommunicationChanges",
    "Content",
    "EmailText",
    "EveryoneAudience",
    "Figures",
    "Kind",
    "LiveCommunications",
    "NewCommunication",
    "Outcome",
    "PreferenceLinks",
    "PushText",
    "QuietHours",
    "Recipient",
    "Schedule",
    "SegmentAudience",
    "SmsText",
    "State",
    "Status",
    "SubscribersAudience",
    "Summary",
    "Texts",
    "Totals",
    "WhatsAppText",
    "Writer",
    "cancel",
    "change",
    "create",
    "delete",
    "find",
    "forget_abandoned",
    "hold_back",
    "list_communications",
    "list_recipients",
    "may_watch",
    "note_progress",
    "pause",
    "read_clients",
    "resume",
    "run_communications",
    "run_telling",
]
