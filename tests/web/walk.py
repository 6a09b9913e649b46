"""The world that the walk over every endpoint sees: fresh targets for each step, so that no step spoils the next."""

import asyncio
import io
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import msgspec
from PIL import Image

from estafette import accounts
from estafette.accounts import SignedIn
from estafette.accounts.actions import contact_list
from estafette.accounts.credentials import digest
from estafette.accounts.models.contact_list import ContactPut
from estafette.base.database import Database
from estafette.base.ids import new_id
from estafette.base.vault import open_vault
from estafette.conversations.actions import groups, membership, threads
from estafette.conversations.models.groups import NewGroup
from estafette.files import open_storage
from estafette.notifications.rules.unsubscribing import unsubscribe_token
from tests.files.documents import pdf
from tests.http import ORIGIN, PASSWORD, WebServer
from tests.waiting import PATIENCE
from tests.web.asking import asking_bodies, asking_targets, new_advert, reachable
from tests.web.communicated import PHONE, communicated_bodies, communicated_targets, preferences_token
from tests.web.documents import document_bodies, document_system
from tests.web.later import later_bodies, scheduled_by
from tests.web.outgoing import outgoing_bodies, outgoing_targets
from tests.web.registered import FILE, registered_bodies, registered_targets
from tests.world import World, again

ROLES = (
    "anonymous",
    "customer",
    "other customer",
    "member",
    "owner",
    "other owner",
    "administrator",
    "reader",
    "writer",
    "employee",
    "other employee",
)
ELSEWHERE = "198.51.100.7"
# What the body of a path must bring: the secret of a link that was mailed for this.
MAILED = {
    "/api/v1/password-resets": "password_reset",
    "/api/v1/email-confirmations": "email_confirmation",
    "/api/v1/email-reversals": "email_change_stop",
}
# Paths that speak of a channel, where others of the same form speak of the conversation of customer and partner.
OF_GROUPS = {
    "/api/v1/conversations/{conversation_id}/members",
    "/api/v1/conversations/{conversation_id}/members/me",
    "/api/v1/conversations/{conversation_id}/members/{person_id}",
    "/api/v1/conversations/{conversation_id}/level",
    "/api/v1/conversations/{conversation_id}/favourite",
    "/api/v1/conversations/{conversation_id}/put-away",
    "/api/v1/conversations/{conversation_id}/messages/{message_id}/thread",
    "/api/v1/conversations/{conversation_id}/threads",
    "/api/v1/conversations/{conversation_id}/follow",
}
INVITED = ("/api/v1/invitations/acceptances", "/api/v1/invitations/lookups", "/api/v1/invitations/registrations")
Targets = dict[str, Any]


@dataclass
class Walk:
    """Everybody with a credential, and the things that paths speak of."""

    web_server: WebServer
    database: Database
    world: World
    people: dict[str, UUID]
    tokens: dict[str, str]
    conversation: UUID
    file: UUID
    document: UUID
    fay: UUID
    advert: UUID
    gina: SignedIn

    async def client(self, role: str) -> httpx.AsyncClient:
        """A client of a role, with a session of its own, far from this machine."""
        if role in self.tokens:
            return self.web_server.client(self.tokens[role], address=ELSEWHERE)
        if role == "anonymous":
            return self.web_server.client(address=ELSEWHERE)
        _, secret = await self.session(self.people[role])
        return self.web_server.client(address=ELSEWHERE, Cookie=f"estafette_session={secret}")

    async def session(self, person: UUID) -> tuple[UUID, str]:
        """A new session without the work of checking a password."""
        id_, secret, now = new_id(), secrets.token_urlsafe(32), datetime.now(UTC)
        await self.database.execute(
            "INSERT INTO sessions (id, person_id, token_hash, created_at, last_seen_at, expires_at) "
            "VALUES ($1, $2, $3, $4, $4, $5)",
            id_, person, digest(secret), now, now + timedelta(days=1),
        )  # fmt: skip
        return id_, secret

    async def targets(self, path: str) -> Targets:
        """What a path speaks of: Ann's and the château's, made anew."""
        ann = self.people["customer"]
        found: Targets = {"partner_id": self.world.chateau, "conversation_id": self.conversation, "file_id": self.file}
        if path.startswith("/api/v1/files/{file_id}/pages"):
            found |= {"file_id": self.document, "number": 1}
        if "{message_id}" in path:
            found["message_id"] = (await self.world.say(self.world.ann, self.conversation, "A message")).id
        if "{upload_id}" in path:
            found["upload_id"] = await self._upload(ann)
        if "{emoji}" in path:
            found["emoji"] = "👍"
        if "{scheduled_message_id}" in path:
            found["scheduled_message_id"] = await scheduled_by(self.world, self.conversation)
        if "{system_id}" in path:
            found["system_id"] = await document_system(self.database, self.world.root.person_id)
        if "{session_id}" in path:
            found["session_id"], _ = await self.session(ann)
        if "{profile_id}" in path:
            found["profile_id"] = await self._contact_profile(ann)
        if "{token_id}" in path:
            found["token_id"] = await self._token(self.people["robot"] if "{person_id}" in path else ann)
        if "{person_id}" in path:
            found["person_id"] = self._person(path)
        if path == "/api/v1/contacts/{person_id}":
            await contact_list.put_contact(self.database, self.gina, found["person_id"], ContactPut())
        if "{topic_id}" in path:
            found["topic_id"] = self.conversation
        if "{token}" in path:
            vault = open_vault(self.web_server.settings.data)
            found["token"] = unsubscribe_token(vault, ann, "message")
            if path.startswith("/preferences/"):
                found["token"] = await preferences_token(self.world, vault)
        if path.startswith("/docs/"):
            found |= {"chapter": "install", "name": "nginx.conf"}
        if path in MAILED:
            found["secret"] = await self._secret(MAILED[path], ann if MAILED[path] == "email_confirmation" else None)
        if path == "/api/v1/me/pending-email":
            await self._secret("email_change", ann)
        if "{domain}" in path:
            found["domain"] = await self._domain()
        if "{invitation_id}" in path or path in INVITED:
            partner = self.world.chateau if "{partner_id}" in path or path in INVITED else None
            stranger = path.endswith("/registrations")
            found |= await self._invitation(partner, f"{uuid4().hex}@example.com" if stranger else "ann@example.com")
        if "{user_id}" in path:
            found["user_id"] = self.people["employee"]
            found["channel_id"] = (await self._group(path))["conversation_id"]
        if path in OF_GROUPS:
            found |= await self._group(path)
        elif path.endswith("/members/{person_id}"):
            await accounts.add_member(self.database, self.world.chateau, self.fay, "member")
        found |= await asking_targets(self.world, path, self.advert) | await registered_targets(
            self.world, path, open_storage(self.web_server.settings.files)
        )
        found |= await communicated_targets(self.world, path, found)
        return found | await outgoing_targets(self.database, path, ann, self.people["robot"])

    def _person(self, path: str) -> UUID:
        if "/directory/" in path or "/contacts/" in path:
            return self.people["third employee"]
        return self.people["robot"] if "/tokens" in path else self.fay

    async def _group(self, path: str) -> Targets:
        """A channel that Gina owns, Ida is in and all employees may read, with a message; it is about Ida.

        Or the thread below that message, where the path speaks of following.
        """
        new = NewGroup(kind="channel", name="News", is_open=True)
        place = (await groups.open_group(self.database, self.gina, new)).id
        await membership.invite(self.database, self.gina, place, [self.people["third employee"]], "member")
        message = (await self.world.say(self.gina, place, "Who comes?")).id
        if path.endswith("/follow"):
            place = (await threads.open_thread(self.database, self.gina, place, message)).id
        return {"conversation_id": place, "person_id": self.people["third employee"], "message_id": message}

    async def _secret(self, purpose: str, person: UUID | None = None) -> str:
        """What a link that was mailed to Fay, or to another person, ends with."""
        secret = secrets.token_urlsafe(32)
        await self.database.execute(
            "INSERT INTO mailed_links (id, person_id, purpose, email, secret_hash, created_at, expires_at) "
            "VALUES ($1, $2, $3, 'fay@example.com', $4, now(), now() + interval '1 hour')",
            new_id(), person or self.fay, purpose, digest(secret),
        )  # fmt: skip
        return secret

    async def _invitation(self, partner: UUID | None, email: str) -> Targets:
        """An invitation of Ann or a stranger, to the château or to administrate, and what its link ends with."""
        secret, id_ = secrets.token_urlsafe(32), new_id()
        await self.database.execute("DELETE FROM invitations")
        await self.database.execute("DELETE FROM partner_members WHERE person_id = $1", self.people["customer"])
        await self.database.execute(
            "INSERT INTO invitations (id, partner_id, role, email, email_key, secret_hash, created_at, created_by, "
            "expires_at) VALUES ($1, $2, $3, $4, $4, $5, now(), $6, now() + interval '1 hour')",
            id_, partner, "administrator" if partner is None else "member", email, digest(secret),
            self.people["administrator"],
        )  # fmt: skip
        return {"invitation_id": id_, "secret": secret}

    async def _domain(self) -> str:
        """A domain of employees."""
        await self.database.execute("DELETE FROM employee_domains")
        await self.database.execute(
            "INSERT INTO employee_domains (domain, name, added_at, added_by) VALUES ('house.example', 'house.example', "
            "now(), $1)",
            self.people["administrator"],
        )
        return "house.example"

    async def _upload(self, owner: UUID) -> UUID:
        """An upload of no bytes, all of which have come."""
        id_ = new_id()
        await self.database.execute(
            "INSERT INTO uploads (id, owner_id, name, size, created_at, expires_at) "
            "VALUES ($1, $2, 'plan.png', 0, now(), now() + interval '1 hour')",
            id_,
            owner,
        )
        return id_

    async def _contact_profile(self, person: UUID) -> UUID:
        await self.database.execute("DELETE FROM contact_profiles WHERE NOT is_default")
        id_ = new_id()
        await self.database.execute(
            "INSERT INTO contact_profiles (id, person_id, label, email, is_default, created_at) "
            "VALUES ($1, $2, 'Work', 'ann@work.example', false, now())",
            id_,
            person,
        )
        return id_

    async def _token(self, person: UUID) -> UUID:
        id_ = new_id()
        await self.database.execute(
            "INSERT INTO tokens (id, person_id, token_hash, name, scopes, created_at) "
            "VALUES ($1, $2, $3, 'script', '{read}', now())",
            id_,
            person,
            secrets.token_bytes(32),
        )
        return id_

    async def ask(self, role: str, method: str, path: str, targets: Targets) -> httpx.Response:
        """One step: a role asks for one endpoint with an input that is right.

        Half of the roles write with a key: the write is one transaction then, in which nobody may wait.
        """
        address = path.replace("{code}", "not_found")
        for name, id_ in targets.items():
            address = address.replace(f"{{{name}}}", str(id_))
        async with await self.client(role) as client:
            if ROLES.index(role) % 2:
                client.headers["Idempotency-Key"] = uuid4().hex
            return await client.request(method, address, **self._input(method, path, targets))

    def _input(self, method: str, path: str, targets: Targets) -> dict[str, Any]:
        fresh = f"{uuid4().hex}@example.com"
        bodies: dict[str, Any] = outgoing_bodies() | asking_bodies(self.world.chateau, self.advert)
        bodies |= later_bodies() | document_bodies() | registered_bodies() | communicated_bodies()
        bodies |= {
            "POST /v1/auth": {"email": "ann@example.com", "password": PASSWORD},
            "PUT /v1/user/{user_id}": {"info": "In a meeting", "status": "away"},
            "POST /v1/user/{user_id}/channel": {"nameof": "Lunch", "user": str(targets.get("user_id"))},
            "PUT /v1/user/{user_id}/channel/{channel_id}": {"nameof": "Dinner"},
            "POST /api/messages": {"conversationId": str(self.conversation), "content": "Hello"},
            "PATCH /api/v1/conversations/{conversation_id}/messages/{message_id}": {"text": "Edited"},
            "POST /api/v1/conversations/{conversation_id}/messages/{message_id}/forwards": {
                "conversations": [str(self.conversation)]
            },
            "PATCH /api/v1/me": {"language": "en"},
            "PATCH /api/v1/me/contact-profiles/{profile_id}": {"label": "Office"},
            "PATCH /api/v1/partners/{partner_id}": {"city": "Maincy"},
            "PATCH /api/v1/people/{person_id}": {"name": "Fay"},
            "PATCH /api/v1/directory/{person_id}": {"title": "Lawyer"},
            "PUT /api/v1/contacts/{person_id}": {"is_favourite": True},
            "PUT /api/v1/me/presence": {"status": "away"},
            "PUT /api/v1/me/custom-status": {"text": "Lunch"},
            "PUT /api/v1/me/last-seen": {"hidden": True},
            "POST /api/v1/conversations": {"partner_id": str(self.world.chateau), "text": "Hello"},
            "POST /api/v1/conversations/{conversation_id}/messages": {"text": "Hello"},
            "POST /api/v1/conversations/{conversation_id}/messages/{message_id}/thread": {"text": "Hello"},
            "POST /api/v1/email-reversals": {"secret": targets.get("secret")},
            "POST /api/v1/email-confirmations": {"secret": targets.get("secret")},
            "POST /api/v1/invitations": {"email": fresh},
            "POST /api/v1/invitations/acceptances": {"secret": targets.get("secret")},
            "POST /api/v1/invitations/registrations": {
                "secret": targets.get("secret"),
                "name": "Gus",
                "password": PASSWORD,
            },
            "POST /api/v1/invitations/employees": {"addresses": f"Gus <{fresh}>"},
            "POST /api/v1/employee-domains": {"domain": f"{uuid4().hex}.example"},
            "POST /api/v1/phone-numbers/lookups": {"phone": "+33612345678"},
            "POST /api/v1/invitations/lookups": {"secret": targets.get("secret")},
            "POST /api/v1/me/contact-profiles": {"label": "Home", "email": "home@example.com"},
            "POST /api/v1/partners": {"name": "Moulin"},
            "POST /api/v1/password-resets": {"email": fresh},
            "POST /api/v1/people": {"name": "Gus", "email": fresh},
            "POST /api/v1/people/{person_id}/tokens": {"name": "script", "scopes": ["read"]},
            "POST /api/v1/sessions": {"email": "ann@example.com", "password": PASSWORD},
            "POST /api/v1/setup": {"code": "x", "name": "Gus", "email": fresh, "password": PASSWORD},
            "POST /api/v1/sign-up": {"name": "Gus", "email": fresh, "password": PASSWORD},
            "POST /api/v1/tokens": {"name": "script", "scopes": ["read"]},
            "PUT /api/v1/conversations/{conversation_id}/read": {"ordinal": 1},
            "PATCH /api/v1/conversations/{conversation_id}": {"name": "Another name"},
            "POST /api/v1/direct-chats": {"person_id": str(self.people["third employee"])},
            "POST /api/v1/groups": {"kind": "group", "name": "Lunch"},
            "POST /api/v1/conversations/{conversation_id}/members": {"people": [str(self.people["employee"])]},
            "PUT /api/v1/conversations/{conversation_id}/level": {"level": "all"},
            "PUT /api/v1/conversations/{conversation_id}/members/{person_id}": {"role": "moderator"},
            "PATCH /api/v1/me/notification-settings": {"quiet_from": "22:00", "quiet_until": "07:00"},
            "PUT /api/v1/me/notification-exceptions/{topic_id}": {"level": "app"},
            "PUT /api/v1/notifications/read": {"all": True},
            "PUT /api/v1/partners/{partner_id}/notification-audience": {
                "audiences": [{"kind": "message", "mode": "owners"}]
            },
            "PUT /api/v1/me/password": {"current": PASSWORD, "new": PASSWORD},
            "PUT /api/v1/password-resets": {"secret": targets.get("secret"), "password": PASSWORD},
            "PUT /api/v1/partners/{partner_id}/members": {"email": "fay@example.com", "role": "member"},
        }
        if path == "/api/v1/files":
            return {"content": picture(), "params": {"name": "picture.png"}}
        if path.startswith("/api/v1/uploads"):
            tus = {"Tus-Resumable": "1.0.0", "Upload-Length": "1", "Upload-Offset": "0"}
            return {"headers": tus | {"Content-Type": "application/offset+octet-stream"}}
        if path == "/api/v1/presence":
            return {"params": {"people": str(self.people["third employee"])}}
        if path.startswith("/api/v1/people/imports"):
            return {"content": f"name,email\nGus,{fresh}\n".encode()}
        if path.endswith("/acknowledgements") and method == "GET":
            return {"params": {"link": "https://example.com/1"}}
        if path in ("/api/v1/client-imports", "/v1/clients/imports"):
            return {"content": FILE}
        if path == "/api/v1/client-lists" and method == "POST":
            return {"content": PHONE}
        if path == "/api/v1/communications/{communication_id}/recipients/{client_id}":
            return {"params": {"channel": "sms"}}
        if path in ("/api/v1/search", "/v1/search"):
            return {"params": {"q": "garden"}}
        if path.endswith("/changes"):
            return {"params": {"after": 0}}
        if path.endswith("/draft") and method == "DELETE":
            return {"params": {"revision": 1}}
        body = bodies.get(f"{method} {path}")
        return {"json": body} if body is not None else {}

    async def knock(self, role: str) -> int:
        """How the live connection answers a role: 101 when it is welcome, else the code it closes with."""
        headers = [(b"host", b"127.0.0.1:8000"), (b"origin", ORIGIN.encode())]
        async with await self.client(role) as client:
            shown = [name for name in ("cookie", "authorization") if name in client.headers]
            headers += [(name.encode(), client.headers[name].encode()) for name in shown]
        come: asyncio.Queue[Any] = asyncio.Queue()
        gone: asyncio.Queue[Any] = asyncio.Queue()
        scope = {
            "type": "websocket",
            "path": "/api/v1/live",
            "query_string": b"",
            "scheme": "ws",
            "headers": headers,
            "client": (ELSEWHERE, 50_000),
            "subprotocols": [],
        }
        serving = asyncio.create_task(self.web_server.app(scope, come.get, gone.put))
        await come.put({"type": "websocket.connect"})
        async with asyncio.timeout(PATIENCE):
            assert (await gone.get())["type"] == "websocket.accept"
            first = await gone.get()
            await come.put({"type": "websocket.disconnect", "code": 1000})
            await serving
        if first["type"] == "websocket.close":
            return first["code"]
        assert msgspec.json.decode(first["text"])["type"] == "welcome"
        return 101


def picture() -> bytes:
    """A small image, another one each time."""
    target = io.BytesIO()
    Image.new("RGB", (8, 8), tuple(secrets.token_bytes(3))).save(target, "PNG")
    return target.getvalue()


async def prepare(web_server: WebServer, database: Database, world: World) -> Walk:
    """The world with a conversation of Ann and the château, a picture in it, a robot, and Fay whom nobody knows."""
    robot = await accounts.add_person(database, "robot@example.com", "Robot", ("service",))
    fay = await accounts.add_person(database, "fay@example.com", "Fay")
    ann = world.ann.person_id
    staff = {
        role: (await accounts.add_person(database, f"{name.lower()}@example.com", name, ("employee",))).id
        for role, name in (("employee", "Gina"), ("other employee", "Hugo"), ("third employee", "Ida"))
    }
    await database.execute(
        "UPDATE people SET password_hash = (SELECT password_hash FROM people WHERE id = $1) WHERE id = ANY ($2)",
        (await accounts.add_person(database, "key@example.com", "Key", password=PASSWORD)).id,
        [each.person_id for each in (world.ann, world.ben, world.claire, world.denis, world.eva, world.root)]
        + list(staff.values()),
    )
    walk = Walk(
        web_server=web_server,
        database=database,
        world=world,
        people={
            "customer": ann,
            "other customer": world.ben.person_id,
            "member": world.denis.person_id,
            "owner": world.claire.person_id,
            "other owner": world.eva.person_id,
            "administrator": world.root.person_id,
            "robot": robot.id,
            **staff,
        },
        tokens={
            "reader": await accounts.create_token(database, robot.id, "reader", ("read",)),
            "writer": await accounts.create_token(database, robot.id, "writer", ("read", "write")),
        },
        conversation=uuid4(),
        file=uuid4(),
        document=uuid4(),
        fay=fay.id,
        advert=await new_advert(world),
        gina=await again(database, staff["employee"]),
    )
    await reachable(database)
    walk.conversation = (await world.write(world.ann, world.chateau, "Is the garden open?")).conversation.id
    async with await walk.client("customer") as client:
        walk.file = UUID((await client.post("/api/v1/files?name=plan.png", content=picture())).json()["id"])
        walk.document = UUID((await client.post("/api/v1/files?name=plan.pdf", content=pdf("Plan"))).json()["id"])
    await world.say(world.ann, walk.conversation, "The plan", attachments=[walk.file, walk.document])
    return walk
