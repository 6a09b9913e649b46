"""Conversations: who is in them, what was said, who has read it; every change numbered, nothing lost or doubled."""

from estafette.conversations.actions.appending import append
from estafette.conversations.actions.archiving import archive, restore
from estafette.conversations.actions.editing import delete_message, edit_message
from estafette.conversations.actions.feeding import read_frames, read_thread_frames
from estafette.conversations.actions.finding import list_conversations
from estafette.conversations.actions.groups import change_group, open_group
from estafette.conversations.actions.membership import invite
from estafette.conversations.actions.opening import (
    open_direct,
    open_storefront,
    storefront_conversation,
    write_to_partner,
)
from estafette.conversations.actions.pinning import set_pinned
from estafette.conversations.actions.reacting import forget_taken_back, react
from estafette.conversations.actions.reading import forget_old_marks, mark_read, tell_typing
from estafette.conversations.actions.rendering import render
from estafette.conversations.actions.rendering_later import render_refused, render_reminders
from estafette.conversations.actions.rosters import list_rosters, replace_members, roster
from estafette.conversations.actions.searching import search_everything
from estafette.conversations.actions.sending import Sender
from estafette.conversations.actions.threads import open_thread
from estafette.conversations.actions.topics import members_among, topics_of
from estafette.conversations.actions.viewing import conversation, history, may_read, ordinal_of, read_by_others
from estafette.conversations.dispatch import run_conversations
from estafette.conversations.errors import UnknownConversation, UnknownPartner
from estafette.conversations.models.conversations import Conversation, Opened, StorefrontConversation
from estafette.conversations.models.found import Kind
from estafette.conversations.models.groups import GroupChanges, NewGroup
from estafette.conversations.models.messages import Draft, History, Message
from estafette.conversations.models.rosters import Roster
from estafette.conversations.reactions import confirm
from estafette.conversations.rules import check_message
from estafette.conversations.store.messages import shares_file
from estafette.conversations.store.scheduled_messages import holds_file

__all__ = [
    "Conversation",
    "Draft",
    "GroupChanges",
    "History",
    "Kind",
    "Message",
    "NewGroup",
    "Opened",
    "Roster",
    "Sender",
    "StorefrontConversation",
    "UnknownConversation",
    "UnknownPartner",
    "append",
    "archive",
    "change_group",
    "check_message",
    "confirm",
    "conversation",
    "delete_message",
    "edit_message",
    "forget_old_marks",
    "forget_taken_back",
    "history",
    "holds_file",
    "invite",
    "list_conversations",
    "list_rosters",
    "mark_read",
    "may_read",
    "members_among",
    "open_direct",
    "open_group",
    "open_storefront",
    "open_thread",
    "ordinal_of",
    "react",
    "read_by_others",
    "read_frames",
    "read_thread_frames",
    "render",
    "render_refused",
    "render_reminders",
    "replace_members",
    "restore",
    "roster",
    "run_conversations",
    "search_everything",
    "set_pinned",
    "shares_file",
    "storefront_conversation",
    "tell_typing",
    "topics_of",
    "write_to_partner",
]
