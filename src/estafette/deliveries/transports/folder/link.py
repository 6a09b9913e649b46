"""Writes messages as files that are there whole or not at all."""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import msgspec

from estafette.base.ids import new_id
from estafette.base.slots import Slots
from estafette.deliveries.models.messages import Accepted, ClaimedMessage, Outcome, Refused

WRITES_AT_ONCE: Final = 64


class FolderLink:
    """An open folder: takes at most 64 messages at once and never breaks."""

    def __init__(self, folder: Path, accepted: Callable[[str, str], None] = lambda *_: None) -> None:
        self._folder = folder
        self._accepted = accepted
        self._slots = Slots(WRITES_AT_ONCE)

    async def capacity(self) -> int:
        """Waits for a free place, and says how many there are."""
        return await self._slots.free()

    async def submit(self, claimed: ClaimedMessage) -> Outcome:
        """Writes the message; a folder that cannot be written to is a temporary fault of this server."""
        provider_id = str(new_id())
        with self._slots.taken():
            try:
                await asyncio.to_thread(write, self._folder / f"{provider_id}.json", text_of(claimed, provider_id))
            except OSError as error:
                reason = f"The message could not be written: {error.strerror or error}"
                return Refused(kind="system", permanent=False, code="not_written", reason=reason)
        self._accepted(provider_id, claimed.recipient)
        return Accepted(provider_ids=(provider_id,))

    async def lost(self) -> str:
        """Waits for ever: a folder does not go away."""
        await asyncio.Event().wait()
        return ""


def text_of(claimed: ClaimedMessage, provider_id: str) -> bytes:
    """The message as indented JSON, for people; a subscription's keys stay out of it."""
    built: dict[str, Any] = msgspec.to_builtins(msgspec.structs.replace(claimed, subscription=None))
    known = {name: value for name, value in built.items() if value not in (None, [], {})}
    return msgspec.json.format(msgspec.json.encode({"provider_id": provider_id, **known}), indent=2) + b"\n"


def write(path: Path, content: bytes) -> None:
    """Writes a file for its owner alone (0600), under its name only when it is complete; raises OSError."""
    unfinished = path.with_suffix(".part")
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(path)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise
