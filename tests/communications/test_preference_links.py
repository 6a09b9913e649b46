"""Links to preferences: nobody can make one for another."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest

from estafette.base.ids import new_id
from estafette.base.vault import Vault
from estafette.communications.rules.preferences import Preference, PreferenceLinks

LINKS = PreferenceLinks("https://talk.example.com", Vault(b"k" * 32))
ASKED = Preference(client_id=new_id(), channel="sms", communication_id=new_id(), at=datetime(2026, 11, 30, tzinfo=UTC))


def test_a_link_says_whose_it_is_and_where_it_came_from() -> None:
    clients = [new_id(), new_id()]
    links = LINKS.links_for(ASKED.communication_id, "email", clients, ASKED.at)
    for client in clients:
        assert links[client].one_click == links[client].page
        read = LINKS.read(urlsplit(links[client].page).path.removeprefix("/preferences/"))
        assert read is not None
        assert (read.client_id, read.channel, read.communication_id, read.at) == (
            *(client, "email", ASKED.communication_id, ASKED.at),
        )


def test_without_https_there_is_no_one_click() -> None:
    links = PreferenceLinks("http://127.0.0.1:8000", Vault(b"k" * 32))
    assert links.links_for(new_id(), "email", [ASKED.client_id], ASKED.at)[ASKED.client_id].one_click is None


@pytest.mark.parametrize("at", range(0, 68, 3))
def test_a_changed_link_is_none(at: int) -> None:
    token = LINKS.token(ASKED)
    changed = token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :]
    assert LINKS.read(changed) is None


@pytest.mark.parametrize("token", ["", "x" * 68, "é" * 68, "!" * 68, LINKS.token(ASKED)[:-1], LINKS.token(ASKED) + "A"])
def test_what_is_no_link_of_ours_is_none(token: str) -> None:
    assert LINKS.read(token) is None


def test_a_link_of_another_installation_is_none() -> None:
    assert PreferenceLinks("https://x", Vault(b"o" * 32)).read(LINKS.token(ASKED)) is None
