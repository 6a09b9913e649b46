"""What the walk over every endpoint needs of the register of clients: right inputs, and fresh targets."""

from typing import Any
from uuid import uuid4

from estafette import clients
from estafette.base.ids import new_id
from estafette.clients import Group, NewAttribute, NewClient, NewSegment
from estafette.clients.actions import keeping
from estafette.clients.actions.uploading import kept_at
from estafette.clients.models.imports import ImportRow
from estafette.clients.store import imports
from estafette.files import Storage
from tests.world import World

FILE = b"name,email\nZoe,zoe@example.com\n"
PLAN = {"columns": ["name", "email"], "match_by": "email"}


def registered_bodies() -> dict[str, Any]:
    """Bodies by method and path."""
    everybody: dict[str, Any] = {"kind": "group", "rules": []}
    return {
        "POST /api/v1/clients": {"name": "Zoe"},
        "PATCH /api/v1/clients/{client_id}": {"revision": 1, "name": "Zoe"},
        "PUT /api/v1/clients/{client_id}/consents/{channel}": {"given": True, "source": "Fair"},
        "POST /api/v1/client-attributes": {"label": uuid4().hex, "kind": "text"},
        "PATCH /api/v1/client-attributes/{key}": {"position": 1},
        "POST /api/v1/client-segments": {"name": uuid4().hex, "filter": everybody},
        "POST /api/v1/client-segments/counts": {"filter": everybody},
        "PATCH /api/v1/client-segments/{segment_id}": {"revision": 1, "filter": everybody},
        "POST /api/v1/client-imports/{import_id}/previews": PLAN,
        "PUT /api/v1/client-imports/{import_id}/run": PLAN,
    }


async def registered_targets(world: World, path: str, storage: Storage) -> dict[str, Any]:
    """What a path speaks of: a client, an attribute, a segment or an import, made anew."""
    database, root = world.database, world.root
    found: dict[str, Any] = {}
    if "{client_id}" in path:
        await database.execute("DELETE FROM clients")
        made = await keeping.add_client(database, root, NewClient(name="Ann", email="ann@example.com"))
        found |= {"client_id": made.id, "channel": "sms"}
    if path.endswith("/client-attributes/{key}"):
        found["key"] = (await clients.add_attribute(database, root, NewAttribute(label=uuid4().hex, kind="text"))).key
    elif path.endswith("/client-attributes"):
        await database.execute("DELETE FROM client_attributes")
    if "{segment_id}" in path:
        new = NewSegment(name=uuid4().hex, filter=Group())
        found["segment_id"] = (await clients.add_segment(database, root, new)).id
    if "{import_id}" in path:
        uploaded = ImportRow(
            id=new_id(),
            file_name="clients.csv",
            size=len(FILE),
            format="csv",
            encoding="UTF-8",
            separator=",",
            lines=2,
            columns=["name", "email"],
            state="uploaded",
            created_at=database.clock.now(),
            created_by=root.person_id,
        )
        await imports.insert(database, uploaded)
        await storage.put(kept_at(uploaded.id), FILE)
        found["import_id"] = uploaded.id
    return found
