"""What tests of threads share: opening, replying, and what stands below a message."""

from uuid import UUID

from estafette import conversations
from estafette.accounts import SignedIn
from estafette.conversations import Message
from estafette.conversations.actions import threads, viewing
from estafette.conversations.models.conversations import ThreadConversation
from estafette.conversations.models.threads import ThreadSummary
from tests.conversations.staff import Staff


async def opened(staff: Staff, who: SignedIn, root: Message) -> ThreadConversation:
    """The thread below a message, as who opens it sees it."""
    found = await threads.open_thread(staff.database, who, root.conversation_id, root.id)
    assert isinstance(found, ThreadConversation)
    return found


async def seen(staff: Staff, who: SignedIn, thread: UUID) -> ThreadConversation:
    """A thread as somebody sees it."""
    found = await viewing.conversation(staff.database, who.person_id, thread)
    assert isinstance(found, ThreadConversation)
    return found


async def below(staff: Staff, who: SignedIn, root: Message) -> ThreadSummary | None:
    """What somebody sees below a message in the history."""
    run = await conversations.history(staff.database, who.person_id, root.conversation_id)
    [found] = [each for each in run.items if each.id == root.id]
    return found.thread


async def followed(staff: Staff, who: SignedIn, *, unread: bool | None = None) -> list[UUID]:
    """The threads that stand in somebody's list."""
    found, _ = await threads.list_threads(staff.database, who, unread=unread, before=None, limit=30)
    return [each.id for each in found]
