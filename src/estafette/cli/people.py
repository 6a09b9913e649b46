"""`estafette user add` and `estafette token create`."""

import sys

import click

from estafette.base.settings import Settings
from estafette.cli.options import DATABASE, with_settings
from estafette.cli.sentences import Refusal, run

_ROLES = ("customer", "employee", "administrator", "service", "communications")
_SCOPES = ("read", "write", "admin")


@click.group(short_help="People who may sign in.")
def user() -> None:
    """People who may sign in."""


@user.command("add", short_help="Add a person.")
@click.option("--email", required=True)
@click.option("--name", required=True)
@click.option("--role", "roles", type=click.Choice(_ROLES), multiple=True, help="May be repeated (default: customer).")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of asking.")
@with_settings(*DATABASE)
def add_user(settings: Settings, email: str, name: str, roles: tuple[str, ...], password_stdin: bool) -> None:
    """Add a person; a service account without --password-stdin gets no password and signs in with tokens only."""
    roles = roles or ("customer",)
    password: str | None = None
    if password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    elif roles != ("service",):
        if not sys.stdin.isatty():
            raise Refusal("There is nobody to ask for the password: give it with --password-stdin.")
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    run(_add(settings, email, name, roles, password))
    click.echo(f"{name} <{email}> may sign in now.")


@click.group(short_help="Bearer tokens for programs.")
def token() -> None:
    """Bearer tokens for programs."""


@token.command("create", short_help="Make a bearer token.")
@click.option("--email", required=True, help="The person the token acts for.")
@click.option("--name", default="command line", show_default=True, help="What the token is for.")
@click.option(
    "--scope", "scopes", type=click.Choice(_SCOPES), multiple=True, help="May be repeated (default: read, write)."
)
@click.option("--expires-days", type=click.IntRange(min=1), default=None, help="Days until it ends (default: never).")
@with_settings(*DATABASE)
def create_token(settings: Settings, email: str, name: str, scopes: tuple[str, ...], expires_days: int | None) -> None:
    """Make a bearer token and print it alone; it is never shown again."""
    click.echo(run(_create(settings, email, name, scopes or ("read", "write"), expires_days)))


async def _add(settings: Settings, email: str, name: str, roles: tuple[str, ...], password: str | None) -> None:
    from estafette.cli.database import current_database
    from estafette.main.people import add_person

    async with current_database(settings) as dsn:
        await add_person(dsn, email, name, roles, password)


async def _create(settings: Settings, email: str, name: str, scopes: tuple[str, ...], days: int | None) -> str:
    from estafette.base.errors import Invalid
    from estafette.cli.database import current_database
    from estafette.main.people import create_token

    async with current_database(settings, make=False) as dsn:
        try:
            return await create_token(dsn, email, name, scopes, days)
        except Invalid as error:
            if all(each.field == "email" for each in error.fields):
                sentence = f"Nobody has the e-mail address {email}: add them with `estafette user add`."
                raise Refusal(sentence) from error
            raise
