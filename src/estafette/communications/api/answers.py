"""What clients answer, over HTTP."""

from typing import Annotated, Final
from uuid import UUID

from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.communications.actions import answers
from estafette.communications.models.answers import Answers, AnswerSettings, ResponseCounts
from estafette.http import Cursor, Limit, Query, get, put

TAGS: Final = ["Communications"]

Unread = Annotated[bool, Query("Those alone that nobody has read")]


@get("/answers", tags=TAGS, summary="What clients answer", operation_id="listAnswers")
async def list_answers(
    database: Database, signed_in: SignedIn, unread: Unread = False, cursor: Cursor = None, limit: Limit = 50
) -> Answers:
    """Whatever somebody wrote by SMS, WhatsApp and e-mail, newest first, also who is not in the register.

    For administrators, and employees and service accounts with the role `communications`; so are all answers.
    """
    return await answers.list_answers(database, signed_in, unread=unread, cursor=cursor, limit=limit)


@get("/clients/{client_id}/inbound", tags=TAGS, summary="What a client wrote", operation_id="listClientAnswers")
async def list_client_answers(
    database: Database, signed_in: SignedIn, client_id: UUID, cursor: Cursor = None, limit: Limit = 50
) -> Answers:
    """Newest first."""
    return await answers.list_answers(database, signed_in, client_id=client_id, cursor=cursor, limit=limit)


@put(
    "/clients/{client_id}/inbound/read",
    status=204,
    tags=TAGS,
    summary="All that a client wrote was read",
    operation_id="readClientAnswers",
)
async def read_client_answers(database: Database, signed_in: SignedIn, client_id: UUID) -> None:
    """Nothing of it counts as unread any more, for nobody."""
    await answers.mark_all_read(database, signed_in, client_id)


@get(
    "/communications/{communication_id}/answers",
    tags=TAGS,
    summary="Answers to a communication",
    operation_id="listCommunicationAnswers",
)
async def list_communication_answers(
    database: Database, signed_in: SignedIn, communication_id: UUID, cursor: Cursor = None, limit: Limit = 50
) -> Answers:
    """What clients wrote within seven days after they got it, or as an answer to it; newest first."""
    return await answers.list_answers(
        database, signed_in, communication_id=communication_id, cursor=cursor, limit=limit
    )


@get(
    "/communications/{communication_id}/responses",
    tags=TAGS,
    summary="What a communication led to",
    operation_id="countCommunicationResponses",
)
async def count_responses(database: Database, signed_in: SignedIn, communication_id: UUID) -> ResponseCounts:
    """By channel: how many messages of people answered it, and how many clients ended messages after it."""
    return await answers.response_counts(database, signed_in, communication_id)


@put("/answers/{answer_id}/read", status=204, tags=TAGS, summary="An answer was read", operation_id="readAnswer")
async def read_answer(database: Database, signed_in: SignedIn, answer_id: UUID) -> None:
    """It counts as unread no more, for nobody."""
    await answers.mark_read(database, signed_in, answer_id)


@get("/answer-settings", tags=TAGS, summary="What is done with answers", operation_id="getAnswerSettings")
async def get_answer_settings(database: Database, signed_in: SignedIn) -> AnswerSettings:
    """The partner that gets answers of clients with an account, and whether words such as STOP are confirmed."""
    return await answers.answer_settings(database, signed_in)


@put("/answer-settings", tags=TAGS, summary="Say what is done with answers", operation_id="changeAnswerSettings")
async def change_answer_settings(database: Database, signed_in: SignedIn, data: AnswerSettings) -> AnswerSettings:
    """For administrators."""
    return await answers.change_answer_settings(database, signed_in, data)
