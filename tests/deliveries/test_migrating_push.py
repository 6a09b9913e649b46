"""Push subscriptions from before sessions were noted with them: nobody knows whose session made them, so they end."""

from pathlib import Path

import asyncpg

from estafette.base.migrate import migrate
from tests.former import former


async def test_subscriptions_of_unknown_sessions_end(server: str, tmp_path: Path) -> None:
    async with former(server, tmp_path, "0015") as dsn:
        connection = await asyncpg.connect(dsn)
        await connection.execute(
            "INSERT INTO push_subscriptions (id, person_id, endpoint, p256dh, auth, label, created_at) "
            "VALUES (gen_random_uuid(), gen_random_uuid(), 'https://push.example.com/1', '', '', 'Phone', now())"
        )
        assert await migrate(dsn) > 0
        assert await connection.fetchval("SELECT count(*) FROM push_subscriptions") == 0
        assert await connection.fetchval("SELECT count(*) FROM push_endpoints") == 0
        await connection.close()
