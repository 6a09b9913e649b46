"""Commands that do one thing, with or without a running installation."""

import json
from pathlib import Path

from tests.cli.running import Up, estafette, refusal


def test_a_person_added_on_the_command_line_signs_in_and_their_token_works(running: Up) -> None:
    added = estafette(
        *("user", "add", "--data", running.data, "--email", "ada@example.org", "--name", "Ada"),
        *("--role", "administrator", "--password-stdin"),
        given="a long enough password\n",
    )
    assert added.returncode == 0, added.stderr
    credentials = {"email": "ada@example.org", "password": "a long enough password"}
    assert running.ask("POST", "/api/v1/sessions", credentials)[0] == 201

    made = estafette("token", "create", "--data", running.data, "--email", "ada@example.org")
    token = made.stdout.strip()
    assert made.stdout == f"{token}\n"
    assert token.startswith("est_")
    status, me = running.ask("GET", "/api/v1/me", Authorization=f"Bearer {token}")
    assert (status, me["email"], me["roles"]) == (200, "ada@example.org", ["administrator"])
    assert token not in running.output


def test_what_cannot_be_added_is_said_in_words(running: Up) -> None:
    command = ("user", "add", "--data", running.data, "--email", "bob@example.org", "--name", "Bob", "--password-stdin")
    short = estafette(*command, given="short\n")
    assert short.returncode == 1
    assert short.stderr == "password: At least 10 characters.\n"
    sentence = refusal("token", "create", "--data", running.data, "--email", "nobody@example.org")
    assert sentence == "Nobody has the e-mail address nobody@example.org: add them with `estafette user add`."


def test_without_a_running_installation_the_database_is_started_for_the_moment(data: Path) -> None:
    command = ("--data", data, "--email", "bot@example.org", "--name", "Bot")
    added = estafette("user", "add", *command, "--role", "service")
    assert added.returncode == 0, added.stderr
    made = estafette("token", "create", *command, "--scope", "read", "--expires-days", 30)
    assert made.stdout.startswith("est_")
    migrated = estafette("migrate", "--data", data)
    assert migrated.stdout == "Applied: 0. The database is up to date.\n"


def test_the_description_of_the_api_needs_no_database() -> None:
    done = estafette("openapi", "--data", "/proc/none")
    assert json.loads(done.stdout)["openapi"].startswith("3.1")


def test_help_is_there_at_once() -> None:
    done = estafette("--help")
    assert "Start everything." in done.stdout
    assert estafette("--version").stdout.startswith("estafette ")
