"""E-mail over real connections: what each answer means, and what is known when a connection breaks."""

import asyncio
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import dkim
import pytest

from estafette.deliveries.models.link_faults import LinkRefused
from estafette.deliveries.models.messages import Accepted, Refused, Unknown
from estafette.deliveries.models.transport import Link
from estafette.deliveries.transports.smtp import TRANSPORT, Credentials, Settings, connection, server_of
from estafette.deliveries.transports.smtp.submitting import NothingTaken
from estafette.deliveries.transports.smtp.writing import Letter
from tests.deliveries.certificates import certificate
from tests.deliveries.claimed import Inbox, account
from tests.deliveries.smtp.servers import HANG_UP, HANG_UP_INSIDE, SAY_NOTHING, Mailbox, Scripted, scripted, server
from tests.deliveries.smtp.test_letters import KEYS, mail, pem, record
from tests.waiting import PATIENCE, eventually, turns


@asynccontextmanager
async def link_to(port: int, credentials: Credentials | None = None, **changes: Any) -> AsyncGenerator[Link, None]:
    usual: dict[str, Any] = {"host": "127.0.0.1", "port": port, "security": "none", "hello": "estafette.example"}
    settings = Settings(**{**usual, **changes})
    async with TRANSPORT.open(account(settings, credentials or Credentials()), Inbox().hand_in) as link:
        yield link


async def test_a_letter_arrives_and_is_sent_but_not_delivered() -> None:
    mailbox = Mailbox()
    async with server(mailbox) as port, link_to(port) as link:
        outcome = await link.submit(mail(text="Olá\n.dot\n..\n.\nEnd\n", html="<p>Olá</p>"))
    assert isinstance(outcome, Accepted)
    assert not outcome.delivered
    (letter,) = mailbox.letters
    assert letter["Message-ID"] == f"<{outcome.provider_ids[0]}>"
    assert (mailbox.senders, mailbox.recipients) == (["news@estafette.example"], ["ann@example.org"])
    text = letter.get_body(("plain",))
    assert text is not None
    assert text.get_content().replace("\r\n", "\n") == "Olá\n.dot\n..\n.\nEnd\n"


async def test_a_signed_letter_arrives_as_it_was_signed() -> None:
    mailbox = Mailbox()
    credentials = Credentials(dkim_private_key=pem(KEYS["ed25519"]))
    async with server(mailbox) as port, link_to(port, credentials, dkim_selector="mail") as link:
        await link.submit(mail(text=".first\n\n. Привет \t\n" + "long " * 3000, html="<b>x</b>"))
    assert dkim.verify(mailbox.arrived[0], dnsfunc=record(KEYS["ed25519"]))


async def test_connections_are_used_again_and_never_more_than_allowed() -> None:
    script = Scripted()
    async with scripted(script) as port, link_to(port, pool=3) as link:
        assert await link.capacity() == 3
        for _ in range(4):
            outcomes = await asyncio.gather(*(link.submit(mail(delivery_id=each)) for each in range(3)))
            assert all(isinstance(each, Accepted) for each in outcomes)
        assert script.most_at_once == script.connections == 3
    assert script.letters == 12


async def test_a_connection_carries_a_hundred_letters_at_most() -> None:
    script = Scripted()
    async with scripted(script) as port, link_to(port, pool=1) as link:
        for each in range(connection.LETTERS + 1):
            assert isinstance(await link.submit(mail(delivery_id=each)), Accepted)
    assert script.connections == 2


@pytest.mark.parametrize("step", ["mail", "rcpt", "data"])
@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("550 No such thing", {"permanent": True, "suppress": False}),
        ("554 5.7.1 We do not like it", {"permanent": True, "code": "policy", "suppress": False}),
        ("552 5.3.4 Too big", {"permanent": True, "code": "too_large"}),
        ("552 5.2.2 Mailbox full", {"permanent": True, "code": "mailbox_full", "suppress": False}),
        (
            "450 4.2.0 Greylisted, try again in 5 minutes",
            {"permanent": False, "retry_after": 300.0, "code": "deferred"},
        ),
        ("451 Try later", {"permanent": False, "retry_after": None, "throttled": False}),
        ("452 4.7.1 Too many messages, wait 30 seconds", {"code": "throttled", "retry_after": 30.0, "throttled": True}),
        ("451 4.7.1 come back after 90000 hours", {"permanent": False, "retry_after": 6 * 3600.0}),
    ],
)
async def test_what_the_server_refuses_is_refused_as_it_says(step: str, answer: str, expected: dict[str, Any]) -> None:
    mailbox = Mailbox(**{step: [answer, "250 OK"]})
    async with server(mailbox) as port, link_to(port, pool=1) as link:
        outcome = await link.submit(mail())
        assert isinstance(outcome, Refused)
        assert outcome.kind == "gateway"
        assert answer[:3] in outcome.reason
        assert {name: getattr(outcome, name) for name in expected} == expected
        # The next one is not troubled by it.
        assert isinstance(await link.submit(mail(delivery_id=2)), Accepted)
    assert len(mailbox.arrived) == 1


async def test_a_server_that_shuts_down_is_asked_once_more_over_a_new_connection_and_then_left_alone() -> None:
    closing = "421 4.3.2 Shutting down, try again in 2 minutes"
    mailbox = Mailbox(mail=[closing, closing, "250 OK"])
    async with server(mailbox) as port, link_to(port) as link:
        outcome = await link.submit(mail())
        assert isinstance(outcome, Refused)
        assert (outcome.permanent, outcome.code, outcome.retry_after) == (False, "deferred", 120.0)
        assert isinstance(await link.submit(mail()), Accepted)
    assert (mailbox.connections, len(mailbox.arrived)) == (3, 1)
    async with server(Mailbox(data=[closing])) as port, link_to(port) as link:
        outcome = await link.submit(mail())
        assert isinstance(outcome, Refused)
        assert (outcome.permanent, outcome.code) == (False, "deferred")
    mailbox = Mailbox(data=[closing, "250 OK"])
    async with server(mailbox) as port, link_to(port) as link:
        assert isinstance(await link.submit(mail()), Refused)
        assert isinstance(await link.submit(mail()), Accepted)
    assert mailbox.connections == 2


async def test_a_server_that_takes_something_now_and_then_is_not_lost() -> None:
    closing = "421 4.3.2 Shutting down"
    mailbox = Mailbox(mail=[*[closing] * 3, "250 OK", *[closing] * 3, "250 OK"])
    async with server(mailbox) as port, link_to(port) as link:
        losing = asyncio.create_task(link.lost())
        outcomes = [await link.submit(mail(delivery_id=each)) for each in range(6)]
        await turns()
        assert not losing.done()
        losing.cancel()
    assert [isinstance(each, Accepted) for each in outcomes] == [False, False, True, False, False, True]


@pytest.mark.parametrize("step", ["rcpt", "data"])
async def test_an_address_that_does_not_exist_is_not_written_to_again(step: str) -> None:
    async with server(Mailbox(**{step: ["550 5.1.1 No such user"]})) as port, link_to(port) as link:
        outcome = await link.submit(mail())
    assert isinstance(outcome, Refused)
    assert (outcome.permanent, outcome.code, outcome.suppress) == (True, "bad_destination", True)


@pytest.mark.parametrize(("step", "answer"), [("mail", "550 5.1.8 Bad sender"), ("rcpt", "553 5.1.7 Bad sender")])
async def test_when_the_sender_is_wrong_the_recipient_is_not_to_blame(step: str, answer: str) -> None:
    async with server(Mailbox(**{step: [answer]})) as port, link_to(port) as link:
        outcome = await link.submit(mail())
    assert isinstance(outcome, Refused)
    assert (outcome.permanent, outcome.code, outcome.suppress) == (True, "sender_refused", False)


@pytest.mark.parametrize("script", [{"mail": HANG_UP}, {"rcpt": HANG_UP}, {"data": HANG_UP}])
async def test_a_connection_lost_before_the_end_of_the_letter_means_that_nothing_was_taken(script: Any) -> None:
    async with scripted(Scripted(**script)) as port, link_to(port) as link:
        outcome = await link.submit(mail())
    assert isinstance(outcome, Refused)
    assert (outcome.permanent, outcome.code) == (False, "connection_lost")


async def test_a_connection_lost_inside_the_letter_means_that_nothing_was_taken() -> None:
    # So much that it cannot all lie in the buffers of the system.
    letter = Letter(message_id="1@x", sender="a@x.example", recipient="b@x.example", content=b"line\r\n" * 5_000_000)
    async with scripted(Scripted(data=HANG_UP_INSIDE)) as port:
        server = server_of(Settings(host="127.0.0.1", port=port, security="none", hello="x.example"), Credentials())
        with pytest.raises(NothingTaken):
            await (await connection.Connection.open(server)).carry(letter)


async def test_a_connection_lost_after_the_end_of_the_letter_leaves_it_open_and_it_is_not_sent_again() -> None:
    script = Scripted(end=HANG_UP)
    async with scripted(script) as port, link_to(port) as link:
        assert isinstance(await link.submit(mail()), Unknown)
    assert script.letters == 1


async def test_nonsense_after_the_letter_leaves_it_open() -> None:
    async with scripted(Scripted(end="what?")) as port, link_to(port) as link:
        assert isinstance(await link.submit(mail()), Unknown)


async def test_a_server_that_never_answers_is_not_waited_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    assert connection.CONNECTING + connection.OFFERING + connection.ANSWERING < 60
    # Only the step in which the server is silent is short, so that the others may take as long as they need.
    with monkeypatch.context() as shorter:
        shorter.setattr(connection, "OFFERING", 0.1)
        async with scripted(Scripted(rcpt=SAY_NOTHING)) as port, link_to(port) as link:
            outcome = await link.submit(mail())
            assert isinstance(outcome, Refused)
            assert outcome.code == "connection_lost"
    with monkeypatch.context() as shorter:
        shorter.setattr(connection, "ANSWERING", 0.1)
        async with scripted(Scripted(end=SAY_NOTHING)) as port, link_to(port) as link:
            assert isinstance(await link.submit(mail()), Unknown)
    with monkeypatch.context() as shorter:
        shorter.setattr(connection, "CONNECTING", 0.1)
        async with scripted(Scripted(greeting=SAY_NOTHING)) as port:
            with pytest.raises(LinkRefused, match="in time"):
                async with link_to(port):
                    pass


async def test_a_server_that_hung_up_on_an_idle_connection_is_asked_again_at_once() -> None:
    hung_up: list[asyncio.StreamWriter] = []
    script = Scripted()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        hung_up.append(writer)
        await script.serve(reader, writer)

    listener = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with listener, link_to(listener.sockets[0].getsockname()[1]) as link:
        assert isinstance(await link.submit(mail()), Accepted)
        hung_up[0].transport.abort()
        assert isinstance(await link.submit(mail(delivery_id=2)), Accepted)
    assert (script.letters, script.connections) == (2, 2)


async def test_a_link_is_lost_when_the_server_cannot_be_reached_any_more() -> None:
    async with scripted(Scripted(mail=HANG_UP)) as port, link_to(port) as link:
        losing = asyncio.create_task(link.lost())
        for each in range(3):
            await turns()
            assert not losing.done()
            assert isinstance(await link.submit(mail(delivery_id=each)), Refused)
        async with asyncio.timeout(PATIENCE):
            assert await losing
        outcome = await link.submit(mail(delivery_id=9))
    assert isinstance(outcome, Refused)
    assert outcome.code == "connection_lost"


async def test_cancelling_a_submission_frees_its_place_and_hangs_up() -> None:
    script = Scripted(end=SAY_NOTHING)
    async with scripted(script) as port, link_to(port, pool=1) as link:
        submitting = asyncio.create_task(link.submit(mail()))
        await eventually(lambda: script.letters == 1)
        submitting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await submitting
        assert await link.capacity() == 1
        # What that connection still says is not taken for the answer to the next letter.
        submitting = asyncio.create_task(link.submit(mail(delivery_id=2)))
        await eventually(lambda: script.letters == 2)
        assert script.connections == 2
        assert not submitting.done()
        submitting.cancel()


@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_letters_travel_encrypted(security: str, tmp_path: Path) -> None:
    authority, context = certificate(tmp_path)
    mailbox = Mailbox()
    async with server(mailbox, tls=context, wrapped=security == "tls") as port:
        async with link_to(port, security=security, certificate_authority=authority) as link:
            assert isinstance(await link.submit(mail(text="x" * 300_000)), Accepted)
        with pytest.raises(LinkRefused, match="certificate"):
            async with link_to(port, security=security):
                pass
    assert len(mailbox.arrived) == 1


async def test_a_server_without_encryption_gets_nothing_when_encryption_is_asked_for() -> None:
    async with server(Mailbox()) as port:
        for security in ("starttls", "tls"):
            with pytest.raises(LinkRefused):
                async with link_to(port, security=security):
                    pass


@pytest.mark.filterwarnings("ignore:Requiring AUTH")
async def test_who_signs_in_rightly_may_send_and_nobody_else() -> None:
    mailbox = Mailbox()
    async with server(mailbox, auth=True) as port:
        async with link_to(port, Credentials(user="ann", password="open sesame")) as link:
            assert isinstance(await link.submit(mail()), Accepted)
        with pytest.raises(LinkRefused, match="sign-in was refused: 535"):
            async with link_to(port, Credentials(user="ann", password="guess")):
                pass
        # Without a sign-in it is the gateway that is wrong, not the message.
        async with link_to(port) as link:
            outcome = await link.submit(mail())
            assert isinstance(outcome, Refused)
            assert (outcome.permanent, outcome.code) == (False, "connection_lost")
            assert "sign-in" in await link.lost()
    assert len(mailbox.arrived) == 1


async def test_where_nobody_listens_there_is_no_link() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(LinkRefused, match="No connection"):
            async with link_to(taken.getsockname()[1]):
                pass


@pytest.mark.parametrize("greeting", ["554 5.7.1 Go away", "421 Too busy", "nonsense", HANG_UP])
async def test_a_server_that_wants_nobody_gives_no_link(greeting: str) -> None:
    async with scripted(Scripted(greeting=greeting)) as port:
        with pytest.raises(LinkRefused):
            async with link_to(port):
                pass


@pytest.mark.parametrize(
    ("settings", "credentials"),
    [
        ({"dkim_selector": "mail"}, Credentials(dkim_private_key="nonsense")),
        ({}, Credentials(dkim_private_key=pem(KEYS["rsa"]))),
        ({"certificate_authority": "nonsense"}, Credentials()),
    ],
)
async def test_settings_that_cannot_work_are_said_before_anything_is_sent(
    settings: Any, credentials: Credentials
) -> None:
    async with scripted(Scripted()) as port:
        with pytest.raises(LinkRefused):
            async with link_to(port, credentials, **settings):
                pass


async def test_a_message_that_makes_no_letter_is_our_fault_and_reaches_nobody() -> None:
    script = Scripted()
    async with scripted(script) as port, link_to(port) as link:
        outcome = await link.submit(mail(recipient="nobody"))
    assert isinstance(outcome, Refused)
    assert (outcome.kind, outcome.permanent, outcome.code) == ("system", True, "unusable_message")
    assert script.letters == 0
