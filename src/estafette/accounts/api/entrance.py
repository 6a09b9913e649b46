"""Setup, sign-up, sign-in and sign-out, and the list of sessions."""

from uuid import UUID

from estafette.accounts.actions import sessions, signing_up
from estafette.accounts.api.given import SessionCookies, entered
from estafette.accounts.models.credentials import Device
from estafette.accounts.models.inputs import SetUp, SignIn, SignUp
from estafette.accounts.models.lists import Sessions
from estafette.accounts.models.people import Me, SignedIn
from estafette.base.database import Database
from estafette.base.languages import Language
from estafette.http import Answer, delete, get, post

TAGS = ["Signing in"]


@post("/setup", tags=TAGS, summary="Set up the first administrator", operation_id="setUp", credentials=True)
async def set_up(
    database: Database,
    cookies: SessionCookies,
    device: Device,
    language: Language,
    data: SetUp,
) -> Answer[Me]:
    """Needs the code that was printed at the start, and works until there is an administrator. Sets the cookie."""
    return entered(await signing_up.set_up(database, data, device, language), cookies)


@post("/sign-up", tags=TAGS, summary="Sign up as a customer", operation_id="signUp", credentials=True)
async def sign_up(
    database: Database,
    cookies: SessionCookies,
    device: Device,
    language: Language,
    data: SignUp,
) -> Answer[Me]:
    """A new customer with a session; sets the cookie. The password has 10 to 200 characters."""
    return entered(await signing_up.sign_up(database, data, device, language), cookies)


@post("/sessions", tags=TAGS, summary="Sign in", operation_id="signIn", credentials=True)
async def sign_in(database: Database, cookies: SessionCookies, device: Device, data: SignIn) -> Answer[Me]:
    """Sets the cookie. An unknown address and a wrong password get the same answer."""
    return entered(await sessions.sign_in(database, data, device), cookies)


@get("/sessions", tags=TAGS, summary="Your sessions", operation_id="listSessions")
async def list_sessions(database: Database, signed_in: SignedIn) -> Sessions:
    """Where you are signed in, the session last seen first."""
    return Sessions(items=await sessions.list_sessions(database, signed_in))


@delete("/sessions/current", tags=TAGS, summary="Sign out", operation_id="signOut", credentials=True)
async def sign_out(database: Database, cookies: SessionCookies, signed_in: SignedIn) -> Answer[None]:
    """Ends this session and removes the cookie."""
    await sessions.sign_out(database, signed_in)
    return Answer(None, 204, cookies=[cookies.ended()])


@delete("/sessions/{session_id}", tags=TAGS, summary="End a session", operation_id="endSession")
async def end_session(database: Database, signed_in: SignedIn, session_id: UUID) -> None:
    """Ends one of your sessions: who uses it is cut off at once."""
    await sessions.end_session(database, signed_in, session_id)


@delete("/sessions", tags=TAGS, summary="End all other sessions", operation_id="endOtherSessions")
async def end_other_sessions(database: Database, signed_in: SignedIn) -> None:
    """Ends all of your sessions but this one."""
    await sessions.end_other_sessions(database, signed_in)
