"""Communications: what the organisation sends to clients of its register, at once or on schedule (document D3).

Each client gets each of them once on each channel: that is a row before anything is sent.
"""

from estafette.communications.dispatch import Figures, run_communications

__all__ = ["Figures", "run_communications"]
