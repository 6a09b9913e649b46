"""Expected failures: one sentence on stderr and exit code 1, never a traceback."""

import asyncio
from collections.abc import Coroutine
from typing import IO, TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from estafette.base.errors import Problem

Result = TypeVar("Result")


class Refusal(click.ClickException):
    """Why the command does not do what it was asked for."""

    exit_code = 1

    def show(self, file: IO[Any] | None = None) -> None:
        """Prints the bare sentence."""
        click.echo(self.message, err=True, file=file)


def say(sentence: str) -> None:
    """A line of progress; stderr, so that stdout holds results only."""
    click.echo(sentence, err=True)


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """Runs a command's coroutine and turns what it may expect to go wrong into a Refusal."""
    from estafette.base.backups import BackupRefused
    from estafette.base.errors import Problem
    from estafette.base.migrate import NewerSchema
    from estafette.base.postgres import CannotStart

    try:
        return asyncio.run(work)
    except (BackupRefused, CannotStart, NewerSchema) as error:
        raise Refusal(str(error)) from error
    except Problem as error:
        raise Refusal(_in_words(error)) from error
    except KeyboardInterrupt as error:
        raise click.exceptions.Exit(130) from error


def _in_words(problem: "Problem") -> str:
    from estafette.base.errors import Invalid
    from estafette.web.words import field_message, problem_sentence
    from estafette.web.words import say as put

    if isinstance(problem, Invalid):
        return "; ".join(f"{each.field}: {field_message(each, 'en')}" for each in problem.fields)
    return put(problem_sentence(type(problem)), "en", problem.values)
