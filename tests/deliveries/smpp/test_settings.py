"""What an administrator may write about an SMPP gateway."""

from typing import Any

import msgspec
import pytest

from estafette.deliveries.errors import CallbackRefused
from estafette.deliveries.models.transport import Callback
from estafette.deliveries.transports import TRANSPORTS
from tests.deliveries.smpp.engine import account

TRANSPORT = TRANSPORTS["smpp"]


def test_a_host_and_a_system_id_are_enough() -> None:
    settings: Any = msgspec.convert({"host": "smpp.example.org"}, TRANSPORT.settings)
    credentials: Any = msgspec.convert({"system_id": "me"}, TRANSPORT.credentials)
    assert (settings.port, settings.tls, settings.window, credentials.password) == (2775, False, 50, "")


@pytest.mark.parametrize(
    "wrong",
    [
        {"host": ""},
        {"port": 0},
        {"port": 65_536},
        {"window": 0},
        {"window": 1001},
        {"response_timeout": 26},
        {"reference_bits": 12},
        {"receipt_ids": "octal"},
        {"time_zone": "Mars/Olympus"},
        {"time_zone": "../../etc/passwd"},
        {"system_type": "a\0b"},
        {"system_type": "longer than 12"},
        {"colour": "blue"},
    ],
)
def test_what_cannot_be_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"host": "localhost", **wrong}, TRANSPORT.settings)


@pytest.mark.parametrize("wrong", [{}, {"system_id": ""}, {"system_id": "a\0"}, {"system_id": "a", "password": "b\0"}])
def test_credentials_that_cannot_be_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(wrong, TRANSPORT.credentials)


def test_forms_can_be_made_of_both() -> None:
    schema = msgspec.json.schema(TRANSPORT.settings)["$defs"]["Settings"]
    assert schema["required"] == ["host"]
    assert schema["properties"]["response_timeout"]["maximum"] == 25
    assert msgspec.json.schema(TRANSPORT.credentials)["$defs"]["Credentials"]["required"] == ["system_id"]


def test_it_has_no_callbacks() -> None:
    with pytest.raises(CallbackRefused):
        TRANSPORT.read_callback(account(1), Callback(url="https://localhost/", headers={}, body=b""))
