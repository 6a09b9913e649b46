"""The passphrase of backups: from a file or a variable, since every user of the machine can read command lines."""

import os
from pathlib import Path
from typing import Final

import click

from estafette.cli.sentences import Refusal

_VARIABLE: Final = "ESTAFETTE_BACKUP_PASSPHRASE"
_LEAST, _MOST = 8, 1_000

passphrase_option = click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help=f"File whose first line is the passphrase (or set {_VARIABLE}).",
)


def passphrase_from(file: Path | None) -> str | None:
    """The passphrase, None when none was given; raises Refusal."""
    if file is None:
        text = os.environ.get(_VARIABLE, "")
        if not text:
            return None
        where = f"the variable {_VARIABLE}"
    else:
        where = str(file)
        try:
            text = (file.read_text(encoding="utf-8").splitlines() or [""])[0]
        except OSError as error:
            raise Refusal(f"The passphrase cannot be read from {file}: {error.strerror}.") from error
        except UnicodeDecodeError as error:
            raise Refusal(f"The passphrase in {file} is no text in UTF-8.") from error
    if not _LEAST <= len(text) <= _MOST:
        raise Refusal(f"The passphrase in {where} must have between {_LEAST} and {_MOST:,} characters.")
    return text
