"""Figures of an installation with several processes: all of them in one answer, whoever is asked."""

import re

from tests.cli.running import Up
from tests.waiting import wait_for

ASKED = 'estafette_requests_total{method="GET",route="/api/v1/instance",status="200"}'


def figure(text: str, name: str) -> float:
    """What stands behind a name with its labels."""
    return next((float(line.rpartition(" ")[2]) for line in text.splitlines() if line.startswith(name)), 0.0)


def test_whichever_process_is_asked_it_tells_what_all_have_done(running: Up) -> None:
    before = figure(running.get("/metrics")[1], ASKED)
    for _ in range(20):
        assert running.get("/api/v1/instance")[0] == 200
    assert {figure(running.get("/metrics")[1], ASKED) for _ in range(10)} == {before + 20}
    text = running.get("/metrics")[1]
    assert figure(text, "estafette_database_up") == 1
    assert figure(text, "estafette_bus_listening") == 1


def test_every_process_is_named(running: Up) -> None:
    def named() -> set[str]:
        return set(re.findall(r'estafette_process_start_seconds{pid="(.+?)"}', running.get("/metrics")[1]))

    wait_for(lambda: named() == {"web 1", "web 2", "worker"}, named)
    wait_for(lambda: figure(running.get("/metrics")[1], "estafette_worker_statements_total") > 0)
