"""`estafette migrate`: the schema of this version."""

import click

from estafette.base.settings import Settings
from estafette.cli.options import DATABASE, with_settings
from estafette.cli.sentences import run, say


@click.command(short_help="Bring the database to this version.")
@with_settings(*DATABASE)
def migrate(settings: Settings) -> None:
    """Bring the database to the schema of this version."""
    run(_migrate(settings))


async def _migrate(settings: Settings) -> None:
    from estafette.base.migrate import migrate as apply
    from estafette.cli.database import database

    async with database(settings) as dsn:
        done = await apply(dsn, say)
    click.echo(f"Applied: {done}. The database is up to date.")
