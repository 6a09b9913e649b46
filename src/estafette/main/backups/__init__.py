"""Backups of a whole installation: database, files and secrets, made beside a running server, and put back."""

from estafette.main.backups.backing_up import Saved, back_up
from estafette.main.backups.restoring import Restored, Restoring, restore

__all__ = ["Restored", "Restoring", "Saved", "back_up", "restore"]
