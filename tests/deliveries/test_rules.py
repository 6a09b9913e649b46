"""When it is tried again, how fast it may go, what may be sent."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from estafette.base.errors import Invalid
from estafette.deliveries import NewDelivery, check
from estafette.deliveries.models.messages import Channel, Medium, Options, Refused
from estafette.deliveries.rules import pace
from estafette.deliveries.rules.receipts import look_again_in
from estafette.deliveries.rules.retries import pause, retry_after
from tests.deliveries import ANN, text_message

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def refused(code: str = "other", **more: Any) -> Refused:
    base = Refused(kind="gateway", permanent=False, code=code, reason="")
    return msgspec.structs.replace(base, **more)


@pytest.mark.parametrize(
    ("channel", "code", "delays"),
    [
        ("sms", "throttled", [30] * 20 + [None]),
        ("sms", "system_error", [30, 30, None]),
        ("sms", "submit_failed", [30, 30, None]),
        ("sms", "queue_full", [180, 180, None]),
        ("sms", "connection_lost", [1, 2, 4, 8, 16, 32, 60, 60, 60]),
        ("push", "whatever", [5, 10, 20, 40, 80, 160, 320, 640, 900, 900]),
        ("whatsapp", "pair_throttled", [4, 16, 64, 256, 1024, 4096, 4096, 4096, None]),
        ("email", "greylisted", [300, 390, 507, 659.1]),
    ],
)
def test_delays_by_kind_of_refusal(channel: Channel, code: str, delays: list[float | None]) -> None:
    found = [retry_after(channel, refused(code), count, 0.5) for count in range(1, len(delays) + 1)]
    assert found == [None if each is None else pytest.approx(each) for each in delays]


@given(st.sampled_from(["sms", "email"]), st.integers(1, 10_000), st.floats(0, 1), st.none() | st.floats(0, 10_000))
def test_delays_are_spread_and_never_earlier_than_asked_for(
    channel: Channel, count: int, chance: float, asked: float | None
) -> None:
    found = retry_after(channel, refused(retry_after=asked), count, chance)
    assert found is not None
    if asked is None:
        assert 0.8 * 5 <= found <= 1.2 * 14_400 + 0.001
    else:
        assert asked <= found <= asked * 1.2


def test_what_is_refused_for_good_is_not_tried_again() -> None:
    assert retry_after("sms", refused(permanent=True, retry_after=1), 1, 0) is None


def test_a_gateway_that_is_asked_too_fast_rests_as_long_as_it_says_but_not_for_ever() -> None:
    assert pause(refused(throttled=True)) == 5
    assert pause(refused(throttled=True, retry_after=60)) == 60
    assert pause(refused(throttled=True, retry_after=1e9)) == 600


@given(st.lists(st.tuples(st.integers(1, 11), st.floats(0, 2)), max_size=200), st.floats(0.1, 100))
def test_in_any_time_no_more_goes_out_than_the_pace_allows(steps: list[tuple[int, float]], rate: float) -> None:
    tokens, sent, elapsed = pace.burst(rate), 0, 0.0
    for size, seconds in steps:
        tokens = pace.refilled(tokens, seconds, rate)
        elapsed += seconds
        if pace.affordable(tokens, rate, [size]):
            tokens -= size
            sent += size
    # A message that is larger than the bucket leaves a debt that the next ones pay.
    assert sent <= pace.burst(rate) + elapsed * rate + 11 + 1e-6


@given(st.floats(-20, 100), st.floats(0.5, 100), st.integers(1, 11))
def test_after_the_wait_it_may_go_out(tokens: float, rate: float, size: int) -> None:
    assert pace.affordable(pace.refilled(tokens, pace.wait(tokens, rate, size) + 1e-6, rate), rate, [size]) == 1


def test_a_clock_that_is_set_back_takes_nothing_away() -> None:
    assert pace.refilled(3, -100, 10) == 3


def test_looking_for_the_delivery_of_an_early_receipt_gets_rarer_and_ends() -> None:
    age, looks = timedelta(0), 0
    while (pause_ := look_again_in(age)) is not None:
        assert timedelta(seconds=1) <= pause_ <= timedelta(minutes=10)
        age += pause_
        looks += 1
    assert timedelta(hours=72) <= age <= timedelta(hours=72, minutes=10)
    assert looks < 500


def mail(**more: Any) -> NewDelivery:
    base = NewDelivery(owner_id=ANN, channel="email", sender="", recipient="a@b.org", text="x", subject="s")
    return msgspec.structs.replace(base, **more)


def whatsapp(**changes: Any) -> NewDelivery:
    base = NewDelivery(owner_id=ANN, channel="whatsapp", sender="", recipient="+33612345678", text="Good day")
    return msgspec.structs.replace(base, **changes)


def ready(*variables: str) -> NewDelivery:
    options = Options(template="order_ready", template_language="fr", variables=variables)
    return whatsapp(text="", options=options)


def push(**more: Any) -> NewDelivery:
    base = NewDelivery(owner_id=ANN, channel="push", sender="", recipient=str(uuid4()), text="x")
    return msgspec.structs.replace(base, **more)


def mms(**more: Any) -> NewDelivery:
    base = NewDelivery(owner_id=ANN, channel="mms", sender="", recipient="+33612345678", text="x")
    return msgspec.structs.replace(base, **more)


def picture(url: str) -> Medium:
    return Medium(url=url)


@pytest.mark.parametrize(
    "new",
    [
        text_message("x"),
        text_message("é" * 1_600),
        text_message(to="+554899246868"),  # possible, though Brazil has numbered anew since
        text_message(to="+55 48 9924-6868"),
        msgspec.structs.replace(text_message(), sender=""),
        msgspec.structs.replace(text_message(), sender="abc"),
        msgspec.structs.replace(text_message(), sender="a" * 15),
        text_message(send_at=NOW - timedelta(days=1)),
        text_message(send_at=NOW + timedelta(days=366)),
        text_message(expires_at=NOW + timedelta(seconds=1)),
        mms(text="", media=tuple(picture(f"https://a.org/{n}") for n in range(10))),
        mail(html="<p>" * 66_666, text=""),
        mail(recipient="ola+x@exämple.org"),
        push(text='"' * 1_900),
        mail(options=Options(unsubscribe_url="https://a.org/u?x=1", reply_to="a@b.org", sender_name="Ana")),
        push(options=Options(topic="a" * 32, url="/")),
        push(subject="t" * 120, text="x" * 2_000),
        whatsapp(),
        whatsapp(text="x" * 4_096),
        whatsapp(text="", options=Options(media="https://a.org/x.png")),
        whatsapp(text="", options=Options(template="order_ready", template_language="pt_BR", variables=("Ana",))),
    ],
)
def test_what_may_be_sent(new: NewDelivery) -> None:
    checked = check(new, NOW)
    if new.channel in ("sms", "mms"):
        assert checked.recipient == new.recipient.replace(" ", "").replace("-", "")


@pytest.mark.parametrize(
    ("new", "field", "code"),
    [
        (text_message(""), "text", "required"),
        (text_message(" \n"), "text", "required"),
        (text_message("x" * 1_601), "text", "too_long"),
        (text_message("a\0b"), "text", "forbidden_character"),
        (text_message("a\ud800"), "text", "forbidden_character"),
        (text_message(to="33612345678"), "to", "phone_invalid"),
        (text_message(to="+12"), "to", "phone_invalid"),
        (text_message(to="+3361234567890123"), "to", "phone_invalid"),
        (text_message(to="+33612345678 ext. 5"), "to", "phone_invalid"),
        (text_message(to="+abc"), "to", "phone_invalid"),
        (text_message(to="+" + "1" * 10_000), "to", "phone_invalid"),
        (text_message(to=""), "to", "phone_invalid"),
        (msgspec.structs.replace(text_message(), sender="ab"), "from", "sender_invalid"),
        (msgspec.structs.replace(text_message(), sender="a" * 16), "from", "sender_invalid"),
        (msgspec.structs.replace(text_message(), sender="abc\r\n"), "from", "forbidden_character"),
        (text_message(urgency=3), "urgency", "out_of_range"),
        (text_message(key=""), "key", "too_long"),
        (text_message(key="k" * 256), "key", "too_long"),
        (text_message(send_at=NOW + timedelta(days=367)), "send_at", "too_far_ahead"),
        (text_message(expires_at=NOW), "expires_at", "ends_before_it_begins"),
        (text_message(expires_at=NOW + timedelta(days=367)), "expires_at", "too_far_ahead"),
        (text_message(subject="s"), "subject", "not_for_channel"),
        (text_message(html="h"), "html", "not_for_channel"),
        (text_message(media=(picture("https://a.org/x"),)), "media", "not_for_channel"),
        (mms(text=""), "text", "required"),
        (mms(media=(picture("ftp://a.org/x"),)), "media", "url_invalid"),
        (mms(media=(picture("https:///x"),)), "media", "url_invalid"),
        (mms(media=(picture("https://a.org:99999/x"),)), "media", "url_invalid"),
        (mms(media=tuple(picture("https://a.org/x") for _ in range(11))), "media", "too_many"),
        (mms(media=(picture("https://a.org/\0"),)), "media[0].url", "forbidden_character"),
        (mms(media=(picture("https://a.org/\udc80"),)), "media[0].url", "forbidden_character"),
        (mms(media=(Medium(url="https://a.org/x", media_type="i\0"),)), "media[0].media_type", "forbidden_character"),
        (mms(media=(Medium(url="https://a.org/x", media_type="i" * 101),)), "media[0].media_type", "too_long"),
        (text_message(options=Options(topic="a\0b")), "options.topic", "forbidden_character"),
        (text_message(options=Options(topic="news")), "options.topic", "not_for_channel"),
        (text_message(options=Options(reply_to="a@b.org")), "options.reply_to", "not_for_channel"),
        (mms(media=(picture("https://a.org/x"),), options=Options(url="/")), "options.url", "not_for_channel"),
        (mail(options=Options(topic="news")), "options.topic", "not_for_channel"),
        (text_message(options=Options(variables=("a",))), "options.variables", "not_for_channel"),
        (text_message(options=Options(notice=True)), "options.notice", "not_for_channel"),
        (whatsapp(recipient="nobody"), "to", "phone_invalid"),
        (whatsapp(text=" "), "text", "required"),
        (whatsapp(text="x" * 4_097), "text", "too_long"),
        (whatsapp(text="x" * 1_025, options=Options(media="https://a.org/x.png")), "text", "too_long"),
        (whatsapp(sender="Bakery"), "from", "not_for_channel"),
        (whatsapp(subject="Hello"), "subject", "not_for_channel"),
        (whatsapp(media=(picture("https://a.org/x"),)), "media", "not_for_channel"),
        (whatsapp(options=Options(media="ftp://a.org/x")), "options.media", "url_invalid"),
        (whatsapp(options=Options(template="Order ready")), "options.template", "template_name_invalid"),
        (whatsapp(options=Options(template="order_ready")), "options.template_language", "required"),
        (
            whatsapp(options=Options(template_language="Portuguese")),
            "options.template_language",
            "language_code_invalid",
        ),
        (whatsapp(options=Options(variables=("a",))), "options.variables", "no_template"),
        (ready(*["a"] * 101), "options.variables", "too_many"),
        (ready("a", " "), "options.variables[1]", "required"),
        (ready("a" * 1_025), "options.variables[0]", "too_long"),
        (ready("a\0"), "options.variables[0]", "forbidden_character"),
        (push(options=Options(sender_name="Bakery")), "options.sender_name", "not_for_channel"),
        (mail(recipient="nobody"), "to", "email_invalid"),
        (mail(recipient="a@ex_ample.com"), "to", "email_invalid"),
        (mail(recipient="é@example.com"), "to", "email_invalid"),
        (mail(sender="é@example.com"), "from", "email_invalid"),
        (mail(options=Options(reply_to="a@ex_ample.com")), "options.reply_to", "email_invalid"),
        (mail(subject="\u200b"), "subject", "required"),
        (mail(text="\u2800", html="\u3164"), "text", "required"),
        (text_message("\u200b\u0301"), "text", "required"),
        (push(text="\u3164"), "text", "required"),
        (mail(recipient="a@b.org\r\nBcc: c@d.org"), "to", "email_invalid"),
        (mail(recipient="a" * 250 + "@b.org"), "to", "email_invalid"),
        (mail(sender="nobody"), "from", "email_invalid"),
        (mail(subject=None), "subject", "required"),
        (mail(subject="s" * 251), "subject", "too_long"),
        (mail(subject="a\nb"), "subject", "forbidden_character"),
        (mail(text=""), "text", "required"),
        (mail(text="x" * 200_001), "text", "too_long"),
        (mail(html="x" * 200_001), "html", "too_long"),
        (mail(options=Options(unsubscribe_url="http://a.org")), "options.unsubscribe_url", "url_invalid"),
        (mail(options=Options(unsubscribe_url="https://a.org/é")), "options.unsubscribe_url", "url_invalid"),
        (mail(options=Options(unsubscribe_url=f"https://a.org/{'u' * 900}")), "options.unsubscribe_url", "url_invalid"),
        (mail(options=Options(reply_to="nobody")), "options.reply_to", "email_invalid"),
        (mail(options=Options(sender_name="n" * 101)), "options.sender_name", "too_long"),
        (push(recipient="nobody"), "to", "unknown"),
        (push(subject="t" * 121), "subject", "too_long"),
        (push(text="x" * 2_001), "text", "too_long"),
        (push(text="ж" * 2_000), "text", "payload_too_large"),
        (push(text='"' * 2_000), "text", "payload_too_large"),
        (push(text="\x01" * 700 + "x"), "text", "payload_too_large"),
        (push(text="x" * 2_000, options=Options(url="/" + '"' * 1_000)), "text", "payload_too_large"),
        (push(options=Options(topic="a b")), "options.topic", "topic_invalid"),
        (push(options=Options(url="//evil.org")), "options.url", "path_invalid"),
        (push(options=Options(url="/\\evil.org")), "options.url", "path_invalid"),
        (push(options=Options(url="https://evil.org")), "options.url", "path_invalid"),
    ],
)
def test_what_may_not_be_sent_and_which_field_is_wrong(new: NewDelivery, field: str, code: str) -> None:
    with pytest.raises(Invalid) as caught:
        check(new, NOW)
    assert (field, code) in {(each.field, each.code) for each in caught.value.fields}


@pytest.mark.parametrize(
    ("new", "recipient"),
    [
        (text_message(to="\u202a+33 6 39 98 00 09\u202c"), "+33639980009"),
        (mms(recipient="＋33 6 39 98 00 09"), "+33639980009"),
        (mail(recipient="user@example.com\u202c"), "user@example.com"),
    ],
)
def test_a_pasted_recipient_is_read_as_in_a_profile(new: NewDelivery, recipient: str) -> None:
    assert check(new, NOW).recipient == recipient


@given(
    st.text(max_size=60),
    st.text(max_size=60),
    st.text(max_size=20),
    st.builds(
        Options,
        **dict.fromkeys(Options.__struct_fields__, st.none() | st.text(max_size=20))
        | {"variables": st.lists(st.text(max_size=20), max_size=3).map(tuple), "notice": st.booleans()},
    ),
    st.lists(st.builds(Medium, url=st.text(max_size=40), media_type=st.none() | st.text(max_size=20)), max_size=3),
)
def test_whatever_is_sent_is_judged_and_never_a_surprise(
    to: str, text: str, sender: str, options: Options, media: list[Medium]
) -> None:
    for channel in ("sms", "mms", "email", "push", "whatsapp"):
        new = NewDelivery(
            owner_id=ANN,
            channel=channel,
            sender=sender,
            recipient=to,
            text=text,
            subject=text,
            options=options,
            media=tuple(media),
        )
        with suppress(Invalid):
            assert check(new, NOW).text == text
