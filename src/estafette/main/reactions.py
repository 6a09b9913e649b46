"""What follows from which change: the one page where every reaction is listed."""

from typing import Final

from estafette.base.changes import hint_party_again
from estafette.conversations import reactions as conversations
from estafette.worker import Reactions

REACTIONS: Final[Reactions] = {
    "message_sent": (conversations.index, conversations.hint_again, conversations.confirm),
    "message_edited": (conversations.index, conversations.hint_again),
    "message_deleted": (conversations.index, conversations.hint_again),
    "joined_partner": (conversations.welcome_members, hint_party_again),
    "members_changed": (hint_party_again,),
    "profile_changed": (hint_party_again,),
    "partner_changed": (hint_party_again,),
    "conversation_archived": (hint_party_again,),
    "conversation_restored": (hint_party_again,),
}
