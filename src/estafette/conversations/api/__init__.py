"""The native HTTP interface of conversations: each handler decodes, calls one verb, encodes."""

from estafette.conversations.api import conversations, groups, messages

ENDPOINTS = [
    conversations.list_conversations,
    conversations.count_unread,
    conversations.write_to_partner,
    conversations.conversation_with_partner,
    conversations.get_conversation,
    conversations.get_changes,
    conversations.mark_read,
    conversations.archive,
    conversations.restore,
    messages.list_messages,
    messages.send_message,
    messages.edit_message,
    messages.delete_message,
    messages.list_seen,
    messages.search_messages,
    groups.open_direct,
    groups.open_group,
    groups.find_channels,
    groups.change_group,
    groups.list_members,
    groups.invite,
    groups.join,
    groups.leave,
    groups.set_level,
    groups.set_role,
    groups.remove,
]
