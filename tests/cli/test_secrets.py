"""A data folder without its key, or with another one: the start and the doctor say it, and nothing is lost by it."""

import shutil
from pathlib import Path

from tests.cli.running import estafette, up
from tests.ports import free_port
from tests.prepared import installed

PUSH = """
[[gateway]]
name = "Push of the file"
transport = "web_push"
channels = ["push"]
"""


def test_a_key_that_is_missing_or_another_one_is_said_until_the_right_one_is_back(data: Path) -> None:
    file = data.parent / "gateways.toml"
    file.write_text(PUSH)
    with up(installed(data), "--gateways", file) as first:
        assert "the key" not in first.output
    key = data / "secrets" / "vault.key"
    right = key.rename(data.parent / "right.key")

    doctor = estafette("doctor", "--data", data, "--port", free_port())
    assert doctor.returncode == 1
    assert "BAD   key of secrets: Nothing goes out by the gateways Push of the file" in doctor.stdout
    assert f"the key {key} is missing. Put it back from a backup" in doctor.stdout
    assert not key.exists(), "the doctor made a key"

    with up(data, "--gateways", file) as without:
        assert f"the key {key} is missing. Put it back from a backup and start again" in without.output
        assert without.alive()
    # The start made a new one, and with that left alone what it could not read.
    other = estafette("doctor", "--data", data, "--port", free_port())
    assert f"the key {key} is not the one they were encrypted with." in other.stdout
    shutil.copy(right, key)
    with up(data, "--gateways", file) as again:
        assert "the key" not in again.output
        doctor = estafette("doctor", "--data", data, "--port", again.port)
        assert "good  key of secrets: reads all that is encrypted" in doctor.stdout
