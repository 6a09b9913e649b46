"""The demo is as it would have come about: who has not read something still has it before them."""

from pathlib import Path

from estafette import accounts
from estafette.base.database import Database
from estafette.base.settings import Settings
from estafette.conversations.actions import viewing
from estafette.main import load_demo
from estafette.main.reactions import REACTIONS
from estafette.worker import react_to_all


async def test_what_the_members_of_the_demo_have_not_read_stays_unread(
    database: Database, dsn: str, tmp_path: Path
) -> None:
    await load_demo(Settings(data=tmp_path), dsn)
    await react_to_all(database, REACTIONS)
    claire = await accounts.find_by_email(database, "claire@chateau.example")
    assert claire is not None
    counts = await viewing.unread_counts(database, claire.id)
    assert sum(each.unread_messages for each in counts) == 2
