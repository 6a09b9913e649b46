"""Children that do not outlive their parent, even when it is killed with no time for goodbyes."""

import os
import signal
import sys
import threading
import time

_PR_SET_PDEATHSIG = 1
_LAST_RESORT = 5.0  # seconds from the parent's death to ours, if we cannot end in order


def die_with(parent: int) -> None:
    """Arranges that this process gets SIGTERM when `parent` is gone, and ends a little later in any case."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)
    threading.Thread(target=_watch, args=(parent,), daemon=True, name="parent watch").start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_LAST_RESORT)
    os._exit(1)
