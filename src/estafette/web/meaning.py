"""What an exception means to whoever asked: ours, Litestar's, the database's."""

from http import HTTPStatus
from typing import Final

import asyncpg
from litestar.exceptions import HTTPException, ValidationException

from estafette.base import errors
from estafette.base.database import DATABASE_IS_AWAY
from estafette.base.errors import Invalid, Problem
from estafette.web.decoding import wrong_parameters
from estafette.web.errors import MalformedJSON, MethodNotAllowed, UnknownRoute

MAX_JSON_BYTES: Final = 256 * 1024


def understood(error: Exception) -> Problem:
    """What an exception means to whoever asked; what nobody foresaw is a plain Problem."""
    match error:
        case Problem():
            return error
        case ValidationException():
            wrong = wrong_parameters(error)
            # Litestar takes an empty body for a parameter that is missing.
            return MalformedJSON() if any(each.field == "data" for each in wrong) else Invalid(*wrong)
        case HTTPException():
            return _of_litestar(error)
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


def _of_litestar(error: HTTPException) -> Problem:
    match error.status_code:
        case 404:
            return UnknownRoute()
        case 405:
            return MethodNotAllowed()
        case 401:
            return errors.Unauthenticated()
        case 403:
            return errors.Forbidden()
        case 413:
            return errors.TooLarge(max=MAX_JSON_BYTES)
        case status if status < HTTPStatus.INTERNAL_SERVER_ERROR:
            return errors.Malformed()
        case _:
            return Problem()
