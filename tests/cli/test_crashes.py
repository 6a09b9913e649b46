"""Whatever is killed is started again, and what was kept is there."""

import os
import signal
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.cli.running import Up, lives, up
from tests.cli.test_figures import figure
from tests.conftest_postgres import short_folder
from tests.prepared import installed
from tests.waiting import wait_for

pytestmark = pytest.mark.fault


@pytest.fixture(scope="module")
def data() -> Generator[Path, None, None]:
    """The data folder of one installation, which lives through all that follows."""
    with short_folder() as parent:
        yield installed(parent / "data")


@pytest.fixture(scope="module")
def living(data: Path) -> Generator[Up, None, None]:
    with up(data) as started:
        yield started


def test_a_process_that_crashes_is_started_again(living: Up) -> None:
    asked = 'estafette_requests_total{method="GET",route="/api/v1/instance",status="200"}'
    living.get("/api/v1/instance")
    before, counted = living.children(), figure(living.get("/metrics")[1], asked)
    for pid, command in before.items():
        if " serve " in command or " worker " in command:
            os.kill(pid, signal.SIGKILL)
    wait_for(lambda: len(living.children()) == len(before) and living.children() != before, lambda: living.output)
    wait_for(living.alive, lambda: living.output)
    # It goes on counting where it ended.
    living.get("/api/v1/instance")
    assert figure(living.get("/metrics")[1], asked) == counted + 1


def test_a_database_that_crashes_is_started_again(living: Up) -> None:
    database = next(pid for pid, command in living.children().items() if "postgres -D" in command)
    os.kill(database, signal.SIGKILL)
    wait_for(lambda: not lives(database), lambda: living.output)
    wait_for(lambda: living.get("/readyz")[0] == 200, lambda: living.output)


def test_when_the_parent_is_killed_its_children_go_too_and_the_next_start_recovers(living: Up, data: Path) -> None:
    children = living.children()
    living.process.kill()
    living.process.wait()
    wait_for(lambda: not any(map(lives, children)), lambda: living.output)
    with up(data) as again:
        assert again.get("/readyz")[0] == 200
        again.kill_everything()
    with up(data) as after:
        assert after.get("/readyz")[0] == 200
