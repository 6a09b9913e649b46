"""What `estafette doctor` asks about the running server itself."""

import os

from estafette.base.settings import Settings
from estafette.cli.finding import Finding
from estafette.cli.run_folder import RunningServer
from estafette.cli.warnings import as_root


def examine_user(settings: Settings, server: RunningServer | None) -> list[Finding]:
    """As whom it runs; without one, as whom it would."""
    folder = settings.data
    # Root who looks after the folder of somebody else will not start it as root.
    is_root = (
        server.is_root if server is not None else os.geteuid() == 0 and (not folder.exists() or _of_root(settings))
    )
    return [Finding("user", True, as_root(settings), warns=True)] if is_root else []


def foreign_database(where: str) -> Finding:
    """A PostgreSQL of its own, whose password the running server keeps for itself."""
    text = f"the running server uses the one at {where}: name it with --database-url or --env-file to have it looked at"
    return Finding("database", True, text, warns=True)


def _of_root(settings: Settings) -> bool:
    return settings.data.stat().st_uid == 0
