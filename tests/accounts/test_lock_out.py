"""Wrong passwords are counted for an account and where they come from: nobody locks its owner out with them."""

from pathlib import Path

import pytest

from estafette.accounts import Device
from estafette.accounts.actions import known_devices, password_resets, sessions
from estafette.accounts.errors import WrongCredentials
from estafette.accounts.models.credentials import NewSession
from estafette.accounts.models.inputs import PasswordReset, PasswordResetRequest, SignIn
from estafette.base.database import Database
from estafette.base.errors import TooMany
from tests.accounts.mails import last_secret, mailed
from tests.accounts.people import PASSWORD, sign_up
from tests.http import PASSWORD as RIGHT
from tests.http import running

ANN, BEN = "ann@example.com", "ben@example.com"
STRANGER = Device(neighbourhood="198.51.100.9")
ELSEWHERE = Device(neighbourhood="203.0.113.5")


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three wrong ones are many."""
    monkeypatch.setattr(sessions, "WRONG_ONES", 3)


async def sign_in(database: Database, device: Device, password: str = PASSWORD, email: str = ANN) -> NewSession:
    return await sessions.sign_in(database, SignIn(email=email, password=password), device)


async def guess(database: Database, device: Device, times: int = 3, email: str = ANN) -> None:
    for _ in range(times):
        with pytest.raises(WrongCredentials):
            await sign_in(database, device, "a wild guess", email)


def known(device: Device, session: NewSession) -> Device:
    """The same device with its cookie."""
    return Device(neighbourhood=device.neighbourhood, token=session.device)


async def test_a_strangers_wrong_passwords_do_not_lock_the_owner_out(database: Database) -> None:
    await sign_up(database)
    await guess(database, STRANGER)
    with pytest.raises(TooMany) as refused:
        await sign_in(database, STRANGER)
    assert 0 < refused.value.retry_after <= sessions.SIGN_IN_SECONDS
    assert (await sign_in(database, ELSEWHERE)).me.email == ANN


async def test_a_device_that_signed_in_before_is_spared_where_a_stranger_guesses_beside_it(database: Database) -> None:
    await sign_up(database)
    laptop = known(STRANGER, await sign_in(database, STRANGER))
    await guess(database, STRANGER)
    with pytest.raises(TooMany):
        await sign_in(database, STRANGER)
    assert (await sign_in(database, laptop)).device == laptop.token, "it stays the same device"
    await guess(database, laptop)
    with pytest.raises(TooMany):
        await sign_in(database, laptop)


async def test_a_device_is_known_for_who_signed_in_from_it_and_for_nobody_else(database: Database) -> None:
    await sign_up(database)
    await sign_up(database, BEN, "Ben")
    bens = known(STRANGER, await sign_in(database, STRANGER, email=BEN))
    await guess(database, bens)
    with pytest.raises(TooMany):
        await sign_in(database, STRANGER)


async def test_only_wrong_passwords_count(database: Database) -> None:
    await sign_up(database)
    for _ in range(4):
        await sign_in(database, STRANGER)
    await guess(database, STRANGER, times=2)
    await sign_in(database, STRANGER)


async def test_a_value_that_was_planted_does_not_become_a_known_device(database: Database) -> None:
    await sign_up(database)
    planted = Device(neighbourhood="198.51.100.9", token="planted by a stranger")
    assert (await sign_in(database, planted)).device != planted.token


async def test_few_devices_are_remembered_by_a_digest_and_a_reset_forgets_them(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known_devices, "DEVICES", 2)
    await sign_up(database)
    begun = [await sign_in(database, STRANGER) for _ in range(3)]
    rows = await database.fetch("SELECT known_devices::text AS row FROM known_devices")
    assert len(rows) == 2
    assert not any(session.device in row["row"] for session in begun for row in rows)
    await mailed(database)
    await password_resets.request_reset(database, PasswordResetRequest(email=ANN), ELSEWHERE)
    given = PasswordReset(secret=await last_secret(database), password="another horse, another battery")
    await password_resets.reset_password(database, given, ELSEWHERE)
    assert await database.fetchval("SELECT count(*) FROM known_devices") == 1, "only where it was reset"


async def test_devices_nobody_comes_back_from_are_forgotten(database: Database) -> None:
    await sign_up(database)
    database.clock.move(known_devices.LASTS * 1.01)
    await known_devices.forget_unused_devices(database)
    assert await database.fetchval("SELECT count(*) FROM known_devices") == 0


async def test_a_stranger_who_asks_for_links_keeps_nobody_from_one(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(password_resets, "REQUESTS_BY_EMAIL", 1)
    monkeypatch.setattr(password_resets, "MAILS_BY_EMAIL", 2)
    await sign_up(database)
    laptop = known(ELSEWHERE, await sign_in(database, ELSEWHERE))
    wish = PasswordResetRequest(email=ANN)
    await password_resets.request_reset(database, wish, STRANGER)
    with pytest.raises(TooMany):
        await password_resets.request_reset(database, wish, STRANGER)
    await password_resets.request_reset(database, wish, ELSEWHERE)
    with pytest.raises(TooMany):
        await password_resets.request_reset(database, wish, Device(neighbourhood="203.0.113.99"))
    await password_resets.request_reset(database, wish, laptop)


async def test_the_cookie_of_a_device_is_out_of_reach_of_scripts_and_outlives_the_session(
    dsn: str, tmp_path: Path
) -> None:
    async with running(dsn, tmp_path) as web_server:
        ann = await web_server.sign_up()
        (cookie,) = [each for each in ann.cookies.jar if each.name == "estafette_device"]
        assert cookie.has_nonstandard_attr("HttpOnly")
        await ann.delete("/api/v1/sessions/current")
        assert {each.name for each in ann.cookies.jar} == {"estafette_device"}
        beside, given = web_server.client(address=STRANGER.neighbourhood), {"email": ANN, "password": RIGHT}
        for _ in range(3):
            await beside.post("/api/v1/sessions", json=given | {"password": "a wild guess"})
        assert (await beside.post("/api/v1/sessions", json=given)).status_code == 429
        beside.cookies.update(ann.cookies)
        assert (await beside.post("/api/v1/sessions", json=given)).status_code == 201
