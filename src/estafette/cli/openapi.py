"""`estafette openapi`: the description of the HTTP API."""

import click

from estafette.base.settings import Settings
from estafette.cli.options import DATABASE, with_settings


@click.command(short_help="Print the OpenAPI document.")
@with_settings(*DATABASE)
def openapi(settings: Settings) -> None:
    """Print the OpenAPI document; the same for every installation, so that no database is needed."""
    from estafette.main.serving import openapi_document

    del settings
    click.echo(openapi_document())
