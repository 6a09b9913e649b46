"""The command line: the top layer, which starts everything."""

import click

from estafette import __version__
from estafette.cli.backup import backup
from estafette.cli.doctor import doctor
from estafette.cli.migrate import migrate
from estafette.cli.openapi import openapi
from estafette.cli.people import token, user
from estafette.cli.restore import restore
from estafette.cli.serve import serve
from estafette.cli.up import up
from estafette.cli.worker import worker


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="estafette", message="%(prog)s %(version)s")
def main() -> None:
    """Estafette: one self-hosted server in which an organisation talks with everyone."""


for _command in (up, serve, worker, migrate, user, token, openapi, doctor, backup, restore):
    main.add_command(_command)
