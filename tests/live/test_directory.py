"""Whoever of the organisation is connected is told at once of a colleague who changes, comes or goes."""

from estafette import accounts
from estafette.accounts.actions import directory
from estafette.accounts.models.colleagues import EmployeeProfileChanges
from tests.live.test_kinds import Employee, hire
from tests.processes import Site
from tests.waiting import eventually


async def test_a_change_of_a_colleague_reaches_employees_at_every_process_(here: Site) -> None:
    gina, hugo = await hire(here, 0), await hire(here, 1)
    async with gina.live.connected(), hugo.live.connected():
        await directory.change_employee_profile(
            here.world.database, hugo.who, hugo.who.person_id, EmployeeProfileChanges(title="Planner")
        )
        for each in (gina, hugo):
            await eventually(lambda told=each: hugo.id in colleagues_told_to(told), lambda told=each: told.live.frames)


def colleagues_told_to(who: Employee) -> set[str]:
    """Of whom they were told, as employees of the organisation."""
    frames = [each for each in who.live.frames if each.get("party") == str(accounts.ORGANISATION)]
    return {change["subject"] for frame in frames for change in frame["changes"]}
