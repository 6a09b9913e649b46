"""`estafette doctor`: says what is wrong and how to mend it."""

from typing import Any

import click

from estafette.base.settings import Settings
from estafette.cli.env_file import env_file_option
from estafette.cli.finding import Finding
from estafette.cli.options import ALL, with_settings
from estafette.cli.running_options import chosen, completed
from estafette.cli.sentences import run


@click.command(short_help="Say what is wrong and how to mend it.")
@env_file_option
@with_settings(*(field for field in ALL if field != "demo"), complete=completed)
def doctor(settings: Settings, given: dict[str, Any]) -> None:
    """Check the installation; exit code 1 when something is wrong.

    Beside a running server it looks with the options that the server has, except for those given here.
    """
    from estafette.cli.checks import examine

    findings = run(examine(chosen(settings, given)))
    for finding in findings:
        click.echo(f"{_mark(finding)}  {finding.subject}: {finding.text}")
    if not all(finding.good for finding in findings):
        raise click.exceptions.Exit(1)


def _mark(finding: Finding) -> str:
    if not finding.good:
        return click.style("BAD ", fg="red")
    return click.style("warn", fg="yellow") if finding.warns else click.style("good", fg="green")
