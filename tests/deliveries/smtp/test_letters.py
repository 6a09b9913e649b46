"""What a letter looks like: nothing in a message can make another letter of it, and its signature holds."""

import re
from base64 import b64encode
from collections.abc import Callable
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Any, cast
from uuid import uuid4

import dkim
import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from hypothesis import example, given
from hypothesis import strategies as st

from estafette.base.brief import brief
from estafette.deliveries.models.messages import ClaimedMessage, Options
from estafette.deliveries.transports.smtp import Settings
from estafette.deliveries.transports.smtp.dkim import Signer
from estafette.deliveries.transports.smtp.writing import Letter, write
from tests.deliveries.claimed import claimed

GATEWAY = uuid4()


def mail(**changes: Any) -> ClaimedMessage:
    usual = {
        "channel": "email",
        "sender": "news@estafette.example",
        "recipient": "ann@example.org",
        "subject": "Your order",
        "text": "It has left.\n",
    }
    return claimed(**{**usual, **changes})


def letter_of(sent: ClaimedMessage, signer: Signer | None = None) -> Letter:
    return write(sent, GATEWAY, "office@estafette.example", signer)


def read(letter: Letter) -> EmailMessage:
    return message_from_bytes(letter.content, policy=policy.default)


def test_text_and_html_are_two_ways_to_say_the_same() -> None:
    found = read(letter_of(mail(text="Olá, não!\r\nSecond line\n.\n", html="<p>Olá, <b>não</b>!</p>\n")))
    assert found.get_content_type() == "multipart/alternative"
    parts = list(found.iter_parts())
    assert [each.get_content_type() for each in parts] == ["text/plain", "text/html"]
    assert [cast("EmailMessage", each).get_content().replace("\r\n", "\n") for each in parts] == [
        "Olá, não!\nSecond line\n.\n",
        "<p>Olá, <b>não</b>!</p>\n",
    ]
    assert "multipart" not in read(letter_of(mail())).get_content_type()


@given(subject=st.text(max_size=400), name=st.text(max_size=60))
@example(subject="=?utf-8?q?Hi?=", name="=?utf-8?q?Hi?=")
@example(subject="Ann's family: 👩‍👩‍👧 — déjà vu", name="N° 5, rue “du” Port")
def test_whatever_a_subject_and_a_name_are_they_arrive(subject: str, name: str) -> None:
    letter = letter_of(mail(subject=subject, options=Options(sender_name=name)))
    assert b"\n" not in letter.content.replace(b"\r\n", b"")
    # The older parser: the newer one puts spaces between the encoded words of a name.
    found = message_from_bytes(letter.content, policy=policy.compat32)
    assert str(make_header(decode_header(found["Subject"]))) == brief(subject, 900)
    shown, address = parseaddr(found["From"].replace("\r\n", ""))
    assert (str(make_header(decode_header(shown))), address) == (brief(name, 200), "news@estafette.example")


def test_words_of_every_language_arrive_in_the_fields() -> None:
    subject = "Заказ № 5 уже в пути — " + "очень длинная тема " * 20
    letter = letter_of(mail(subject=subject, options=Options(sender_name="Œuvre “Ünï”, Ltd.; <x>")))
    found = read(letter)
    assert found["Subject"] == subject.strip()
    assert found["From"].addresses[0].display_name == "Œuvre “Ünï”, Ltd.; <x>"
    assert found["From"].addresses[0].addr_spec == "news@estafette.example"
    assert letter.content.isascii()
    assert max(map(len, letter.content.split(b"\r\n"))) <= 998
    assert b"\n" not in letter.content.replace(b"\r\n", b"")


def test_every_attempt_is_the_same_letter_to_its_reader() -> None:
    first, again, other = (letter_of(mail(delivery_id=each)) for each in (7, 7, 8))
    assert first.message_id == again.message_id != other.message_id
    assert read(first)["Message-ID"] == f"<{first.message_id}>"
    assert first.message_id.endswith("@estafette.example")
    assert read(first)["Date"].datetime.tzinfo is not None


def test_letters_of_one_thread_answer_one_letter_that_tells_nothing_of_it() -> None:
    thread, other = uuid4(), uuid4()
    letters = [
        read(letter_of(mail(delivery_id=id_, options=Options(thread=about))))
        for id_, about in ((1, thread), (2, thread), (3, other), (4, None))
    ]
    first, second, elsewhere, alone = letters
    assert first["Message-ID"] != second["Message-ID"]
    assert first["References"] == first["In-Reply-To"] == second["References"] == second["In-Reply-To"]
    assert re.fullmatch(r"<[0-9a-f-]{36}@estafette\.example>", first["References"])
    assert elsewhere["References"] not in (None, first["References"])
    assert (alone["References"], alone["In-Reply-To"]) == (None, None)
    assert thread.hex not in first["References"].replace("-", "")


@pytest.mark.parametrize(
    "change",
    [
        {"subject": "Hello\r\nBcc: victim@example.org\r\n\r\nBody"},
        {"subject": "Hello\nBcc: victim@example.org"},
        {"subject": "Hello\rBcc: victim@example.org\u2028Bcc: x@example.org\x85Bcc: y@example.org"},
        {"options": Options(sender_name="Ann\r\nBcc: victim@example.org")},
        {"options": Options(sender_name='"<victim@example.org>, "')},
        {"text": "Hello\r\n.\r\nMAIL FROM:<x@example.org>\r\n"},
        {"html": "<p>\r\n.\r\nBcc: victim@example.org\r\n"},
    ],
)
def test_nothing_in_a_message_adds_a_field_or_a_recipient(change: dict[str, Any]) -> None:
    found = read(letter_of(mail(**change)))
    assert found["Bcc"] is None
    assert [each.addr_spec for each in found["From"].addresses] == ["news@estafette.example"]
    assert [each.addr_spec for each in found["To"].addresses] == ["ann@example.org"]
    assert set(found.keys()) <= {
        "Message-ID", "From", "To", "Subject", "Date", "Auto-Submitted", "MIME-Version", "Content-Type",
        "Content-Transfer-Encoding",
    }  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        {"recipient": "ann@example.org\r\nRCPT TO:<victim@example.org>"},
        {"recipient": "ann@example.org, victim@example.org"},
        {"recipient": "<ann@example.org>"},
        {"recipient": "Ann <ann@example.org>"},
        {"recipient": "ann example@example.org"},
        {"recipient": "ann"},
        {"recipient": "@example.org"},
        {"recipient": "ann@"},
        {"recipient": "ann@-..example"},
        {"recipient": "жук@example.org"},
        {"sender": "news@estafette.example> SIZE=1"},
        {"sender": "Estafette"},
        {"options": Options(reply_to="help@example.org\nBcc: victim@example.org")},
        {"options": Options(unsubscribe_url="http://estafette.example/u")},
        {"options": Options(unsubscribe_url="javascript:alert(1)")},
        {"options": Options(unsubscribe_url="https://estafette.example/u>\r\nBcc: victim@example.org")},
        {"options": Options(unsubscribe_url="https://estafette.example/" + "u" * 1000)},
    ],
)
def test_an_address_or_a_url_that_is_none_makes_no_letter(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="is no"):
        letter_of(mail(**change))


def test_a_domain_in_other_letters_is_written_as_mail_servers_know_it() -> None:
    assert letter_of(mail(recipient="ann@straße.example")).recipient == "ann@xn--strae-oqa.example"


def test_a_message_without_a_sender_comes_from_the_gateways_own() -> None:
    assert letter_of(mail(sender="")).sender == "office@estafette.example"
    with pytest.raises(ValueError, match="the sender"):
        write(mail(sender=""), GATEWAY, "", None)


def test_who_may_be_answered_is_and_else_it_says_that_a_program_wrote() -> None:
    answered = read(letter_of(mail(options=Options(reply_to="help@example.org"))))
    assert (answered["Reply-To"], answered["Auto-Submitted"]) == ("help@example.org", None)
    assert read(letter_of(mail()))["Auto-Submitted"] == "auto-generated"


def test_one_click_unsubscribing_is_offered_in_one_piece() -> None:
    url = "https://estafette.example/u?" + "token=abcdefghij&" * 20
    letter = letter_of(mail(options=Options(unsubscribe_url=url)))
    assert f"List-Unsubscribe: <{url}>\r\n".encode() in letter.content
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in letter.content
    assert b"List-Unsubscribe" not in letter_of(mail()).content


def pem(key: Any) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def record(key: Any) -> Callable[..., bytes]:
    """The other half of a key, as DNS would tell it."""
    public = key.public_key()
    if isinstance(key, ed25519.Ed25519PrivateKey):
        told = b"v=DKIM1; k=ed25519; p=" + b64encode(public.public_bytes(Encoding.Raw, PublicFormat.Raw))
    else:
        told = b"v=DKIM1; k=rsa; p=" + b64encode(public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))
    return lambda name, timeout=5: told if name == b"mail._domainkey.estafette.example." else b""


KEYS = {"rsa": rsa.generate_private_key(65537, 2048), "ed25519": ed25519.Ed25519PrivateKey.generate()}


@pytest.mark.parametrize("kind", KEYS)
@pytest.mark.parametrize(
    "sent",
    [
        mail(),
        mail(text="", subject=None),
        mail(text="trailing   \n\n\ttabs\t\tand  spaces \n\n\n"),
        mail(text=".\n..\n. dots", html="<p>Привет, мир! " + "длинно " * 2000 + "</p>"),
        mail(
            subject="Очень длинная тема " * 30,
            options=Options(
                unsubscribe_url="https://estafette.example/u?" + "t" * 300,
                reply_to="help@example.org",
                sender_name="Эстафета",
            ),
        ),
    ],
)
def test_another_programme_finds_the_signature_right(kind: str, sent: ClaimedMessage) -> None:
    letter = letter_of(sent, Signer("", "mail", pem(KEYS[kind])))
    judge = dkim.DKIM(letter.content)
    assert judge.verify(dnsfunc=record(KEYS[kind]))
    assert max(map(len, letter.content.split(b"\r\n"))) <= 998
    if sent.options.unsubscribe_url:
        assert {b"list-unsubscribe", b"list-unsubscribe-post"} <= set(judge.include_headers or ())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"It has left.", b"It has Left."),
        (b"Subject: Your order", b"Subject: My order"),
        (b"/u>\r\n", b"/v>\r\n"),
        (b"=One-Click", b"=Two-Click"),
        # A second one, in front, which some programs would show instead.
        (b"From: ", b"From: boss@estafette.example\r\nFrom: "),
        (b"Subject: ", b"Subject: Urgent\r\nSubject: "),
        (b"Subject: ", b"Reply-To: thief@example.org\r\nSubject: "),
    ],
)
def test_whoever_changes_a_letter_on_its_way_breaks_the_signature(old: bytes, new: bytes) -> None:
    options = Options(unsubscribe_url="https://estafette.example/u")
    content = letter_of(mail(options=options), Signer("", "mail", pem(KEYS["rsa"]))).content
    assert dkim.verify(content, dnsfunc=record(KEYS["rsa"]))
    assert content.count(old) == 1
    assert not dkim.verify(content.replace(old, new), dnsfunc=record(KEYS["rsa"]))


def test_a_signature_can_be_of_another_domain_than_the_sender() -> None:
    content = letter_of(mail(), Signer("mailer.example", "mail", pem(KEYS["rsa"]))).content
    assert b" d=mailer.example;" in content


@pytest.mark.parametrize(
    "key",
    ["", "nonsense", pem(ec.generate_private_key(ec.SECP256R1())), pem(rsa.generate_private_key(65537, 1024))[:99]],
)
def test_a_key_that_dkim_does_not_know_signs_nothing(key: str) -> None:
    with pytest.raises(ValueError, match="DKIM key"):
        Signer("", "mail", key)


@pytest.mark.parametrize(
    ("domain", "selector"), [("", ""), ("", "mail\n"), ("x.example\r\nBcc: x", "mail"), ("", "m; d=x")]
)
def test_names_that_are_none_sign_nothing(domain: str, selector: str) -> None:
    with pytest.raises(ValueError, match="no name"):
        Signer(domain, selector, pem(KEYS["rsa"]))


@pytest.mark.parametrize(
    "wrong",
    [
        {"dkim_selector": "mail; d=other.example"},
        {"dkim_domain": "estafette.example\r\nBcc: x"},
        {"hello": "me\r\nMAIL FROM:<x>"},
        {"host": ""},
        {"port": 0},
        {"pool": 0},
        {"sender": "x" * 255},
    ],
)
def test_settings_that_would_end_up_where_they_do_harm_are_refused(wrong: dict[str, Any]) -> None:
    right = {"host": "mail.example", "dkim_domain": "estafette.example", "dkim_selector": "2026-a", "hello": "[::1]"}
    assert msgspec.convert(right, Settings).host == "mail.example"
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(right | wrong, Settings)


@given(text=st.text(max_size=300), html=st.none() | st.text(min_size=1, max_size=300))
@example(text="From here\n.\n=20 = \t\n" + "x" * 2000, html="<p>Привет</p>" * 100)
@example(text="trailing \n\n", html="é\x00\x85\u2028\ud800")
def test_whatever_is_said_arrives_in_short_lines_of_seven_bits(text: str, html: str | None) -> None:
    letter = letter_of(mail(text=text, html=html))
    assert letter.content.isascii()
    assert max(map(len, letter.content.split(b"\r\n"))) <= 998
    found = read(letter)
    parts = list(found.iter_parts()) if html else [found]
    for part, said in zip(parts, (text, html), strict=False):
        lines = cast("EmailMessage", part).get_content().replace("\r\n", "\n").removesuffix("\n").split("\n")
        assert lines == (said or "").encode("utf-8", "replace").decode().splitlines() or lines == [""]
