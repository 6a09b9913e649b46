"""`estafette backup`: all that an installation has, in one folder, while it goes on running."""

import os
from pathlib import Path

import click

from estafette.base.settings import Settings
from estafette.cli.options import with_settings
from estafette.cli.passphrase import passphrase_from, passphrase_option
from estafette.cli.sentences import run, say


@click.command(short_help="Save database, files and secrets while all is running.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@passphrase_option
@click.option("--without-files", is_flag=True, help="Leave uploads out: a bucket may have backups of its own.")
@click.option("--quiet", is_flag=True, help="Say nothing but what went wrong.")
@with_settings("data", "database_url", "files_url")
def backup(settings: Settings, folder: Path, passphrase_file: Path | None, without_files: bool, quiet: bool) -> None:
    """Save database, files and secrets into the new folder DIR, as they are at one moment.

    The server may go on running meanwhile. With a passphrase, from --passphrase-file or the variable
    ESTAFETTE_BACKUP_PASSPHRASE, all of it is encrypted in the format of age.
    """
    from estafette.base.logs import set_up_logs

    set_up_logs(process="backup")
    os.umask(0o077)
    os.nice(5)  # what people say and see goes first
    passphrase = passphrase_from(passphrase_file)
    run(_back_up(settings, folder, passphrase, with_files=not without_files, quiet=quiet))


async def _back_up(settings: Settings, folder: Path, passphrase: str | None, *, with_files: bool, quiet: bool) -> None:
    from estafette.cli.database import database
    from estafette.cli.secrets_check import warn_of_key
    from estafette.main.backups import back_up

    async with database(settings, make=False) as dsn:
        saved = await back_up(
            settings, dsn, folder, passphrase, with_files=with_files, say=(lambda _: None) if quiet else say
        )
        unreadable = await warn_of_key(settings, dsn)
    if unreadable:
        say(f"{unreadable}.")
    if saved.missing:
        say(f"{saved.missing:,} files that the database names were not in {settings.files}; the manifest lists them.")
    if not saved.secrets:
        say(f"There are no secrets in {settings.data / 'secrets'}: what gateways sign in with cannot be restored.")
    if not quiet:
        held = f"{saved.rows:,} rows, {saved.files:,} files, {saved.size / 1e6:,.1f} MB"
        click.echo(f"Saved to {folder}: {held}{', not encrypted' if passphrase is None else ', encrypted'}.")
