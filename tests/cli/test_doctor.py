"""The doctor names what is wrong and the remedy, and changes nothing."""

import socket
from pathlib import Path

from tests.cli.running import Up, estafette, up
from tests.prepared import installed


def test_a_running_installation_is_well(running: Up) -> None:
    done = estafette("doctor", "--data", running.data, "--port", running.port)
    assert done.returncode == 0, done.stdout
    assert f"Estafette answers at 127.0.0.1:{running.port}" in done.stdout
    for subject in (
        "data folder",
        "disk",
        "open files",
        "database",
        "schema",
        "search",
        "clock",
        "reactions",
        "receipts",
    ):
        assert f"good  {subject}: " in done.stdout


def test_an_installation_to_be_is_well_and_stays_unmade(data: Path) -> None:
    done = estafette("doctor", "--data", data)
    assert "`estafette up` makes it" in done.stdout
    assert not data.exists()


def test_everything_wrong_is_named_with_its_remedy(data: Path) -> None:
    data.mkdir()
    data.chmod(0o777)
    (data / "postgres").mkdir()
    (data / "postgres" / "password").write_text("x")
    (data / "postgres" / "password").chmod(0o644)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        taken.listen()
        done = estafette(
            *("doctor", "--data", data, "--port", taken.getsockname()[1]),
            *("--public-url", "https://talk.example.org", "--database-url", "postgresql://u:s3cret@127.0.0.1:1/x"),
        )
    assert done.returncode == 1
    for remedy in ("run chmod go-w", "run chmod 600", "set --trusted-proxy", "--port", "cannot be reached"):
        assert remedy in done.stdout
    assert "s3cret" not in done.stdout


def test_messages_without_a_gateway_are_named_with_the_remedy(data: Path) -> None:
    with up(installed(data)) as installation:
        who = ("--email", "robot@example.com", "--name", "Robot", "--role", "service")
        assert estafette("user", "add", "--data", data, *who).returncode == 0
        token = estafette("token", "create", "--data", data, "--email", "robot@example.com").stdout.strip()
        assert "good  gateways: " in estafette("doctor", "--data", data, "--port", installation.port).stdout
        body = {"message": "This is a message", "from": "Something", "to": 554899246868, "type": "SMS"}
        for _ in range(2):
            status, _ = installation.ask("POST", "/messages", body, Authorization=f"Bearer {token}")
            assert status == 200
        done = estafette("doctor", "--data", data, "--port", installation.port)
    assert done.returncode == 1
    assert "BAD   gateways: " in done.stdout
    assert "2 by sms" in done.stdout
    assert "--gateways" in done.stdout


def test_a_key_that_others_may_read_is_named(data: Path) -> None:
    (data / "secrets").mkdir(parents=True)
    key = data / "secrets" / "vault.key"
    key.write_bytes(bytes(32))
    key.chmod(0o644)
    assert f"run chmod 600 {key}" in estafette("doctor", "--data", data).stdout
