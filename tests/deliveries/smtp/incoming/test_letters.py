"""What letters say that come back: reports, complaints, answers, and notes of programs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from estafette.deliveries.models.inbound import InboundMessage
from estafette.deliveries.models.messages import Receipt
from estafette.deliveries.transports.smtp.incoming import read_letter
from tests.deliveries.engine import Engine
from tests.deliveries.smtp.incoming.letters import OURS, answer, complaint, notification


def receipt(raw: bytes) -> Receipt:
    told = read_letter(raw)
    assert isinstance(told, Receipt)
    return told


def message(raw: bytes) -> InboundMessage:
    told = read_letter(raw)
    assert isinstance(told, InboundMessage)
    return told


@pytest.mark.parametrize(
    ("status", "diagnostic", "code"),
    [
        ("5.1.1", "", "bad_destination"),
        ("5.0.0", "smtp; 550 5.1.1 no such user", "bad_destination"),
        ("5.0.0", "x-unix; 5.2.2 over quota", "mailbox_full"),
        ("5.2.1", "smtp; 550 mailbox disabled", "mailbox_unavailable"),
        ("5.7.1", "smtp; 554 spam", "policy"),
        ("5.1.8", "smtp; 501 bad sender", "sender_refused"),
        ("4.4.7", "X-Postfix; delivery timed out", "expired"),
        ("5.0.0", "smtp; 550 no", "recipient_refused"),
        ("", "nonsense", "recipient_refused"),
    ],
)
def test_a_letter_that_comes_back_failed_and_says_why(status: str, diagnostic: str, code: str) -> None:
    told = receipt(notification("failed", status, diagnostic or "smtp; 550 5.1.1 User unknown"))
    assert (told.provider_id, told.status, told.kind, told.code) == (OURS, "failed", "operator", code)
    assert told.fault is None


@pytest.mark.parametrize(
    ("action", "status"), [("delayed", "accepted"), ("relayed", "accepted"), ("Delivered", "delivered")]
)
def test_what_is_not_the_end_is_no_failure(action: str, status: str) -> None:
    assert receipt(notification(action, "4.4.1")).status == status


def test_a_report_that_returns_the_head_only_is_understood() -> None:
    raw = notification().replace(b"Content-Type: message/rfc822", b"Content-Type: text/rfc822-headers")
    assert receipt(raw).provider_id == OURS


def test_a_report_in_plain_words_is_understood_when_it_names_a_letter_of_ours() -> None:
    text = (
        f"Sorry, no mailbox here by that name.\n550 5.1.1 unknown user\n\n--- Below is a copy.\nMessage-ID: <{OURS}>\n"
    )
    told = receipt(answer(text, fields="Return-Path: <>\n"))
    assert (told.provider_id, told.status, told.code) == (OURS, "failed", "bad_destination")


@pytest.mark.parametrize("returned", ["Message-ID: <other@example.com>\n\nx", "Subject: none\n\nx"])
def test_a_report_about_a_letter_of_somebody_else_is_nobodys_answer(returned: str) -> None:
    assert message(notification(returned=returned)).automatic


@pytest.mark.parametrize(("kind", "code"), [("abuse", "complained"), ("fraud", "complained"), ("not-spam", "not_spam")])
def test_a_complaint_names_the_letter(kind: str, code: str) -> None:
    told = receipt(complaint(kind))
    assert (told.provider_id, told.code, told.reason) == (OURS, code, kind)


def test_an_answer_has_its_sender_its_words_and_what_it_answers() -> None:
    told = message(
        answer("Oui, à dix heures.\n\nLe lun. 30 nov. 2026 à 10:00, Talk <talk@example.com> a écrit :\n> Bonjour\n")
    )
    assert (told.sender, told.sender_name, told.recipient) == ("ann@example.org", "Ann Bénard", "talk@example.com")
    assert (told.subject, told.text) == ("Re: Projet á voir", "Oui, à dix heures.")
    assert told.answers == (OURS, "first@x")
    assert told.provider_id == "abc@example.org"
    assert not told.automatic


@pytest.mark.parametrize(
    "text",
    [
        "Yes\n\nOn Mon, Nov 30, 2026 at 10:00 AM Talk <t@x> wrote:\n> Hello",
        "Yes\n\nEm seg., 30 de nov. de 2026, Talk <t@x> escreveu:\n> Hello",
        "Yes\n\nпн, 30 нояб. 2026 г. в 10:00, Talk <t@x> пишет:\n> Hello",
        "Yes\n\n-----Original Message-----\nFrom: Talk\nHello",
        "Yes\n\nFrom: Talk <t@x>\nSent: Monday\nHello",
        "> Hello?\nYes",
    ],
)
def test_what_an_answer_quotes_is_not_its_words(text: str) -> None:
    assert message(answer(text)).text == "Yes"


def test_of_an_answer_in_html_the_text_is_what_a_reader_sees() -> None:
    told = message(answer("<html><style>p {}</style><p>Yes &amp; <b>no</b></p></html>", kind="text/html"))
    assert told.text == "Yes & no"


@pytest.mark.parametrize(
    "fields",
    ["Auto-Submitted: auto-replied (vacation)\n", "Precedence: bulk\n", "X-Autoreply: yes\n", "Return-Path: <>\n"],
)
def test_a_note_about_a_holiday_is_nobodys_answer(fields: str) -> None:
    assert message(answer("I am away.", fields=fields)).automatic


def test_a_person_is_no_program() -> None:
    assert not message(answer(fields="Auto-Submitted: no\nReturn-Path: <ann@example.org>\n")).automatic


@pytest.mark.parametrize(
    "kind", ["text/plain; charset=nonsense", "text/plain; charset=utf-7", "nonsense", "multipart/mixed"]
)
def test_a_letter_of_a_wrong_kind_is_a_message_all_the_same(kind: str) -> None:
    assert message(answer("Yes", kind=kind)).sender == "ann@example.org"


async def test_letters_of_odd_bytes_are_stored(engine: Engine) -> None:
    head = b'From: "\xff\x00\xed\xa0\x80" <a\xff@example.org>\r\nMessage-ID: <\xfe\x00@x>\r\n'
    odd = head + b"Subject: =?utf-8?b?7aCA?=\r\n\r\n\x00\xff"
    told = [read_letter(odd), read_letter(b"From: a@b\r\nReferences: <\xff@x>\r\n\r\n")]
    await engine.told(*told, InboundMessage(body=b"x", channel="sms", sender="\ud800", text="\ud800\0"))
    assert await engine.database.fetchval("SELECT count(*) FROM inbound_messages") == 3


@given(
    st.binary(max_size=400)
    | st.binary(max_size=200).map(lambda each: notification()[:900] + each + notification()[900:])
)
def test_whatever_comes_is_kept(raw: bytes) -> None:
    assert read_letter(raw).body == raw


POISONED = [
    "Content-Type: text/plain; charset=idna\n\nYes",
    "Content-Type: text/plain; charset=undefined\n\nYes",
    'Content-Type: text/plain; charset="\0"\n\nYes',
    "Content-Type: text/html\n\n<p>Yes<![x]>",
    f"Content-Type: text/html\n\n<p>Yes</p>{'<!-- >' * 30_000}",
]


@pytest.mark.parametrize("rest", POISONED)
def test_nothing_that_a_stranger_writes_keeps_an_answer_from_being_read(rest: str) -> None:
    told = message(b"From: ann@example.org\nMessage-ID: <a@x>\n" + rest.encode())
    assert told.text.startswith("Yes")


IN_ONE_ANOTHER = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(1_500))


@pytest.mark.parametrize(
    "raw",
    [
        b"From: a@b.cc\n" + IN_ONE_ANOTHER,
        b"From: a@b.cc\n" + b"Content-Type: message/rfc822\n\nFrom: a@b.cc\n" * 1_500 + b"\nx",
        b"From: " + b"(" * 1_900 + b" a@b.cc\n\nx",
    ],
)
def test_a_letter_that_nobody_can_read_is_kept_as_that(raw: bytes) -> None:
    told = receipt(raw)
    assert (told.fault, told.body) == ("unreadable", raw[:65_536])
