"""What follows from which change: the one page where every reaction is listed."""

from typing import Final

from estafette.conversations import reactions as conversations
from estafette.worker import Reactions

REACTIONS: Final[Reactions] = {
    "message_sent": (conversations.confirm, conversations.index, conversations.hint_again),
    "message_edited": (conversations.index, conversations.hint_again),
    "message_deleted": (conversations.index, conversations.hint_again),
    "members_changed": (conversations.welcome_members,),
}
