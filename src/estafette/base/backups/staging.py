"""What is restored lies apart until all of it is there, and then takes its place by renaming.

The state says how far it came, so that the same command goes on or begins anew, and nothing half restored is started.
"""

import os
import shutil
from pathlib import Path
from typing import Final

import msgspec

from estafette.base.backups.errors import BackupRefused
from estafette.base.postgres.folder import sync_folder, write_private

_FOLDER: Final = "restoring"


class State(msgspec.Struct, kw_only=True):
    """Which backup is being restored, how far that is, and where what was there before is moved to."""

    backup: str
    aside: str
    database: str | None = None
    """Of whose tables it is known that they are the backup's; None: none was begun."""
    whole: bool = False


def check_restored(data: Path) -> None:
    """Raises BackupRefused when a restore into this data folder was cut off."""
    if (data / _FOLDER).exists():
        raise BackupRefused(
            f"A restore into {data} was cut off: run the same `estafette restore` again, or remove {data / _FOLDER} "
            "to go on without it."
        )


class Staging:
    """The folder of what is being restored, beside the places that it is to take."""

    def __init__(self, data: Path) -> None:
        self.folder = data / _FOLDER
        self._data = data
        self._file = self.folder / "state.json"
        self.state: State | None = None

    def read(self) -> State | None:
        """How far an earlier restore came; None when there was none, or it did not come to say so."""
        try:
            self.state = msgspec.json.decode(self._file.read_bytes(), type=State)
        except (FileNotFoundError, msgspec.DecodeError):
            self.state = None
        return self.state

    def begin(self, state: State) -> None:
        """Throws away what an earlier restore left, and begins; raises OSError."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(mode=0o700)
        self.note(state)

    def note(self, state: State) -> None:
        """Keeps how far it is; raises OSError."""
        self.state = state
        draft = self._file.with_name("state.new")
        draft.unlink(missing_ok=True)
        write_private(draft, msgspec.json.encode(state).decode())
        draft.rename(self._file)
        sync_folder(self.folder)
        sync_folder(self._data)

    def place(self, names: dict[str, Path]) -> Path | None:
        """Lets what lies here under names take its places; returns where what was there before is now, if anything was.

        Cut off at any point, it can be done again. Raises OSError.
        """
        assert self.state is not None  # noqa: S101 - nothing is whole without it
        aside, moved = self._data / self.state.aside, False
        for name, final in names.items():
            staged = self.folder / name
            if not staged.exists():
                continue
            if final.exists() and any(final.iterdir()):
                aside.mkdir(mode=0o700, exist_ok=True)
                final.rename(aside / name)
                moved = True
            final.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            staged.rename(final)
            sync_folder(final.parent)
        shutil.rmtree(self.folder)
        sync_folder(self._data)
        return aside if moved or aside.exists() else None


def hand_over(folder: Path, owner: os.stat_result) -> None:
    """Gives everything in a folder to the owner of the data folder, when root has made it for them; raises OSError."""
    if os.geteuid() == 0 and owner.st_uid != 0:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, owner.st_uid, owner.st_gid, follow_symlinks=False)
