"""What the terminal shows when everything is up: the address, the first-run link, the accounts of the demo."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from estafette.base.settings import Settings
from estafette.cli.sentences import say

if TYPE_CHECKING:
    from estafette.web.instance import DemoAccount


async def prepare_demo(settings: Settings, dsn: str) -> Sequence["DemoAccount"]:
    """Fills an empty installation; an installation that has people keeps its own."""
    from estafette.main.demo.loading import load_demo

    say("Loading the demo data")
    accounts = await load_demo(settings, dsn)
    if not accounts:
        say("This installation has people of its own: no demo data was added")
    return accounts


async def welcome(settings: Settings, dsn: str, accounts: Sequence["DemoAccount"]) -> None:
    """Prints where to go now."""
    from estafette.main.people import setup_code

    code = await setup_code(dsn)
    if code is not None:
        click.echo("Nobody is registered yet. The first administrator comes in by this link:")
        click.echo(f"  {settings.origin}/welcome?code={code}")
    if accounts:
        width = max(len(account.email) for account in accounts)
        click.echo("Who can sign in:")
        for account in accounts:
            click.echo(f"  {account.email:<{width}}  {account.password}  ({account.name}, {account.role})")
        click.echo("Where to look:")
        click.echo(f"  {settings.origin}/           all partners and their storefronts")
        click.echo(f"  {settings.origin}/sign-in    then the messages of a customer, or the inbox of a partner")
        click.echo(f"  {settings.origin}/docs       how to run it, and the API")
    click.echo(f"Estafette is running at {settings.origin} (Ctrl-C stops it)")
