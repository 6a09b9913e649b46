"""A test that waits for a time to pass is slow on every machine and wrong on a slow one: none does.

Tests wait for what they want to see (`tests/waiting.py`), move the clock, or let a counterpart decide when it answers.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
WEB = HERE.parent / "web"

ALLOWED = {
    "tests/waiting.py": "looks again and again, in the one place where that is done",
}
"""Who may let a time pass, and why. Whoever adds a line here has tried to do without."""

IN_SCRIPTS = re.compile(r"\b(?:setTimeout|setInterval)\s*\(")


def sleeps(source: str) -> Iterator[int]:
    """Lines on which a Python file waits for a time; a turn of the loop, `sleep(0)`, takes none."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        turn = name == "sleep" and [getattr(each, "value", None) for each in node.args] == [0]
        if name in {"sleep", "wait_for_timeout"} and not turn:
            yield node.lineno


def waits() -> Iterator[tuple[str, int]]:
    """Files and lines that wait for a time."""
    for path in sorted(HERE.rglob("*.py")):
        yield from ((str(path.relative_to(HERE.parent)), line) for line in sleeps(path.read_text()))
    for path in [*HERE.rglob("*.js"), *WEB.glob("src/**/*.test.ts"), *WEB.glob("test/**/*.ts")]:
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if IN_SCRIPTS.search(line):
                yield str(path.relative_to(HERE.parent)), number


def test_nothing_waits_for_a_time_to_pass() -> None:
    unexplained = [f"{path}:{line}" for path, line in waits() if path not in ALLOWED]
    assert unexplained == []


def test_whoever_is_allowed_to_still_does() -> None:
    assert ALLOWED.keys() <= {path for path, _ in waits()}


def test_a_wait_is_found_however_it_is_written() -> None:
    found = list(
        sleeps(
            "import asyncio, time\nasyncio.sleep(0)\nasyncio.sleep(0.1)\ntime.sleep(n)\nsleep(1)\np.wait_for_timeout(5)"
        )
    )
    assert found == [3, 4, 5, 6]
