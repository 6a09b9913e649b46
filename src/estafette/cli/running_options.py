"""With which options `doctor` looks: those that were given, and the rest as the running server has them."""

from pathlib import Path
from typing import Any

import click
import msgspec

from estafette.base.settings import Settings
from estafette.cli.env_file import env_file_of
from estafette.cli.finding import Finding
from estafette.cli.options import flag, variable
from estafette.cli.run_folder import RunningServer, running_server

_SUBJECT = "settings"


class Chosen(msgspec.Struct, frozen=True):
    """What the doctor looks with, and what there is to say about it."""

    settings: Settings
    server: RunningServer | None
    finding: Finding


def completed(given: dict[str, Any]) -> dict[str, Any]:
    """Options that were not given are those of the running server; raises ValueError as Settings does."""
    server = running_server(Settings(**given))
    return given if server is None else _of(server) | given


def chosen(settings: Settings, given: dict[str, Any]) -> Chosen:
    """Says which they are; a file of settings that the running server does not have is to be mended."""
    server, file = running_server(settings), env_file_of(click.get_current_context())
    whose = f"those of {file}" if file is not None else "those given here"
    if server is None:
        text = f"{whose}; no `estafette up` runs on {settings.data.absolute()}"
        return Chosen(settings, None, Finding(_SUBJECT, True, text))
    running = f"the running server (process {server.process}, version {server.version})"
    others = [name for name in _of(server) if name in given and _differs(server, settings, name)]
    if not others:
        return Chosen(settings, server, Finding(_SUBJECT, True, f"those of {running}"))
    names = ", ".join(variable(name) if file is not None else flag(name) for name in others)
    if file is not None:
        text = f"{running} has another {names} than {file}: restart it"
        return Chosen(settings, server, Finding(_SUBJECT, False, text))
    text = f"{names} as given here, the rest as {running} has it"
    return Chosen(settings, server, Finding(_SUBJECT, True, text, warns=True))


def _differs(server: RunningServer, settings: Settings, name: str) -> bool:
    mine, theirs = getattr(settings, name), getattr(Settings(**_of(server)), name)
    return (mine.absolute() if isinstance(mine, Path) else mine) != theirs


def _of(server: RunningServer) -> dict[str, Any]:
    read = msgspec.convert(server.options, Settings, dec_hook=lambda kind, value: kind(value))
    return {name: getattr(read, name) for name in server.options}
