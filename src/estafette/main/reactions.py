"""What follows from which change: the one page where every reaction is listed."""

from typing import Final

from estafette.conversations import reactions as conversations
from estafette.worker import Reactions

REACTIONS: Final[Reactions] = {
    "message_sent": (conversations.index, conversations.hint_again, conversations.confirm),
    "message_edited": (conversations.index, conversations.hint_again),
    "message_deleted": (conversations.index, conversations.hint_again),
    "joined_partner": (conversations.welcome_members,),
}
