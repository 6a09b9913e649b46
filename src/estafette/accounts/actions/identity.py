"""Who stands behind a cookie or a bearer token."""

from datetime import datetime, timedelta
from typing import Final

from estafette.accounts.credentials import BEARER, digest
from estafette.accounts.models.people import SignedIn
from estafette.accounts.store import identity as store
from estafette.accounts.store import people
from estafette.base.database import Database

SESSION: Final = timedelta(days=30)
# A use is written down at most this often: otherwise each read would be a write.
NOTED: Final = timedelta(minutes=1)


async def by_session(database: Database, token: str) -> SignedIn | None:
    """The person of a session cookie, by one statement; a session in use ends 30 days after its last use."""
    now = database.clock.now()
    found = await store.by_session(database.apart, digest(token), now)
    if found is None:
        return None
    signed_in, seen_at = found
    if seen_at < now - NOTED:
        await _note_use(database, signed_in, now)
    return signed_in


async def by_token(database: Database, token: str) -> SignedIn | None:
    """The person of a bearer token, by one statement."""
    if not token.startswith(BEARER):
        return None
    now = database.clock.now()
    found = await store.by_token(database.apart, digest(token), now)
    if found is None:
        return None
    signed_in, used_at = found
    if used_at is None or used_at < now - NOTED:
        await _note_use(database, signed_in, now)
    return signed_in


async def _note_use(database: Database, who: SignedIn, now: datetime) -> None:
    # Each statement by itself: together they would lock in the other order than whoever ends a person's sessions.
    if who.session_id is not None:
        noted = await store.touch_session(database.apart, who.session_id, now, now + SESSION, now - NOTED)
    else:
        noted = await store.touch_token(database.apart, who.token_id, now, now - NOTED)
    if noted:
        await people.touch(database.apart, who.person_id, now)
