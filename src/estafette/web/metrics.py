"""Counts and times of answered requests."""

from typing import Any, Final

from estafette.base.metrics import Metrics

_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


class RequestMetrics:
    """What this process has answered."""

    def __init__(self, metrics: Metrics) -> None:
        self._requests = metrics.counter("requests", "Answered requests", ("method", "route", "status"))
        self._seconds = metrics.histogram("request_seconds", "Time to answer", ("method", "route"), _SECONDS)
        # Looking a labelled child up costs more than counting with it.
        self._children: dict[tuple[str, str, int], tuple[Any, Any]] = {}

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Counts one answered request; `route` is the template, never the path."""
        children = self._children.get((method, route, status))
        if children is None:
            children = (self._requests.labels(method, route, str(status)), self._seconds.labels(method, route))
            self._children[(method, route, status)] = children
        children[0].inc()
        children[1].observe(seconds)
