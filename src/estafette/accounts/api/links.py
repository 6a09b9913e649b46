"""Forgotten passwords, and addresses that are to be confirmed: what the links in mails lead to."""

from estafette.accounts.actions import email_changes, email_confirmation, password_resets
from estafette.accounts.api.given import SessionCookies
from estafette.accounts.models.credentials import Device
from estafette.accounts.models.inputs import EmailConfirmation, EmailReversal, PasswordReset, PasswordResetRequest
from estafette.accounts.models.links import ConfirmedEmail
from estafette.accounts.models.people import Me, SignedIn
from estafette.base.database import Database
from estafette.http import Answer, post, put

TAGS = ["Signing in"]


@post(
    "/password-resets",
    status=202,
    tags=TAGS,
    summary="Forget your password",
    operation_id="requestPasswordReset",
    credentials=True,
    answers_after=password_resets.ANSWER_SECONDS,
)
async def request_password_reset(database: Database, device: Device, data: PasswordResetRequest) -> None:
    """Mails a link to the address if it is somebody's; the answer is the same for all. It holds for an hour."""
    await password_resets.request_reset(database, data, device)


@put(
    "/password-resets",
    tags=TAGS,
    summary="Choose another password",
    operation_id="resetPassword",
    credentials=True,
)
async def reset_password(
    database: Database, cookies: SessionCookies, device: Device, data: PasswordReset
) -> Answer[Me]:
    """Needs the secret that the mailed link ends with, once. Ends all sessions and tokens; sets a new cookie."""
    session = await password_resets.reset_password(database, data, device)
    return Answer(session.me, 200, cookies=[cookies.session(session.token), cookies.device(session.device)])


@post(
    "/me/email-confirmation",
    status=202,
    tags=["You"],
    summary="Confirm your e-mail address",
    operation_id="requestEmailConfirmation",
)
async def request_email_confirmation(database: Database, signed_in: SignedIn) -> None:
    """Mails a link to your address, unless it is confirmed already. It holds for seven days."""
    await email_confirmation.request_confirmation(database, signed_in)


@post(
    "/email-confirmations",
    status=200,
    tags=TAGS,
    summary="Open a link of confirmation",
    operation_id="confirmEmail",
)
async def confirm_email(
    database: Database, signed_in: SignedIn, device: Device, data: EmailConfirmation
) -> ConfirmedEmail:
    """Needs the secret that the mailed link ends with, and a session of its account. Once more does no harm."""
    return await email_confirmation.confirm_email(database, signed_in, data, device)


@post(
    "/email-reversals",
    status=200,
    tags=TAGS,
    summary="Take back a change of your address",
    operation_id="takeBackEmailChange",
)
async def take_back_email_change(database: Database, device: Device, data: EmailReversal) -> ConfirmedEmail:
    """Needs the secret that the link mailed to the old address ends with, and no sign-in.

    The change is stopped or taken back, every session and token ends, the password ends, and a link to choose another
    one is mailed.
    """
    return await email_changes.take_back(database, data, device)
