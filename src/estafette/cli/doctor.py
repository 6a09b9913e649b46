"""`estafette doctor`: says what is wrong and how to mend it."""

import click

from estafette.base.settings import Settings
from estafette.cli.options import ALL, with_settings
from estafette.cli.sentences import run


@click.command(short_help="Say what is wrong and how to mend it.")
@with_settings(*(field for field in ALL if field != "demo"))
def doctor(settings: Settings) -> None:
    """Check the installation; exit code 1 when something is wrong."""
    from estafette.cli.checks import examine

    findings = run(examine(settings))
    for finding in findings:
        mark = click.style("good", fg="green") if finding.good else click.style("BAD ", fg="red")
        click.echo(f"{mark}  {finding.subject}: {finding.text}")
    if not all(finding.good for finding in findings):
        raise click.exceptions.Exit(1)
