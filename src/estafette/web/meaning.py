"""What an exception means to whoever asked: ours, or the database's."""

import asyncpg

from estafette.base import errors
from estafette.base.database import DATABASE_IS_AWAY
from estafette.base.errors import Problem


def understood(error: Exception) -> Problem:
    """What an exception means to whoever asked; what nobody foresaw is a plain Problem."""
    match error:
        case Problem():
            return error
        case UnicodeError() | RecursionError():
            return errors.Malformed()
        case asyncpg.CharacterNotInRepertoireError() | asyncpg.UntranslatableCharacterError():
            return errors.Malformed()
        case _ if _database_is_away(error):
            return errors.Unavailable()
        case _:
            return Problem()


def _database_is_away(error: Exception) -> bool:
    if isinstance(error, asyncpg.InterfaceError):
        # The library says so too when it is used wrongly, which waiting will not mend.
        return "closed" in str(error) or "closing" in str(error)
    return isinstance(error, DATABASE_IS_AWAY)
