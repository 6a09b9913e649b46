"""Gateways of a settings file: there from the start, changed and removed with the file, and said plainly when wrong."""

import json
from pathlib import Path

import pytest

from tests.cli.running import Up, estafette, refusal, up
from tests.ports import free_port
from tests.prepared import installed

LAB = """
[[gateway]]
name = "Lab"
transport = "folder"
channels = ["sms", "email"]
priority = 7

[gateway.settings]
delivers = false
"""
CARRIER = """
[[gateway]]
name = "Carrier"
transport = "smpp"
channels = ["sms"]
[gateway.settings]
host = "smsc.example.com"
[gateway.credentials]
system_id = "us"
password = "s3cret!!"
"""


@pytest.fixture
def file(data: Path) -> Path:
    return data.parent / "gateways.toml"


def administrator(data: Path) -> str:
    who = ("--email", "root@example.com", "--name", "Root", "--role", "administrator", "--password-stdin")
    assert estafette("user", "add", "--data", data, *who, given="correct horse battery staple\n").returncode == 0
    done = estafette("token", "create", "--data", data, "--email", "root@example.com", "--scope", "admin", "--scope",
                     "write", "--scope", "read")  # fmt: skip
    return done.stdout.strip()


def gateways(running: Up, token: str) -> dict[str, dict[str, object]]:
    status, found = running.ask("GET", "/api/v1/gateways", Authorization=f"Bearer {token}")
    assert status == 200, found
    return {each["name"]: each for each in found["items"]}


def test_the_gateways_are_those_of_the_file_and_web_push(data: Path, file: Path) -> None:
    file.write_text(LAB + CARRIER)
    with up(installed(data), "--gateways", file) as running:
        token = administrator(data)
        found = gateways(running, token)
        assert found.keys() == {"Lab", "Carrier", "Web Push"}
        assert (found["Lab"]["managed"], found["Web Push"]["managed"]) == (True, False)
        assert (found["Lab"]["priority"], found["Lab"]["settings"]) == (7, {"delivers": False, "fails": 0})
        assert "s3cret" not in json.dumps(found)
        path = f"/api/v1/gateways/{found['Lab']['id']}"
        for method in ("PUT", "DELETE"):
            body = {"name": "x", "transport": "folder", "channels": ["sms"]} if method == "PUT" else None
            status, answer = running.ask(method, path, body, Authorization=f"Bearer {token}")
            assert (status, answer["code"]) == (409, "managed_elsewhere")
        # The same data folder may be started again, with the same file or another one.
    file.write_text(LAB.replace("7", "8"))
    with up(data, "--gateways", file) as running:
        again = gateways(running, token)
        assert again.keys() == {"Lab", "Web Push"}
        assert (again["Lab"]["id"], again["Lab"]["priority"]) == (found["Lab"]["id"], 8)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("[[gateway]\n", "is wrong: "),
        ('[[gateway]]\nname = "Lab"\n', "missing required field `transport`"),
        ("[gateways]\n", "unknown field `gateways`"),
        (LAB.replace("folder", "pigeon"), "Gateway 1 ('Lab')"),
        (LAB.replace("delivers = false", "delivers = 5"), "settings.delivers (wrong type)"),
        (LAB.replace("delivers", "colour"), "settings.colour (unknown field)"),
        (LAB + LAB.replace("Lab", "LAB"), "have the same name"),
        (CARRIER.replace('system_id = "us"', ""), "credentials.system_id (required)"),
    ],
)
def test_a_file_that_is_wrong_is_no_start(data: Path, file: Path, content: str, sentence: str) -> None:
    file.write_text(content)
    text = refusal("up", "--data", data, "--port", free_port(), "--gateways", file)
    assert sentence in text
    assert str(file) in text
    assert "s3cret" not in text
    assert not data.exists(), "nothing was begun"


def test_a_file_that_is_not_there_is_no_start(data: Path) -> None:
    text = refusal("up", "--data", data, "--port", free_port(), "--gateways", "/nowhere/gateways.toml")
    assert text == "The file of gateways /nowhere/gateways.toml cannot be read: No such file or directory."
