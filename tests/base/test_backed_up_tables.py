"""What a backup takes for ours is what the migrations make, under the names that it has in the end."""

import asyncpg

from estafette.base.backups.tables import made_by, tables_of
from estafette.base.migrate import FOLDER


async def test_every_table_is_saved_and_none_of_somebody_else(dsn: str) -> None:
    connection = await asyncpg.connect(dsn)
    await connection.execute("CREATE TABLE of_somebody_else (id integer)")
    there = {row["tablename"] for row in await connection.fetch("SELECT tablename FROM pg_tables "
                                                               "WHERE schemaname = 'public'")}  # fmt: skip
    found = await tables_of(connection, made_by(FOLDER))
    await connection.close()
    assert {name for name, _ in found} == there - {"of_somebody_else"}
    order = [name for name, _ in found]
    assert order.index("people") < order.index("sessions") < order.index("push_subscriptions")
    assert order.index("files") < order.index("uncopied_pictures")
