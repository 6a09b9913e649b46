"""Rows out of and into PostgreSQL: as text by COPY, which every version of it reads and writes in the same way.

A dump by `pg_dump` would be tied to the version of the programs: one of 18 cannot be read into 16, and those of 18 do
not dump a server of 19.
"""

import re
from collections.abc import AsyncIterator, Callable, Iterator
from graphlib import TopologicalSorter
from pathlib import Path
from typing import IO, Any, Final

import asyncpg

from estafette.base.backups.errors import BackupDamaged
from estafette.base.backups.manifest import Table
from estafette.base.backups.parts import PartWriter

_ENTRY: Final = 8 * 1024 * 1024
"""Bytes of a table that are an entry of the tar file: its size must be known before it begins."""
_MADE: Final = re.compile(r"CREATE (?:UNLOGGED )?TABLE (?:IF NOT EXISTS )?(\w+)|ALTER TABLE \w+ RENAME TO (\w+)")
_SESSION: Final = {
    "application_name": "estafette backup",
    "timezone": "UTC",
    "datestyle": "ISO",
    "intervalstyle": "postgres",
    "bytea_output": "hex",
    "extra_float_digits": "1",
    "statement_timeout": "0",
    "lock_timeout": "0",
    "idle_in_transaction_session_timeout": "0",
    "idle_session_timeout": "0",
    "synchronous_commit": "on",
}
"""Text must look the same on both sides, and nothing may cut the long transaction off."""


async def connect(dsn: str) -> Any:
    """A connection for copying, which no setting of the server cuts off; raises what asyncpg raises."""
    return await asyncpg.connect(dsn, timeout=10, server_settings=_SESSION)


def made_by(migrations: Path) -> set[str]:
    """Every name that a table of ours has ever had."""
    texts = [file.read_text(encoding="utf-8") for file in migrations.glob("*.sql")]
    return {name for text in texts for pair in _MADE.findall(text) for name in pair if name} | {"schema_migrations"}


async def tables_of(connection: Any, ours: set[str]) -> list[tuple[str, list[str]]]:
    """Our tables with their columns, in an order in which each comes after those that it refers to."""
    rows = await connection.fetch(
        """
        SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
            AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
        GROUP BY c.relname ORDER BY c.relname
        """
    )
    found = {row["name"]: list(row["columns"]) for row in rows if row["name"] in ours}
    references = await connection.fetch(
        """
        SELECT a.relname AS name, b.relname AS other
        FROM pg_constraint k JOIN pg_class a ON a.oid = k.conrelid JOIN pg_class b ON b.oid = k.confrelid
        WHERE k.contype = 'f' AND k.connamespace = current_schema()::regnamespace AND a.oid <> b.oid
        """
    )
    order = TopologicalSorter[str](dict.fromkeys(found, ()))
    for row in references:
        if row["name"] in found and row["other"] in found:
            order.add(row["name"], row["other"])
    return [(name, found[name]) for name in order.static_order()]


async def sequences_of(connection: Any) -> dict[str, int]:
    """The last number of each sequence that gave one."""
    rows = await connection.fetch(
        "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema() ORDER BY sequencename"
    )
    return {row["sequencename"]: row["last_value"] for row in rows if row["last_value"] is not None}


async def copy_out(
    connection: Any, writer: PartWriter, name: str, columns: list[str], tell: Callable[[int], None]
) -> Table:
    """Puts a table into a part, as entries `name/000000` and so on; tells how many bytes the part has."""
    waiting, entries = bytearray(), 0

    def put() -> None:
        nonlocal entries
        writer.add(f"{name}/{entries:06}", bytes(waiting))
        entries += 1
        waiting.clear()
        tell(writer.content)

    async def take(data: bytes) -> None:
        waiting.extend(data)
        if len(waiting) >= _ENTRY:
            put()

    done = await connection.copy_from_table(name, columns=columns, output=take)
    if waiting:
        put()
    return Table(name=name, columns=columns, rows=_count(done))


async def empty(connection: Any, names: list[str]) -> None:
    """Takes out what the migrations have put into our tables, inside the caller's transaction."""
    statement = await connection.fetchval(
        "SELECT 'TRUNCATE ' || string_agg(quote_ident(name), ', ') FROM unnest($1::text[]) AS given (name)", names
    )
    await connection.execute(statement)


async def copy_in(
    connection: Any,
    entries: Iterator[tuple[str, int, IO[bytes]]],
    tables: list[Table],
    tell: Callable[[int], None] = lambda _: None,
) -> None:
    """Fills empty tables from the entries of a part, and tells how many bytes it took.

    Raises BackupDamaged when the entries are not those of the tables.
    """
    source = _Entries(entries, tell)
    for table in tables:
        # A table without rows has no entries, and COPY takes nothing for an end.
        if table.rows:
            command = await connection.copy_to_table(table.name, columns=table.columns, source=source.of(table.name))
            if _count(command) != table.rows:
                raise BackupDamaged(
                    f"The backup is damaged: {table.name} has {_count(command)} rows instead of {table.rows}."
                )
    if source.name is not None:
        raise BackupDamaged(f"The backup is damaged: nothing says what {source.name} is.")


async def set_sequences(connection: Any, sequences: dict[str, int], ahead: int) -> None:
    """Lets sequences go on `ahead` of what they gave; one that a later migration took away is left out."""
    await connection.fetch(
        """
        SELECT setval(to_regclass(quote_ident(name)), value + $3::bigint)
        FROM unnest($1::text[], $2::bigint[]) AS given (name, value)
        """,
        list(sequences),
        list(sequences.values()),
        ahead,
    )


class _Entries:
    """The entries of a part, table by table."""

    def __init__(self, entries: Iterator[tuple[str, int, IO[bytes]]], tell: Callable[[int], None]) -> None:
        self._entries, self._tell = entries, tell
        self._taken = 0
        self.name: str | None = None
        self._content: IO[bytes] | None = None
        self._next()

    async def of(self, table: str) -> AsyncIterator[bytes]:
        while self.name == table and self._content is not None:
            while block := self._content.read(1024 * 1024):
                yield block
                self._taken += len(block)
                self._tell(self._taken)
            self._next()

    def _next(self) -> None:
        name, _, self._content = next(self._entries, ("", 0, None))
        self.name = name.rpartition("/")[0] if name else None


def _count(command: str) -> int:
    return int(command.rpartition(" ")[2])
