"""`--env-file`: the settings that systemd reads (systemd.exec, EnvironmentFile=), for a command that is typed."""

import os
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import click

from estafette.cli.sentences import Refusal

_LINE: Final = re.compile(r"\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=(.*)")
_OURS: Final = ("ESTAFETTE_", "AWS_")
_META: Final = "estafette.env_file"
MOST_BYTES: Final = 1_000_000


def env_file_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command `--env-file`, whose settings count before those of the environment."""
    return click.option(
        "--env-file",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        is_eager=True,
        expose_value=False,
        callback=_take,
        help="File of settings as systemd reads it (EnvironmentFile=).",
    )(command)


def env_file_of(context: click.Context) -> Path | None:
    """The file that was named on the command line."""
    return context.meta.get(_META)


def read_env_file(path: Path) -> dict[str, str]:
    """The variables of a file; raises Refusal with the line that is none."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Refusal(f"The file of settings {path} is larger than {MOST_BYTES // 1_000_000} MB.")
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise Refusal(f"The file of settings {path} cannot be read: {reason}.") from error
    found: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip()[0] in "#;":
            continue
        matched = _LINE.fullmatch(line)
        value = _value(matched[2].strip()) if matched else None
        if matched is None or value is None:
            raise Refusal(f"Line {number} of {path} is no NAME=value.")
        found[matched[1]] = value
    return found


def _value(text: str) -> str | None:
    """What stands behind the sign: as it is, or in quotes."""
    if not text.startswith(("'", '"')):
        return text
    try:
        words = shlex.split(text)
    except ValueError:
        return None
    return words[0] if len(words) == 1 else None


def _take(context: click.Context, _: click.Parameter, path: Path | None) -> None:
    if path is None:
        return
    context.meta[_META] = path
    # Before the other options look for theirs; the store of files reads AWS_… by itself.
    os.environ.update({name: value for name, value in read_env_file(path).items() if name.startswith(_OURS)})
