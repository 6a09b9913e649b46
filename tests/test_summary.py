"""Whoever reads only the last lines of a run learns what failed, why, and where the time went."""

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

SOME_FAIL = """
import pytest
from tests.summary import pytest_terminal_summary

@pytest.fixture
def broken():
    raise RuntimeError("no database")

def test_right(): assert True
def test_wrong(): assert 1 + 1 == 3, "sums are off"
def test_helpless(broken): pass
"""


def test_a_run_ends_with_what_failed_and_why_and_then_with_what_was_slow(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text("from tests.summary import pytest_terminal_summary\n")
    (tmp_path / "test_some.py").write_text(SOME_FAIL)
    # With a worker, as the whole run has them, and without the plugins that it does not need.
    command = [sys.executable, "-m", "pytest", "-q", "-r", "N", "-p", "xdist.plugin", "-n", "1", str(tmp_path)]
    told = subprocess.run(
        command,
        cwd=Path(__file__).parent.parent,
        env=os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": "-p no:cacheprovider"},
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    titles = [told.index(title) for title in ("What failed", "The slowest tests", "The slowest files", "1 failed, ")]
    assert titles == sorted(titles), told
    failed, tests, files = (told[begin:end].splitlines() for begin, end in pairwise(titles))
    name = failed[1].partition("::")[0]
    assert f"{name}::test_wrong: AssertionError: sums are off" in failed
    assert f"{name}::test_helpless (setup): RuntimeError: no database" in failed
    assert sum("::" in line for line in failed) == 2
    assert sum("::test_" in line for line in tests) == 3
    assert files[1].endswith(f" s  {name}")
