"""The rules of accounts, without a database."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from unicodedata import normalize
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from estafette.accounts import credentials
from estafette.accounts.models.lists import ListCursor
from estafette.accounts.models.partners import OpeningSpan
from estafette.accounts.rules import lists, partners, people, words
from estafette.accounts.rules.forms import Form, Wrong
from estafette.accounts.rules.opening_hours import open_now, read_opening_hours
from estafette.base.errors import Invalid

MINUTE = timedelta(minutes=1)
LOCAL = st.from_regex(r"[A-Za-z0-9.+_-]{1,40}", fullmatch=True)
DOMAIN = st.from_regex(r"([A-Za-z0-9]{1,20}\.){1,3}[A-Za-z]{2,10}", fullmatch=True)
ADDRESS = st.builds("{}@{}".format, LOCAL, DOMAIN)
TIME = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59))
SPAN = st.builds(OpeningSpan, day=st.integers(0, 6), opens=TIME, closes=TIME | st.just("24:00")).filter(
    lambda span: span.opens != span.closes
)

MOMENT = st.integers(0, 10 * 366 * 24 * 60).map(lambda minutes: datetime(2020, 1, 1, tzinfo=UTC) + minutes * MINUTE)


def full_width(text: str) -> str:
    return "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in text)


@pytest.mark.parametrize("rule", [people.name, people.label, partners.name])
@pytest.mark.parametrize("text", ["\u200b", "\u2800", "\u3164", "\u0301"])
def test_a_name_that_shows_nothing_is_none(rule: Callable[[str], str], text: str) -> None:
    with pytest.raises(Wrong, match="required"):
        rule(text)


@pytest.mark.parametrize("text", ["\u200b", "\u2800 \u3164"])
def test_what_may_be_left_out_is_left_out_when_it_shows_nothing(text: str) -> None:
    assert (partners.city(text), partners.website(text), people.optional_email(text)) == (None, None, None)
    assert (partners.tagline(text), partners.description(text), partners.confirmation_text(text)) == ("", "", "")


@given(ADDRESS)
def test_an_address_is_kept_as_typed_and_compared_without_case_and_width(address: str) -> None:
    assert people.email(f" {address}\n") == address
    key = people.email_key(address)
    assert key == people.email_key(address.upper()) == people.email_key(full_width(address))
    assert people.email(full_width(address)) == full_width(address)


@given(st.text(max_size=60))
def test_what_two_addresses_have_in_common_is_stable(text: str) -> None:
    try:
        people.email(text)
    except Wrong:
        return
    key = people.email_key(text)
    assert people.email_key(key) == key
    assert key.count("@") == 1
    assert normalize("NFKC", key) == key


@pytest.mark.parametrize(
    "address",
    [
        "a",
        "@b.example",
        "a@",
        "a@b",
        "a@b@c.example",
        "a b@c.example",
        "a@b..example",
        "a@-b.example",
        "a@b-.example",
        "a@.example",
        "a@b.1",
        "a\u200b@b.example",
        "a\u202e@b.example",
        "a\u0007@b.example",
        "<script>@b.example",
        f"{'a' * 65}@b.example",
        "a@ex_ample.com",
        "é@example.com",
    ],
)
def test_what_cannot_be_an_address_is_refused(address: str) -> None:
    with pytest.raises(Wrong, match="email_invalid"):
        people.email(address)


@pytest.mark.parametrize("address", ["a@b.co", "o'neil+x@sub-domain.example", "a@пример.рф", "e@exämple.fr"])
def test_domains_of_all_alphabets_are_addresses(address: str) -> None:
    assert people.email(address) == address


@pytest.mark.parametrize(
    ("address", "code"), [(" ", "required"), ("a\0@b.example", "forbidden_character"), ("a" * 255, "too_long")]
)
def test_an_address_that_is_wrong_otherwise_says_how(address: str, code: str) -> None:
    with pytest.raises(Wrong, match=code):
        people.email(address)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("+33 6 12 34 56 78", "+33612345678"),
        ("+7 (912) 345-67-89", "+79123456789"),
        ("+55 11 91234-5678", "+5511912345678"),
        ("＋４４ 20 7946 0958", "+442079460958"),
        ("\u202a+33 6 39 98 00 09\u202c", "+33639980009"),
        ("\u202a\u202c", None),
        (" ", None),
        (None, None),
    ],
)
def test_phone_numbers_are_stored_in_one_form(typed: str | None, stored: str | None) -> None:
    assert people.phone(typed) == stored


@pytest.mark.parametrize("typed", ["0612345678", "+33", "hello", "+1 2", "+999 123 456 789", "+33612345678 ext. 5"])
def test_what_cannot_be_a_number_anywhere_is_refused(typed: str) -> None:
    with pytest.raises(Wrong, match="phone_invalid"):
        people.phone(typed)


@given(st.text(max_size=50))
def test_a_phone_number_is_refused_or_comes_out_in_one_form(text: str) -> None:
    try:
        stored = people.phone(text)
    except Wrong:
        return
    assert stored is None or (stored[0] == "+" and stored[1:].isdigit() and people.phone(stored) == stored)


@pytest.mark.parametrize(
    ("password", "code"),
    [("short", "too_short"), ("x" * 201, "too_long"), (" " * 20, "required"), ("ﷺ" * 150, "too_long")],
)
def test_passwords_have_ten_to_two_hundred_characters(password: str, code: str) -> None:
    with pytest.raises(Wrong, match=code):
        people.password(password)


@given(st.text(min_size=10, max_size=200))
def test_a_password_that_was_taken_fits_when_typed_again(password: str) -> None:
    try:
        taken = people.password(password)
    except Wrong:
        return
    assert people.password_as_typed(password) == taken


def test_time_zones_are_those_of_the_iana_database() -> None:
    assert people.time_zone("Europe/Paris") == "Europe/Paris"
    for wrong in ("", "Mars/Olympus", "../Europe/Paris", "/etc/localtime", "Europe/Paris\0"):
        with pytest.raises(Wrong, match="time_zone_unknown"):
            people.time_zone(wrong)
    assert people.known_time_zone(None) == people.known_time_zone("Etc/Unknown") == "UTC"


@pytest.mark.parametrize("text", ["a\0b", "a\nb", "a\x1bb", "a\u2028b", "a\u202eb", "a\x85b", "\ud800"])
def test_a_line_holds_no_control_characters(text: str) -> None:
    with pytest.raises(Wrong, match="forbidden_character"):
        words.line(100)(text)


@pytest.mark.parametrize("text", ["O’Neil", "<b>bold</b>", "Ёлка", "👩‍👩‍👧", "'; DROP TABLE people; --", "שלום"])
def test_a_line_holds_whatever_people_write(text: str) -> None:
    assert words.line(100)(f"  {text} ") == text


@given(st.text(max_size=80))
def test_a_line_is_refused_or_fits(text: str) -> None:
    try:
        line = words.line(20)(text)
    except Wrong:
        return
    assert 1 <= len(line) <= 20
    assert line == line.strip()
    assert "\0" not in line


@given(st.text(max_size=40), st.text(max_size=40))
def test_folding_is_stable_and_never_longer_in_words(one: str, two: str) -> None:
    assert words.folded(words.folded(one)) == words.folded(one)
    assert words.folded(f" {one}\t{two} ").split() == words.folded(f"{one} {two}").split()


def test_folding_takes_case_accents_and_width_away() -> None:
    assert words.folded("  Château  Ёлка ＡＢＣ São ") == "chateau елка abc sao"


@pytest.mark.parametrize("url", ["https://a.example", "http://a.example:8080/x?y=1#z", "https://пример.рф/путь"])
def test_a_website_is_a_web_address(url: str) -> None:
    assert partners.website(f" {url} ") == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://a.example",
        "//a.example",
        "https://",
        "https://user:secret@a.example",
        "https://a.example:99999",
        "https://[::1",
        "https://a.example/\\evil",
        "https://a.example/a b",
        "java\nscript:alert(1)",
    ],
)
def test_what_is_not_a_web_address_is_refused(url: str) -> None:
    with pytest.raises(Wrong, match="website_invalid"):
        partners.website(url)


@given(st.lists(SPAN, max_size=5), MOMENT)
def test_open_now_agrees_with_a_calendar(hours: list[OpeningSpan], local: datetime) -> None:
    def covers(span: OpeningSpan) -> bool:
        for days_ago in (0, 1):
            begin = (local - timedelta(days=days_ago)).replace(hour=0, minute=0, second=0, microsecond=0)
            if begin.weekday() != span.day:
                continue
            opens = begin + timedelta(hours=int(span.opens[:2]), minutes=int(span.opens[3:]))
            closes = begin + timedelta(hours=int(span.closes[:2]), minutes=int(span.closes[3:]))
            if closes <= opens:
                closes += timedelta(days=1)
            if opens <= local < closes:
                return True
        return False

    assert open_now(hours, "UTC", local) == any(covers(span) for span in hours)


@pytest.mark.parametrize("zone", ["Europe/Paris", "America/Sao_Paulo", "Asia/Kathmandu", "Pacific/Auckland"])
def test_the_clock_on_the_partners_own_wall_counts(zone: str) -> None:
    noon = datetime(2026, 7, 1, 12, 0, tzinfo=ZoneInfo(zone))  # a Wednesday
    hours = [OpeningSpan(day=2, opens="12:00", closes="12:01")]
    assert open_now(hours, zone, noon.astimezone(UTC))
    assert not open_now(hours, zone, noon.astimezone(UTC) + timedelta(minutes=1))


def test_a_whole_week_is_open_without_a_gap() -> None:
    hours = [OpeningSpan(day=day, opens="00:00", closes="24:00") for day in range(7)]
    start = datetime(2026, 3, 1, tzinfo=UTC)
    assert all(open_now(hours, "UTC", start + timedelta(minutes=each * 29)) for each in range(500))


def test_sunday_night_goes_on_into_monday() -> None:
    hours = [OpeningSpan(day=6, opens="23:00", closes="01:00")]
    monday = datetime(2026, 3, 2, tzinfo=UTC)
    assert open_now(hours, "UTC", monday + timedelta(minutes=59))
    assert not open_now(hours, "UTC", monday + timedelta(minutes=60))


def test_wrong_opening_hours_are_named_each_in_its_place() -> None:
    with pytest.raises(Invalid) as refused, Form() as form:
        read_opening_hours(
            form,
            "opening_hours",
            [
                OpeningSpan(day=0, opens="09:00", closes="18:00"),
                OpeningSpan(day=-1, opens="24:00", closes="٠٩:٠٠"),
                OpeningSpan(day=1, opens="10:00", closes="10:00"),
            ],
        )
    assert [(each.field, each.code) for each in refused.value.fields] == [
        ("opening_hours[1].day", "out_of_range"),
        ("opening_hours[1].opens", "time_invalid"),
        ("opening_hours[1].closes", "time_invalid"),
        ("opening_hours[2].closes", "closes_as_it_opens"),
    ]
    with pytest.raises(Invalid), Form() as form:
        read_opening_hours(form, "opening_hours", [OpeningSpan(day=0, opens="09:00", closes="18:00")] * 29)


@given(st.text(max_size=50).filter(lambda text: "\0" not in text), st.uuids())
def test_a_cursor_leads_back_to_its_place(key: str, id_: UUID) -> None:
    assert lists.position(ListCursor(key, id_).cursor()) == ListCursor(key, id_)


@given(st.text(min_size=1, max_size=80))
def test_a_made_up_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(Wrong, match="unknown"):
        lists.position(cursor)


def test_secrets_are_long_and_never_the_same() -> None:
    tokens = {credentials.new_bearer_token() for _ in range(100)}
    assert len(tokens) == 100
    assert all(len(each) == 47 and each.startswith("est_") for each in tokens)
    assert len(credentials.new_session_token()) == 43
    assert credentials.same("abc", "abc")
    assert not credentials.same("abc", "abd")
