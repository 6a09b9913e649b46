"""Figures for Prometheus: of this process alone, or of all processes of an installation together.

Together they keep them in files of one folder, the way of prometheus_client: whoever is asked reads them all. Each file
is named after its process ("web 1") and not after a number: who was started again goes on counting where it ended.
"""

import asyncio
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, Literal

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest, values
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from estafette.base.metrics_folder import FOLDER_VARIABLE

FRESH_SECONDS: Final = 5.0
"""After which a process writes down again what it is asked for, so that others can tell it."""
Mode = Literal["liveall", "livemin", "livesum"]
"""What all say together: each by itself, the least of them, or their sum; of those that live."""
# What a name takes at most, of the disk as well: to write where there is no room any more would end the process.
_BYTES: Final = {
    "counter": 512 * 1024,
    "histogram": 1024 * 1024,
    "gauge_liveall": 64 * 1024,
    "gauge_livemin": 64 * 1024,
    "gauge_livesum": 64 * 1024,
}

_log = structlog.get_logger(__name__)


def share_metrics(name: str) -> None:
    """Lets all figures of this process, made from now on, be told by its siblings, if they have a folder for it."""
    folder = os.environ.get(FOLDER_VARIABLE)
    if not folder:
        return
    try:
        for kind, size in _BYTES.items():
            _reserve(Path(folder) / f"{kind}_{name}.db", size)
    except OSError as error:
        _log.error("Figures are not shared", folder=folder, reason=str(error))
        del os.environ[FOLDER_VARIABLE]
        values.ValueClass = values.MutexValue
        return
    values.ValueClass = values.MultiProcessValue(lambda: name)


class Metrics:
    """Makes the figures of this process, and tells those of all."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._readings: list[Callable[[], None]] = []
        begun = time.time()
        self.gauge("process_start_seconds", "When a process began, in seconds since 1970", "liveall", lambda: begun)

    def counter(self, name: str, description: str, labels: tuple[str, ...] = ()) -> Counter:
        """Something to count up."""
        return Counter(f"estafette_{name}", description, labels, registry=self._registry)

    def histogram(self, name: str, description: str, labels: tuple[str, ...], buckets: tuple[float, ...]) -> Histogram:
        """Something to measure again and again."""
        return Histogram(f"estafette_{name}", description, labels, buckets=buckets, registry=self._registry)

    def count(self, name: str, description: str, read: Callable[[], float]) -> None:
        """A counter of what somebody else counts from the start of this process on."""
        counter, told = self.counter(name, description), 0.0

        def look() -> None:
            nonlocal told
            now = _read(read)
            if now > told:
                counter.inc(now - told)
                told = now

        self._readings.append(look)

    def gauge(self, name: str, description: str, mode: Mode, read: Callable[[], float]) -> None:
        """A figure that goes up and down."""
        gauge = Gauge(f"estafette_{name}", description, registry=self._registry, multiprocess_mode=mode)
        self._readings.append(lambda: gauge.set(_read(read)))

    def refresh(self) -> None:
        """Writes down what is to be read."""
        for reading in self._readings:
            reading()

    async def keep_fresh(self) -> None:
        """Does so again and again, where others tell it."""
        while FOLDER_VARIABLE in os.environ:
            self.refresh()
            await asyncio.sleep(FRESH_SECONDS)

    def text(self, *more: Metric) -> bytes:
        """All of it in Prometheus' text format, with some that are only true now."""
        self.refresh()
        folder = os.environ.get(FOLDER_VARIABLE)
        given = CollectorRegistry()
        given.register(_Given(more))
        return (told_together(Path(folder)) if folder else generate_latest(self._registry)) + generate_latest(given)


def told_together(folder: Path) -> bytes:
    """What all processes of an installation have written down, in Prometheus' text format."""
    told = CollectorRegistry()
    told.register(_Together(folder))
    return generate_latest(told)


class _Together(Collector):
    """What all processes have written down."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def collect(self) -> Any:
        # Not the library's own search: it takes a bracket in the name of a folder for a pattern.
        return MultiProcessCollector.merge([str(file) for file in sorted(self._folder.glob("*.db"))])


class _Given(Collector):
    def __init__(self, metrics: tuple[Metric, ...]) -> None:
        self._metrics = metrics

    def collect(self) -> Any:
        return self._metrics


def _read(read: Callable[[], float]) -> float:
    try:
        return float(read())
    except ConnectionError:
        # Before the start of what is asked, and after its end.
        return 0.0


def _reserve(file: Path, size: int) -> None:
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if os.fstat(descriptor).st_size < size:
            os.posix_fallocate(descriptor, 0, size)
    finally:
        os.close(descriptor)
