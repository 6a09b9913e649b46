"""PostgreSQL alone, driven by its own pgbench: what one transaction a message can do at most."""

import asyncio
import re
import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg

from estafette.base.postgres.programs import program

_NAME = "bench_limit"
TABLES = """
CREATE TABLE counters (
    id integer PRIMARY KEY, head bigint NOT NULL, last_ordinal bigint NOT NULL, last_message_at timestamptz
) WITH (fillfactor = 70);
INSERT INTO counters SELECT id, 0, 0, NULL FROM generate_series(0, 63) AS id;
CREATE TABLE messages (
    conversation_id integer NOT NULL, ordinal bigint NOT NULL, id uuid NOT NULL, sender_id integer NOT NULL,
    text text NOT NULL, created_at timestamptz NOT NULL, PRIMARY KEY (conversation_id, ordinal)
);
"""
# Each client has a counter of its own: nobody waits for a lock, so this is the most that one commit a message gives.
SCRIPT = """\
BEGIN;
UPDATE counters SET head = head + 1, last_ordinal = last_ordinal + 1, last_message_at = now() \
WHERE id = :client_id RETURNING head \\gset
INSERT INTO messages VALUES (:client_id, :head, gen_random_uuid(), :client_id, \
'About a hundred characters, as most messages have: see you at the gate of the house at ten, with both keys.', now());
COMMIT;
"""


class Pgbench:
    """A database beside the product's on the same server, and the script that is run on it."""

    def __init__(self, dsn: str, script: Path) -> None:
        self._dsn, self._script = dsn, script

    @classmethod
    @asynccontextmanager
    async def prepared(cls, dsn: str, tables: str = TABLES, lines: str = SCRIPT) -> AsyncGenerator["Pgbench", None]:
        """Makes the database with its tables and drops it in the end; by default a counter moves for each message."""
        owner = await asyncpg.connect(dsn)
        try:
            await owner.execute(f"CREATE DATABASE {_NAME}")
            own = urlsplit(dsn)._replace(path=f"/{_NAME}").geturl()
            connection = await asyncpg.connect(own)
            await connection.execute(tables)
            await connection.close()
            with tempfile.TemporaryDirectory(prefix="estafette-bench-") as folder:
                script = Path(folder) / "send.sql"
                script.write_text(lines, encoding="utf-8")
                yield cls(own, script)
        finally:
            await owner.execute(f"DROP DATABASE IF EXISTS {_NAME} WITH (FORCE)")
            await owner.close()

    async def rate(self, *, clients: int, seconds: float) -> float:
        """Transactions per second of so many clients."""
        process = await asyncio.create_subprocess_exec(
            program("pgbench"),
            *("--client", str(clients), "--jobs", "1", "--protocol", "prepared", "--no-vacuum"),
            *("--time", str(round(seconds)), "--file", str(self._script), self._dsn),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            output, errors = await process.communicate()
        except asyncio.CancelledError:
            process.kill()
            raise
        found = re.search(rb"tps = ([0-9.]+)", output)
        if process.returncode or not found:
            raise RuntimeError(f"pgbench failed: {errors.decode(errors='replace')[-500:]}")
        return float(found[1])
