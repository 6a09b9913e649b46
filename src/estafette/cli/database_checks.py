"""What `estafette doctor` asks about the database."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import click

from estafette.base.settings import Settings
from estafette.cli.finding import Finding
from estafette.cli.secrets_check import examine_key

_MOST_DRIFT = 2.0  # seconds between our clock and the database's


async def examine_database(settings: Settings) -> list[Finding]:
    """Reachable and new enough, then what is inside; an installation that has no database yet stays without one."""
    from estafette.base.backups import BackupRefused
    from estafette.base.backups.staging import check_restored
    from estafette.base.postgres import CannotStart, program
    from estafette.cli.database import database

    try:
        check_restored(settings.data)
        if settings.database_url is None and not (settings.postgres / "cluster").exists():
            program("postgres")
            return [Finding("database", True, "there is none yet; `estafette up` makes it")]
        async with database(settings) as dsn:
            return [
                Finding("database", True, "reachable, new enough, knows letters outside ASCII"),
                *await _inside(settings, dsn),
            ]
    except (click.ClickException, BackupRefused, CannotStart) as error:
        text = error.message if isinstance(error, click.ClickException) else str(error)
        return [Finding("database", False, text)]


async def _inside(settings: Settings, dsn: str) -> list[Finding]:
    import asyncpg

    from estafette.base.migrate import NewerSchema, missing_migrations

    try:
        missing = await missing_migrations(dsn)
    except NewerSchema as error:
        return [Finding("schema", False, str(error))]
    if missing:
        return [Finding("schema", False, f"{len(missing)} migrations are missing: run `estafette migrate`")]
    questions: tuple[Callable[[Any], Awaitable[Finding]], ...] = (
        _words,
        _clock,
        _reactions,
        _ladders,
        _gateways,
        _receipts,
    )
    connection = await asyncpg.connect(dsn, timeout=10)
    try:
        answers = [await ask(connection) for ask in questions]
        return [Finding("schema", True, "current"), await examine_key(settings, connection), *answers]
    finally:
        await connection.close()


async def _words(connection: Any) -> Finding:
    works = await connection.fetchval(
        "SELECT to_tsvector('russian', '«Встречи»') @@ to_tsquery('russian', 'встреча')"
        " AND current_setting('server_encoding') = 'UTF8'"
    )
    if works:
        return Finding("search", True, "understands quoted words in every alphabet")
    text = "does not find quoted words: move the data to a database made with ENCODING UTF8 and LC_CTYPE C.UTF-8"
    return Finding("search", False, text)


async def _clock(connection: Any) -> Finding:
    before = datetime.now(UTC)
    theirs: datetime = await connection.fetchval("SELECT clock_timestamp()")
    drift = max((before - theirs).total_seconds(), (theirs - datetime.now(UTC)).total_seconds(), 0.0)
    if drift > _MOST_DRIFT:
        return Finding(
            "clock", False, f"differs by {drift:.0f} s from the database's: run a time service on both machines"
        )
    return Finding("clock", True, f"{before:%Y-%m-%d %H:%M:%S} UTC")


async def _reactions(connection: Any) -> Finding:
    from estafette.base import pending_reactions

    stuck, waiting = await pending_reactions.stuck(connection), await pending_reactions.waiting(connection)
    if stuck:
        text = (
            f"{stuck} gave up after {pending_reactions.ATTEMPTS} attempts: "
            "see the column failure of the table pending_reactions, and the log"
        )
        return Finding("reactions", False, text)
    return Finding("reactions", True, f"{waiting} waiting, none stuck")


async def _ladders(connection: Any) -> Finding:
    from estafette.notifications.store.steps import ATTEMPTS, stuck

    if gave_up := await stuck(connection):
        text = f"{gave_up} steps gave up after {ATTEMPTS} attempts: see the column failure of notification_steps"
        return Finding("notifications", False, text)
    return Finding("notifications", True, "none stuck")


async def _gateways(connection: Any) -> Finding:
    from estafette.deliveries.store.gateway_health import lost_for_want_of_one

    subject, wanting = "gateways", await lost_for_want_of_one(connection)
    if not wanting:
        return Finding(subject, True, "no message of the last 24 hours wanted for one")
    text = ", ".join(f"{count} by {channel}" for channel, count in wanting.items())
    remedy = "add one in the administration page or with --gateways"
    return Finding(subject, False, f"messages of the last 24 hours that no gateway carries: {text}; {remedy}")


async def _receipts(connection: Any) -> Finding:
    from estafette.deliveries.store.gateway_health import not_understood

    subject, odd = "receipts", await not_understood(connection, datetime.now(UTC) - timedelta(hours=24))
    if not odd:
        return Finding(subject, True, "all of the last 24 hours were understood")
    text = "; ".join(f"{name} told {count} that are none ({why})" for name, (count, why) in odd.items())
    return Finding(subject, False, f"in the last 24 hours {text}")
