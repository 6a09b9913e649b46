"""Open connections: who follows what, and how a change reaches them; it knows no person and no conversation.

A frame that is sent here is a hint, the numbers in it are the truth: a reader who sees a gap asks for what is missing.
"""

from estafette.realtime.connection import Connection, Socket
from estafette.realtime.feeds import Reader, Span
from estafette.realtime.frames import Frame
from estafette.realtime.hub import FRAME, Hub
from estafette.realtime.models import TOPIC, Active, FromClient, Idle, ShowPresence, Subscriber, TopicChange, Watch
from estafette.realtime.observers import ConnectionObserver
from estafette.realtime.party_feed import read_party_frames
from estafette.realtime.publishing import frame_to

__all__ = [
    "FRAME",
    "TOPIC",
    "Active",
    "Connection",
    "ConnectionObserver",
    "Frame",
    "FromClient",
    "Hub",
    "Idle",
    "Reader",
    "ShowPresence",
    "Socket",
    "Span",
    "Subscriber",
    "TopicChange",
    "Watch",
    "frame_to",
    "read_party_frames",
]
