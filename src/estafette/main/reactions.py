"""What follows from which change: the one page where every reaction is listed."""

from estafette.base.changes import hint_party_again
from estafette.communications import reactions as communications
from estafette.contact_requests import reactions as contact_requests
from estafette.conversations import reactions as conversations
from estafette.deliveries import INBOUND_RECEIVED
from estafette.notifications.reactions import Letters, wake
from estafette.worker import Reactions


def reactions(origin: str) -> Reactions:
    """Every reaction; `origin` is the address that people use, for the links in letters."""
    letters = Letters(origin)
    return {
        "message_sent": (
            conversations.index,
            conversations.index_names,
            conversations.hint_again,
            conversations.confirm,
            conversations.notify,
        ),
        "message_edited": (conversations.index, conversations.hint_again),
        "message_deleted": (conversations.index, conversations.hint_again, conversations.end_silent),
        "message_pinned": (conversations.index, conversations.hint_again),
        "message_unpinned": (conversations.index, conversations.hint_again),
        "reaction_added": (conversations.index, conversations.hint_again),
        "reaction_removed": (conversations.index, conversations.hint_again),
        "file_text_ready": (conversations.index_files,),
        "opened": (conversations.hint_again,),
        "member_joined": (conversations.hint_again,),
        "member_left": (conversations.hint_again,),
        "members_added": (conversations.hint_again,),
        "member_changed": (conversations.hint_again,),
        "conversation_changed": (conversations.hint_again,),
        "left_organisation": (conversations.hand_over_groups, hint_party_again),
        "joined_partner": (conversations.welcome_members, hint_party_again),
        "members_changed": (hint_party_again,),
        "profile_changed": (wake, hint_party_again),
        "do_not_disturb_changed": (wake, hint_party_again),
        "colleague_changed": (hint_party_again,),
        "colleagues_changed": (hint_party_again,),
        "contacts_changed": (hint_party_again,),
        "partner_changed": (hint_party_again,),
        "contact_requested": (contact_requests.notify_partner, contact_requests.index, hint_party_again),
        "contact_request_changed": (hint_party_again,),
        "adverts_changed": (hint_party_again,),
        "conversation_archived": (hint_party_again,),
        "conversation_restored": (hint_party_again,),
        "invitation_requested": (letters.mail_invitations, hint_party_again),
        "invitations_changed": (hint_party_again,),
        "link_requested": (letters.mail_links, hint_party_again),
        "client_erased": (communications.forget_erased,),
        INBOUND_RECEIVED: (communications.take_inbound,),
        "password_changed": (letters.mail_password_changed, hint_party_again),
    }
