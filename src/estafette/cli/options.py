"""The options that make up `Settings`, each also a variable of the environment."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from estafette.base.settings import Settings
from estafette.cli.sentences import Refusal


class _Several(click.ParamType[str]):
    """Values in a variable stand beside each other with commas or spaces between."""

    name = "text"

    def split_envvar_value(self, rv: str) -> list[str]:
        return [part for part in re.split(r"[,\s]+", rv) if part]


_OPTIONS: dict[str, dict[str, Any]] = {
    "data": {"type": click.Path(path_type=Path), "help": "Folder of everything that is kept (default: ./data)."},
    "database_url": {"metavar": "URL", "help": "PostgreSQL 16 or newer to use instead of the embedded one."},
    "host": {"help": "Address to listen on (default: 127.0.0.1)."},
    "port": {"type": int, "help": "Port to listen on (default: 8000)."},
    "workers": {"type": int, "help": "Number of web processes (default: 1)."},
    "public_url": {"metavar": "URL", "help": "How people reach the server, such as https://talk.example.org."},
    "trusted_proxies": {
        "name": "--trusted-proxy",
        "type": _Several(),
        "multiple": True,
        "metavar": "ADDRESS",
        "help": "Address or network of a proxy whose X-Forwarded-* headers are believed; may be repeated.",
    },
    "files_url": {
        "metavar": "URL",
        "help": "Where uploads lie: s3://bucket/prefix or file:///path (default: inside the data folder).",
    },
    "gateways": {
        "type": click.Path(path_type=Path, dir_okay=False),
        "metavar": "FILE",
        "help": "TOML file of gateways, beside those that are set up in the administration page.",
    },
    "daily_messages": {
        "type": int,
        "metavar": "N",
        "help": "Messages, edits and contact requests of one person in a day of UTC (default: 20000; 0: no limit).",
    },
    "daily_deliveries": {
        "type": int,
        "metavar": "N",
        "help": "Deliveries that one account may hand over in a day of UTC (default: 200000; 0: no limit).",
    },
    "daily_megabytes": {
        "type": int,
        "metavar": "MB",
        "help": "Megabytes of texts and files that one person may send in a day of UTC (default: 1000; 0: no limit).",
    },
    "max_file_megabytes": {
        "type": int,
        "metavar": "MB",
        "help": "Megabytes of one file (default: 100).",
    },
    "disk_reserve": {
        "type": int,
        "metavar": "MB",
        "help": "Megabytes of the disk that uploads leave free (default: 1000; 0: none).",
    },
    "metrics_token": {
        "metavar": "TOKEN",
        "help": "What Prometheus shows to read /metrics from elsewhere, or @ and the file that holds it.",
    },
    "private_addresses": {
        "is_flag": True,
        "default": None,
        "help": "Let webhooks, push endpoints and document connectors lead into private networks, and over http.",
    },
    "demo": {"is_flag": True, "default": None, "help": "Fill an empty installation with demo data."},
}
DATABASE = ("data", "database_url")
ALL = tuple(_OPTIONS)


def variable(field: str) -> str:
    """The variable of the environment that stands for a field of Settings."""
    return "ESTAFETTE_" + str(_OPTIONS[field].get("name", field)).strip("-").replace("-", "_").upper()


def flag(field: str) -> str:
    """How a field of Settings is called on the command line."""
    return str(_OPTIONS[field].get("name", "--" + field.replace("_", "-")))


def with_settings(
    *fields: str, complete: Callable[[dict[str, Any]], dict[str, Any]] | None = None
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Gives a command these options and calls it with one `settings` in their place.

    `complete` adds to the fields that were given, which the command then takes as `given`; it raises ValueError as
    Settings does.
    """

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        def called(**values: Any) -> Any:
            given = {field: value for field in fields if (value := values.pop(field)) not in (None, ())}
            if str(given.get("metrics_token", "")).startswith("@"):
                given["metrics_token"] = _kept_in(Path(given["metrics_token"][1:]))
            try:
                settings = Settings(**(given if complete is None else complete(given)))
            except ValueError as error:
                raise Refusal(str(error)) from error
            return command(settings, **values) if complete is None else command(settings, given, **values)

        called.__name__, called.__doc__ = command.__name__, command.__doc__
        called.__dict__.update(command.__dict__)
        wrapped: Callable[..., Any] = called
        for field in reversed(fields):
            more = {key: value for key, value in _OPTIONS[field].items() if key != "name"}
            wrapped = click.option(flag(field), field, envvar=variable(field), show_envvar=True, **more)(wrapped)
        return wrapped

    return decorate


def _kept_in(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii").strip()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is no plain text"
        raise Refusal(f"The token for figures cannot be read from {file}: {reason}.") from error


def as_environment(settings: Settings, dsn: str) -> dict[str, str]:
    """The variables that give a child process the same settings and the database that is already running.

    They and not the command line, since every user of the machine can read command lines.
    """
    values = {
        "data": str(settings.data.absolute()),
        "database_url": dsn,
        "host": settings.host,
        "port": str(settings.port),
        "workers": str(settings.workers),
        "public_url": settings.public_url or "",
        "trusted_proxies": " ".join(settings.trusted_proxies),
        "files_url": settings.files_url or "",
        "gateways": "" if settings.gateways is None else str(settings.gateways.absolute()),
        "daily_messages": str(settings.daily_messages),
        "daily_deliveries": str(settings.daily_deliveries),
        "daily_megabytes": str(settings.daily_megabytes),
        "max_file_megabytes": str(settings.max_file_megabytes),
        "disk_reserve": str(settings.disk_reserve),
        "metrics_token": settings.metrics_token or "",
        "private_addresses": "1" if settings.private_addresses else "",
        "demo": "1" if settings.demo else "",
    }
    return {variable(field): value for field, value in values.items()}
