"""Imports go on or end by themselves, whatever happens to their worker, storage, disk or attributes."""

import asyncio
import errno
from typing import Any

import pytest
from structlog.testing import capture_logs

from estafette.base.disk import DiskFull
from estafette.base.errors import NotFound
from estafette.clients.actions import attributes, exporting, importing, kept_files, previewing, segments, uploading
from estafette.clients.models.imports import ClientImport, ImportPlan
from estafette.clients.models.segments import AttributeRule, Group
from estafette.clients.store import imports
from estafette.files.errors import StorageFailed
from tests.clients.scene import Register

FILE = "email,city\nzoe@example.com,Lyon\n"


async def started(register: Register) -> ClientImport:
    found = await register.upload(FILE)
    plan = ImportPlan(columns=["email", "attribute:city"], match_by="email")
    return await previewing.start(register.database, register.root, found.id, plan)


async def work(register: Register) -> bool:
    return await importing.import_one(register.database, register.storage, asyncio.Event())


async def told(register: Register, found: ClientImport) -> ClientImport:
    return await previewing.get_import(register.database, register.root, found.id)


def no_room(**_: object) -> Any:
    raise OSError(errno.ENOSPC, "no space left on device")


async def test_nobody_begins_with_another_import_while_one_is_worked_at(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    await started(register)
    await started(register)
    known_attributes, worked = importing.known_attributes, list[bool]()

    async def meanwhile(queries: Any) -> Any:
        if not worked:
            worked.append(await work(register))
        return await known_attributes(queries)

    monkeypatch.setattr(importing, "known_attributes", meanwhile)
    assert await work(register)
    assert await work(register)
    assert worked == [False]
    assert [each.email for each in await register.everybody()] == ["zoe@example.com"]


async def test_an_import_that_takes_its_workers_lives_is_given_up(register: Register) -> None:
    found = await started(register)
    for _ in range(importing.FAULTS):
        now = register.database.clock.now()
        assert await imports.claim(register.database, found.id, now, now + importing.LEASE)
        register.database.clock.move(importing.LEASE)
    assert await work(register)
    done = await told(register, found)
    assert (done.state, done.failure) == ("failed", "import_broke")
    assert await register.names() == []


async def test_a_storage_that_is_away_or_a_full_disk_ends_no_import(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = await started(register)
    with monkeypatch.context() as away:
        for number in range(importing.FAULTS * 2):
            if number == importing.FAULTS:
                away.undo()
                away.setattr(kept_files, "TemporaryDirectory", no_room)
            elif number == 0:
                away.setattr(register.storage, "read", _fails)
            assert await work(register)
            assert not await work(register)
            register.database.clock.move(importing.PUT_OFF)
    assert await work(register)
    assert (await told(register, found)).state == "done"


async def _fails(*_: object) -> Any:
    raise StorageFailed


async def test_a_file_that_breaks_its_reader_is_given_up_after_some_times(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = await started(register)

    def breaks(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(importing, "records_of", breaks)
    for _ in range(importing.FAULTS):
        assert (await told(register, found)).state != "failed"
        with capture_logs() as logs:
            assert await work(register)
        assert [each["event"] for each in logs] == ["an import failed"]
        register.database.clock.move(importing.PUT_OFF)
    assert (await told(register, found)).failure == "import_broke"


async def test_a_lease_is_extended_as_long_as_a_batch_takes(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = await started(register)
    monkeypatch.setattr(importing, "EXTENDED_EVERY", 0.0)
    known_attributes, extend, extended = importing.known_attributes, imports.extend, asyncio.Event()
    taken: list[bool] = []

    async def noted(*given: Any) -> None:
        await extend(*given)
        extended.set()

    async def long(queries: Any) -> Any:
        register.database.clock.move(importing.LEASE / 2)
        for _ in range(2):
            extended.clear()
            await extended.wait()
        register.database.clock.move(importing.LEASE / 2)
        taken.append(await work(register))
        return await known_attributes(queries)

    monkeypatch.setattr(imports, "extend", noted)
    monkeypatch.setattr(importing, "known_attributes", long)
    assert await work(register)
    assert taken == [False]
    assert (await told(register, found)).state == "done"


async def test_an_upload_that_cannot_be_kept_leaves_nothing(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as full:
        full.setattr(uploading, "TemporaryDirectory", no_room)
        with pytest.raises(DiskFull):
            await register.upload(FILE)
    monkeypatch.setattr(register.storage, "put", _fails)
    with pytest.raises(StorageFailed):
        await register.upload(FILE)
    assert await previewing.list_imports(register.database, register.root) == []


async def test_the_bytes_of_an_upload_that_was_killed_are_removed(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    put, paths = register.storage.put, list[str]()

    async def killed(path: str, pieces: Any) -> None:
        await put(path, pieces)
        paths.append(path)
        raise KeyboardInterrupt

    async def dead(*_: object) -> None: ...

    with monkeypatch.context() as dying:
        dying.setattr(register.storage, "put", killed)
        dying.setattr(uploading, "remove_kept", dead)
        with pytest.raises(KeyboardInterrupt):
            await register.upload(FILE)
    assert await register.storage.small(paths[0])
    register.database.clock.move(importing.UNUSED * 2)
    await importing.forget_old_imports(register.database, register.storage)
    with pytest.raises(NotFound):
        await register.storage.small(paths[0])
    assert await previewing.list_imports(register.database, register.root) == []


@pytest.mark.parametrize("when", ["it waits", "it is read"])
async def test_values_of_an_attribute_that_is_removed_meanwhile_are_left_out(
    register: Register, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    found = await started(register)
    known_attributes = importing.known_attributes

    async def removed_then(queries: Any) -> Any:
        known = await known_attributes(queries)
        await attributes.remove_attribute(register.database, register.root, "city")
        return known

    if when == "it waits":
        await attributes.remove_attribute(register.database, register.root, "city")
    else:
        monkeypatch.setattr(importing, "known_attributes", removed_then)
    assert await work(register)
    assert (await told(register, found)).created == 1
    assert [each.attributes for each in await register.everybody()] == [{}]


async def test_a_value_of_another_kind_breaks_neither_filter_nor_export(register: Register) -> None:
    await register.add("Zoé", attributes={"spent": 5})
    await register.add("Yves")
    await register.database.execute(
        """UPDATE clients SET attributes = '{"spent": "much", "since": "long"}' WHERE name = 'Yves'"""
    )
    group = Group(rules=[AttributeRule(key="spent", comparison="greater", value=1)])
    assert (await segments.count_filter(register.database, register.root, group)).count == 1
    pieces = await exporting.export_csv(register.database, register.root, None)
    assert b'"long"' in b"".join([each async for each in pieces])
