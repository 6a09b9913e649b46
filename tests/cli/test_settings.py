"""Settings say plainly what is wrong with them, and each is also a variable."""

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from estafette.base.settings import Settings
from estafette.cli import main
from estafette.cli.options import ALL, as_environment, variable, with_settings


@pytest.mark.parametrize(
    ("chosen", "origin"),
    [
        ({}, "http://127.0.0.1:8000"),
        ({"host": "0.0.0.0", "port": 9000}, "http://127.0.0.1:9000"),
        ({"host": "::1"}, "http://[::1]:8000"),
        ({"public_url": "https://talk.example.org/"}, "https://talk.example.org"),
        ({"public_url": "https://talk.example.org:443"}, "https://talk.example.org"),
        ({"public_url": "http://talk.example.org:8080"}, "http://talk.example.org:8080"),
    ],
)
def test_the_origin_is_what_a_browser_would_send(chosen: dict[str, object], origin: str) -> None:
    assert Settings(**chosen).origin == origin  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ({"port": 0}, "The port must be between"),
        ({"port": 65_536}, "The port must be between"),
        ({"workers": 0}, "At least one web process"),
        ({"public_url": "talk.example.org"}, "must look like https://"),
        ({"public_url": "https://talk.example.org/under/a/path"}, "must look like https://"),
        ({"public_url": "https://user:word@talk.example.org"}, "must look like https://"),
        ({"public_url": "https://talk.example.org:99999"}, "must look like https://"),
        ({"metrics_token": "short"}, "16 to 500 letters and digits"),
        ({"metrics_token": "a token with spaces in it"}, "16 to 500 letters and digits"),
        ({"metrics_token": "est_0123456789012345"}, "must not begin with est_"),
        ({"trusted_proxies": ("proxy",)}, "an address or a network"),
        ({"files_url": "bucket/prefix"}, "must look like s3://bucket/prefix"),
        ({"files_url": "s3:///prefix"}, "must look like s3://bucket/prefix"),
        ({"files_url": "https://bucket.example.org"}, "must look like s3://bucket/prefix"),
        ({"files_url": "file://host/path"}, "must look like s3://bucket/prefix"),
    ],
)
def test_a_value_that_makes_no_sense_is_refused_with_a_sentence(chosen: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        Settings(**chosen)  # type: ignore[arg-type]


def test_a_wrong_value_on_the_command_line_is_one_sentence_without_a_traceback() -> None:
    result = CliRunner().invoke(main, ["up", "--port", "70000"])
    assert result.exit_code == 1
    assert result.stderr == "The port must be between 1 and 65535, not 70000.\n"


def test_the_token_for_figures_may_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "token"
    seen: list[str | None] = []

    @click.command()
    @with_settings("metrics_token")
    def look(settings: Settings) -> None:
        seen.append(settings.metrics_token)

    refused = CliRunner().invoke(look, ["--metrics-token", f"@{file}"])
    assert (refused.exit_code, refused.stderr) == (
        1,
        f"The token for figures cannot be read from {file}: No such file or directory.\n",
    )
    file.write_text("a-token-of-24-characters\n")
    assert CliRunner().invoke(look, [], env={"ESTAFETTE_METRICS_TOKEN": f"@{file}"}).exit_code == 0
    assert seen == ["a-token-of-24-characters"]


def test_every_option_is_also_a_variable() -> None:
    text = CliRunner().invoke(main, ["up", "--help"]).output
    for field in ALL:
        assert variable(field) in text
    assert variable("trusted_proxies") == "ESTAFETTE_TRUSTED_PROXY"


@pytest.mark.parametrize(
    "command",
    [["up"], ["serve"], ["worker"], ["migrate"], ["user", "add"], ["token", "create"], ["openapi"], ["doctor"]],
)
def test_every_command_knows_the_data_folder_and_the_database(command: list[str]) -> None:
    text = CliRunner().invoke(main, [*command, "--help"]).output
    assert "--data" in text
    assert "--database-url" in text


def test_children_get_the_same_settings_through_the_environment() -> None:
    settings = Settings(public_url="https://talk.example.org", trusted_proxies=("10.0.0.0/8", "::1"), demo=True)
    environment = as_environment(settings, "postgresql://somewhere/else")
    result = CliRunner().invoke(main, ["doctor"], env=environment | {"ESTAFETTE_DATA": "/proc/none"})
    assert "10.0.0.0/8, ::1" in result.output
    assert "https://talk.example.org" in result.output
