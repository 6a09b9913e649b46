"""How a run ends: what failed, with its reason in a line each, then what took longest."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import pytest

LONGEST_REASON = 200  # characters
HOW_MANY = 10


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Writes the last sections of the output; pytest writes its own count after them."""
    outcomes = terminalreporter.stats
    reports = [report for kind in outcomes.values() for report in kind if isinstance(report, pytest.TestReport)]
    lines = failures([*outcomes.get("failed", []), *outcomes.get("error", [])])
    for title, section in (("What failed", lines), *slowest(reports)):
        if section:
            terminalreporter.section(title)
            for line in section:
                terminalreporter.write_line(line)


def failures(reports: Iterable[pytest.TestReport | pytest.CollectReport]) -> list[str]:
    """A line each: the test, the phase unless it is the test itself, and the first line of the reason."""
    found: list[str] = []
    for report in reports:
        crash = getattr(report.longrepr, "reprcrash", None)
        reason = crash.message if crash is not None else str(report.longrepr)
        phase = "" if report.when == "call" else f" ({report.when})"
        found.append(f"{report.nodeid}{phase}: {_first_line(reason)}")
    return found


def slowest(reports: Iterable[pytest.TestReport]) -> list[tuple[str, list[str]]]:
    """The ten slowest tests and the ten slowest files, in seconds, with what was set up for them."""
    tests: defaultdict[str, float] = defaultdict(float)
    files: defaultdict[str, float] = defaultdict(float)
    for report in reports:
        tests[report.nodeid] += report.duration
        files[report.nodeid.partition("::")[0]] += report.duration
    return [("The slowest tests", _seconds(tests)), ("The slowest files", _seconds(files))]


def _seconds(spent: Mapping[str, float]) -> list[str]:
    longest = sorted(spent, key=spent.__getitem__, reverse=True)[:HOW_MANY]
    return [f"{spent[name]:6.1f} s  {name}" for name in longest]


def _first_line(reason: str) -> str:
    line = next((line.strip() for line in reason.splitlines() if line.strip()), "no reason was given")
    return line if len(line) <= LONGEST_REASON else line[: LONGEST_REASON - 1] + "…"
