"""What `estafette doctor` asks about open files."""

import resource

from estafette.base.open_files import LEAST
from estafette.cli.finding import Finding

_SUBJECT = "open files"
_REMEDY = "set LimitNOFILE=65536 in the service, or raise `ulimit -Hn`"


def examine_open_files(figures: dict[str, float]) -> Finding:
    """By the figures of the running server; without one, by the limit that this process has."""
    if "estafette_open_files_limit" in figures:
        limit = int(figures["estafette_open_files_limit"])
        shortages = int(figures.get("estafette_open_files_shortages_total", 0))
        if shortages:
            text = f"{shortages} times the server could open no more than its {limit}: {_REMEDY}"
            return Finding(_SUBJECT, False, text)
    else:
        _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        limit = LEAST if hard == resource.RLIM_INFINITY else hard
    if limit < LEAST:
        return Finding(_SUBJECT, False, f"only {limit} at a time, connections included: {_REMEDY}")
    return Finding(_SUBJECT, True, "enough at a time")
