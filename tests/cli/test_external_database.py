"""A PostgreSQL of one's own that cannot be used is said in one sentence, with the command that mends it."""

from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import asyncpg
import pytest
import pytest_asyncio

from estafette.base.migrate import migrate
from estafette.cli import external_database
from estafette.cli.external_database import check_database
from estafette.cli.sentences import Refusal
from tests.cli.running import estafette, refusal
from tests.databases import named
from tests.ports import free_port


class Own:
    """An empty database on the server of this run, that belongs to the administrator, and a role of its own."""

    def __init__(self, administrator: Any, server: str) -> None:
        self.administrator = administrator
        self.server = server
        self.name = f"own_{uuid4().hex}"
        self.role = f"role_{uuid4().hex[:8]}"

    @property
    def dsn(self) -> str:
        return named(self.server, self.name).replace("//estafette:", f"//{self.role}:")

    async def make(self, encoding: str = "UTF8") -> None:
        password = urlsplit(self.server).password
        await self.administrator.execute(f"CREATE ROLE {self.role} LOGIN PASSWORD '{password}'")
        await self.administrator.execute(
            f"CREATE DATABASE {self.name} TEMPLATE template0 ENCODING '{encoding}' LOCALE_PROVIDER libc LOCALE 'C'"
            if encoding != "UTF8"
            else f"CREATE DATABASE {self.name} TEMPLATE template0"
        )

    async def within(self, statement: str) -> None:
        """Runs what the administrator of the database is told to run."""
        connection = await asyncpg.connect(named(self.server, self.name), user="postgres")
        await connection.execute(statement)
        await connection.close()

    async def sentence(self) -> str:
        with pytest.raises(Refusal) as refused:
            await check_database(self.dsn, for_migrations=True)
        assert "\n" not in refused.value.message
        assert str(urlsplit(self.server).password) not in refused.value.message
        return refused.value.message


@pytest_asyncio.fixture
async def own(server: str) -> AsyncGenerator[Own, None]:
    administrator = await asyncpg.connect(named(server, "postgres"), user="postgres")
    made = Own(administrator, server)
    yield made
    await administrator.execute(f"DROP DATABASE IF EXISTS {made.name} WITH (FORCE)")
    await administrator.execute(f"DROP ROLE IF EXISTS {made.role}")
    await administrator.close()


async def test_a_role_that_may_make_no_tables_is_told_how_it_may_and_then_it_does(own: Own, data: Path) -> None:
    await own.make()
    mend = f"GRANT ALL ON SCHEMA public TO {own.role}"
    sentence = await own.sentence()
    assert sentence.endswith(f"as an administrator of that database, run {mend}.")
    # From every command alike.
    options = ("--data", data, "--database-url", own.dsn)
    assert refusal("up", *options, "--port", free_port()) == sentence
    assert refusal("migrate", *options) == sentence
    assert f"BAD   database: {sentence}" in estafette("doctor", *options, "--port", free_port()).stdout
    await own.within(mend)
    assert estafette("migrate", *options).returncode == 0


async def test_tables_of_another_role_are_told_with_their_owner_and_handed_over(own: Own) -> None:
    await own.make()
    other = f"{own.role}_before"
    await own.administrator.execute(f"CREATE ROLE {other} LOGIN PASSWORD '{urlsplit(own.server).password}'")
    await own.administrator.execute(f"ALTER DATABASE {own.name} OWNER TO {other}")
    await migrate(own.dsn.replace(f"//{own.role}:", f"//{other}:"))
    await own.within(f"GRANT ALL ON SCHEMA public TO {own.role}")
    mend = f"REASSIGN OWNED BY {other} TO {own.role}"
    assert f"belong to the role {other} and not to {own.role}" in (said := await own.sentence())
    assert f"run {mend}, " in said
    await own.within(mend)
    await check_database(own.dsn, for_migrations=True)
    await own.within(f"DROP OWNED BY {other}")
    await own.administrator.execute(f"DROP ROLE {other}")


@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII"])
async def test_a_database_of_another_encoding_is_told_with_the_one_that_is_needed(own: Own, encoding: str) -> None:
    await own.make(encoding)
    sentence = await own.sentence()
    assert f"has the encoding {encoding}, and Estafette needs UTF8" in sentence
    mend = sentence.partition("create another one with ")[2].rstrip(".")
    await own.administrator.execute(f"DROP DATABASE {own.name}")
    await own.administrator.execute(mend)
    await check_database(own.dsn, for_migrations=True)


async def test_a_database_that_is_not_there_is_made_by_the_command_that_is_told(own: Own) -> None:
    await own.make()
    await own.administrator.execute(f"DROP DATABASE {own.name}")
    sentence = await own.sentence()
    assert "There is no such database at" in sentence
    await own.administrator.execute(sentence.partition("create it with ")[2].rstrip("."))
    await check_database(own.dsn, for_migrations=True)


async def test_who_may_not_come_in_is_told_why(own: Own, monkeypatch: pytest.MonkeyPatch) -> None:
    await own.make()
    await own.within(f"REVOKE CONNECT ON DATABASE {own.name} FROM PUBLIC")
    mend = f"GRANT CONNECT ON DATABASE {own.name} TO {own.role}"
    assert (await own.sentence()).endswith(f"run {mend}.")
    await own.within(mend)
    await own.administrator.execute(f"ALTER ROLE {own.role} PASSWORD 'another'")
    assert f"set the password with ALTER ROLE {own.role} PASSWORD '…'" in await own.sentence()
    await own.administrator.execute(f"ALTER ROLE {own.role} NOLOGIN")
    assert f"make the role with CREATE ROLE {own.role} LOGIN" in await own.sentence()


async def test_a_server_that_is_too_old_is_told(own: Own, monkeypatch: pytest.MonkeyPatch) -> None:
    await own.make()
    monkeypatch.setattr(external_database, "OLDEST", 99)
    sentence = await own.sentence()
    assert "Estafette needs 99 or newer: bring the server to a newer version with pg_upgrade" in sentence


async def test_a_name_that_is_not_simple_is_quoted(own: Own) -> None:
    with pytest.raises(Refusal, match=r'CREATE DATABASE "Our-Talk" OWNER estafette TEMPLATE'):
        await check_database(named(own.server, "Our-Talk"))
