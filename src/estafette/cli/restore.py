"""`estafette restore`: an installation out of a backup."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from estafette.base.settings import Settings
from estafette.cli.env_file import env_file_option
from estafette.cli.options import with_settings
from estafette.cli.passphrase import passphrase_from, passphrase_option
from estafette.cli.sentences import run, say

if TYPE_CHECKING:
    from estafette.main.backups import Restored, Restoring


@click.command(short_help="Make an installation out of a backup.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@passphrase_option
@env_file_option
@click.option("--replace", is_flag=True, help="Move aside what is there, instead of refusing.")
@click.option(
    "--send-queued",
    is_flag=True,
    help="Send what waited to go out when the backup was made; only if the old server has not run since.",
)
@click.option("--quiet", is_flag=True, help="Say nothing but what went wrong, and what was held back.")
@with_settings("data", "database_url", "files_url")
def restore(
    settings: Settings, folder: Path, passphrase_file: Path | None, replace: bool, send_queued: bool, quiet: bool
) -> None:
    """Restore the backup in DIR into the data folder of --data, and the database of --database-url or its own.

    The backup is checked before anything is touched. Messages that waited to go out when it was made are not sent:
    the old server may have sent them since.
    """
    from estafette.base.logs import set_up_logs
    from estafette.cli.database import data_mode
    from estafette.main.backups import Restoring

    set_up_logs(process="restore")
    os.umask(0o077)
    how = Restoring(
        passphrase=passphrase_from(passphrase_file), replace=replace, send_queued=send_queued, data_mode=data_mode()
    )
    _tell(run(_restore(settings, folder, how, quiet=quiet)), settings, quiet=quiet)


async def _restore(settings: Settings, folder: Path, how: "Restoring", *, quiet: bool) -> "Restored":
    from estafette.cli.external_database import check_database
    from estafette.main.backups import restore

    if settings.database_url is not None:
        await check_database(settings.database_url, for_migrations=True)
    return await restore(settings, folder, how, (lambda _: None) if quiet else say)


def _tell(restored: "Restored", settings: Settings, *, quiet: bool) -> None:
    manifest, held_back = restored.manifest, restored.held_back
    if not quiet:
        click.echo(
            f"Restored the backup of {manifest.made_at:%Y-%m-%d %H:%M} UTC into {settings.data}: "
            f"{restored.rows:,} rows, {manifest.files:,} files."
        )
    if not manifest.with_files:
        click.echo(f"The backup holds no files: they must lie in {settings.files} already.")
    if manifest.missing_files:
        click.echo(
            f"{len(manifest.missing_files):,} files were missing when the backup was made; its manifest lists them."
        )
    if held_back is not None and held_back.communications:
        click.echo(
            f"{held_back.communications:,} communications that were under way are paused: what the old server has sent "
            "of them since, nobody knows. Whoever resumes one writes to all who waited when the backup was made."
        )
    if held_back is not None and (held_back.deliveries or held_back.steps):
        click.echo(
            f"Held back, since the old server may have sent them: {held_back.deliveries:,} messages (they are "
            f"UNCERTAIN now) and {held_back.steps:,} notifications outside the app. "
            "If it never ran after the backup, restore again with --replace --send-queued."
        )
    if restored.aside is not None:
        click.echo(f"What was there before is in {restored.aside}: remove it when all is well.")
    if restored.aside_schema is not None:
        click.echo(
            f"What was in the database before is in the schema {restored.aside_schema}: drop it when all is well."
        )
    if not quiet:
        click.echo("Start it with `estafette up`.")
