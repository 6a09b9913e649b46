"""Document D2: bad input of every kind gets one of its sentences, with the value as it was sent."""

import json
from typing import Any

import pytest

from tests.contracts.texts import REQUEST, Program, program
from tests.processes import Site


@pytest.fixture
async def robot(here: Site) -> Program:
    return await program(here)


@pytest.mark.parametrize("letter", ["a", "é", "ж", "Ж", "語", "😀", "𝒳", "€", "\\", '"', "%", "{"])
@pytest.mark.parametrize("length", [0, 1, 9, 10, 150, 151])
async def test_a_message_has_10_to_150_characters_of_any_alphabet(robot: Program, letter: str, length: int) -> None:
    text = letter * length
    if 10 <= length <= 150:
        assert (await robot.send(message=text))["message"] == text
        return
    sentence = f'The message "{text}" needs to be between 10 and 150 chars.'
    assert await robot.refusal(json=REQUEST | {"message": text}) == (409, sentence)
    # However the letters are written in JSON.
    plain = json.dumps(REQUEST | {"message": text}, ensure_ascii=False).encode()
    assert await robot.refusal(data=plain) == (409, sentence)


@pytest.mark.parametrize("letter", ["\u0301", "\u200b", "\u3164"])
async def test_a_message_that_shows_nothing_is_refused(robot: Program, letter: str) -> None:
    text = letter * 20
    sentence = f'The message "{text}" needs to be between 10 and 150 chars.'
    assert await robot.refusal(json=REQUEST | {"message": text}) == (409, sentence)


@pytest.mark.parametrize("name", ["abc", "a" * 15, "Жук", "😀😀😀", "Something", "12345678901", "A b-c.d"])
async def test_a_name_has_3_to_15_characters(robot: Program, name: str) -> None:
    assert (await robot.send(from_=name))["from"] == name


@pytest.mark.parametrize("name", ["", "a", "ab", "a" * 16, "Жу", "😀😀", "%s", "\n\n\n", "a\x00bc", "line\nbreak"])
async def test_any_other_name_is_refused_with_its_sentence(robot: Program, name: str) -> None:
    sentence = f'The name "{name}" needs to be between 3 and 15 characters.'
    assert await robot.refusal(json=REQUEST | {"from": name}) == (409, sentence)


@pytest.mark.parametrize("number", [554899246868, 554899963369, 33612345678, 14155552671, 79161234567, 5511912345678])
async def test_a_number_is_a_possible_one_in_international_form(robot: Program, number: int) -> None:
    assert (await robot.send(to=number))["to"] == number


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ("0", "0"),
        ("-0", "-0"),
        ("1", "1"),
        ("12", "12"),
        ("-554899246868", "-554899246868"),
        ("5548992468681234", "5548992468681234"),  # 16 digits
        ("9" * 30, "9" * 30),
        ("9" * 5_000, "9" * 5_000),
        ("554899246868.0", "554899246868.0"),
        ("554899246868.5", "554899246868.5"),
        ("5.54899246868e11", "5.54899246868e11"),
        ("1E400", "1E400"),
        ("999999999999", "999999999999"),  # no such country
        ("4402012345678", "4402012345678"),  # with the zero that is dialled at home alone
        ('"554899246868"', "554899246868"),
        ('"+554899246868"', "+554899246868"),
        ('"55489924six8"', "55489924six8"),
        ('"invalid"', "invalid"),
        ('""', ""),
        ('"\\u0041"', "A"),
        ("true", "true"),
        ("false", "false"),
        ("null", "null"),
        ("[554899246868]", "[554899246868]"),
        ('{"a": 1}', '{"a": 1}'),
        ("{}", "{}"),
    ],
)
async def test_what_is_no_number_is_told_as_it_was_sent(robot: Program, sent: str, told: str) -> None:
    body = f'{{"message": "This is a message", "from": "Something", "to": {sent} , "type": "SMS"}}'.encode()
    assert await robot.refusal(data=body) == (409, f"The number {told} is a invalid number.")
    assert (await robot.ask("GET"))[1]["code"] == 404, "nothing was sent"


@pytest.mark.parametrize("type_", ["sms", "Sms", "SMS ", "", "FAX", "MMS\n", 1, True, None, ["SMS"], 1.5, {"a": "SMS"}])
async def test_a_type_is_sms_or_mms(robot: Program, type_: Any) -> None:
    told = type_ if isinstance(type_, str) else json.dumps(type_)
    body = REQUEST | {"type": type_}
    assert await robot.refusal(json=body) == (409, f"The number {told} is a invalid number.")


@pytest.mark.parametrize("value", [5, 5.5, True, None, ["This is a message"], {"text": "This is a message"}, 10**20])
async def test_a_text_of_another_type_is_told_as_json(robot: Program, value: Any) -> None:
    told = json.dumps(value)
    assert await robot.refusal(json=REQUEST | {"message": value}) == (
        409,
        f'The message "{told}" needs to be between 10 and 150 chars.',
    )
    assert await robot.refusal(json=REQUEST | {"from": value}) == (
        409,
        f'The name "{told}" needs to be between 3 and 15 characters.',
    )


async def test_the_first_bad_field_answers_in_the_order_of_the_document(robot: Program) -> None:
    sentences = {
        "message": 'The message "" needs to be between 10 and 150 chars.',
        "from": 'The name "" needs to be between 3 and 15 characters.',
        "to": "The number  is a invalid number.",
        "type": "The number  is a invalid number.",
    }
    given: dict[str, Any] = {}
    for name, sentence in sentences.items():
        assert await robot.refusal(json=given) == (409, sentence), "a missing field is told as an empty one"
        given = {name: REQUEST[name]} | given
    assert (await robot.ask("POST", json=given))[0] == 200
    # Whatever the order in which they were sent.
    reverse = {"type": "x", "to": "y", "from": "z", "message": "short"}
    assert (await robot.refusal(json=reverse))[1].startswith('The message "short"')


async def test_more_than_the_document_knows_does_no_harm(robot: Program) -> None:
    status, answer = await robot.ask("POST", json=REQUEST | {"email": "leonardo@example.com", "id": 5, "owner": None})
    assert status == 200
    assert "email" not in answer


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"}", b"not json", b"{'message': 'x'}", b'{"message": "\xff"}', b'{"message": "\\ud800"}', b"\x00",
     b'{"a": NaN}', b'{"a": 01}', b'{"a": "line\nbreak"}', b"\xef\xbb\xbf{}", b'{"a": ' + b"[" * 100_000,
     b'{"a": [1,]}', b'{"x": "\xff", "message": "This is a message"}', b"{} {}"],
)  # fmt: skip
async def test_what_is_no_json_is_400_in_the_same_shape(robot: Program, body: bytes) -> None:
    assert await robot.refusal(data=body) == (400, "The body is not valid JSON.")


@pytest.mark.parametrize("body", [b"[]", b"null", b'"text"', b"12", b"true"])
async def test_json_that_is_no_object_is_400(robot: Program, body: bytes) -> None:
    assert await robot.refusal(data=body) == (400, "The body is not a JSON object.")


async def test_a_body_beyond_all_bounds_is_refused_in_the_same_shape(robot: Program) -> None:
    assert (await robot.refusal(json=REQUEST | {"message": "x" * 3_000_000}))[0] == 413


async def test_the_text_stays_what_it_was(robot: Program) -> None:
    for text in (
        "<script>alert(1)</script>",
        "'; DROP TABLE deliveries; --",
        "%s {0} \\n $1 text",
        "tab\tand\nline 123",
    ):
        sent = await robot.send(message=text)
        assert (await robot.ask("GET", f"/{sent['id']}"))[1]["message"] == text
