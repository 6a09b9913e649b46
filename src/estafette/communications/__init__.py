"""Communications: what the organisation sends to clients of its register, at once or on schedule (document D3).

Each client gets each of them once on each channel: that is a row before anything is sent.
"""

from estafette.communications.actions.listing import forget_abandoned
from estafette.communications.actions.live import LiveCommunications, may_watch
from estafette.communications.actions.writing import Writer
from estafette.communications.dispatch import Figures, run_communications, run_telling
from estafette.communications.rules.preferences import PreferenceLinks

__all__ = [
    "Figures",
    "LiveCommunications",
    "PreferenceLinks",
    "Writer",
    "forget_abandoned",
    "may_watch",
    "run_communications",
    "run_telling",
]
