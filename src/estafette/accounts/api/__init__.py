"""The native HTTP interface of accounts: each handler decodes, calls one verb, encodes."""

from typing import Any, Final

from estafette.accounts.api import entrance, me, partners, people, streams, tokens

HANDLERS: Final[list[Any]] = [
    entrance.set_up,
    entrance.sign_up,
    entrance.sign_in,
    entrance.list_sessions,
    entrance.sign_out,
    entrance.end_session,
    entrance.end_other_sessions,
    me.get_me,
    me.change_me,
    me.change_password,
    me.list_contact_profiles,
    me.add_contact_profile,
    me.change_contact_profile,
    me.delete_contact_profile,
    tokens.list_tokens,
    tokens.create_token,
    tokens.revoke_token,
    tokens.list_tokens_of,
    tokens.create_service_token,
    tokens.revoke_token_of,
    people.list_people,
    people.add_person,
    people.get_person,
    people.change_person,
    partners.list_partners,
    partners.add_partner,
    partners.get_partner,
    partners.change_partner,
    partners.list_members,
    partners.put_member,
    partners.remove_member,
    streams.list_own_changes,
    streams.list_partner_changes,
]
