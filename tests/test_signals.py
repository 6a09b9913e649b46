"""A run whose own signals are ignored, as a background job's are, starts children that mind theirs."""

import signal
import subprocess
import sys
from pathlib import Path

CHILD = "import signal; print(signal.getsignal(signal.SIGINT) is signal.SIG_IGN)"
PARENT = f"""
import signal, subprocess, sys
signal.signal(signal.SIGINT, signal.SIG_IGN)
if "heed" in sys.argv:
    from tests.signals import heed_signals
    heed_signals()
subprocess.run([sys.executable, "-c", {CHILD!r}], check=True)
"""


def ignores_ctrl_c(*arguments: str) -> bool:
    command = [sys.executable, "-c", PARENT, *arguments]
    told = subprocess.run(command, cwd=Path(__file__).parent.parent, capture_output=True, text=True, check=True)
    return told.stdout.strip() == "True"


def test_what_is_ignored_is_inherited() -> None:
    assert ignores_ctrl_c()


def test_children_of_a_run_mind_ctrl_c_even_where_it_is_ignored() -> None:
    assert not ignores_ctrl_c("heed")


def test_this_run_ignores_nothing_that_ends_a_process() -> None:
    ends = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    assert [each for each in ends if signal.getsignal(each) is signal.SIG_IGN] == []
