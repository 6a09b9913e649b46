"""Who stands behind a cookie or a bearer token."""

from datetime import timedelta
from typing import Final

from estafette.accounts.credentials import BEARER, digest
from estafette.accounts.models.people import SignedIn
from estafette.accounts.store import identity as store
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
    if signed_in.session_id and seen_at <= now - NOTED:
        await store.touch_session(database.apart, signed_in.session_id, now, now + SESSION, now - NOTED)
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
    if signed_in.token_id and (used_at is None or used_at <= now - NOTED):
        await store.touch_token(database.apart, signed_in.token_id, now, now - NOTED)
    return signed_in
