"""A client that holds everything of its chats: what was said, what stands below it, who is in them, what is settled."""

from tests.live.client import Json, LiveClient, Reader, Thread

DETAILS = ("name", "purpose", "is_open", "members", "archived_at", "my_role")
SETTLED = ("favourite", "my_level", "put_away_at")
ABOUT_THE_PLACE = {
    "opened",
    "member_joined",
    "member_left",
    "members_added",
    "member_changed",
    "conversation_changed",
}
"""After these, what a client shows of a chat and who is in it is to be fetched anew."""


class WholeReader(Reader):
    """Reads what is put away, too: what is archived is held like the rest."""

    async def conversations(self) -> list[str]:
        """The ids of all groups, channels and direct chats that the person is in."""
        pages = [
            await self.get("/conversations", archived=archived, side="colleagues", limit=100)
            for archived in ("false", "true")
        ]
        return [each["id"] for page in pages for each in page["items"]]


class Place:
    """One group or channel as its client holds it, or reads it anew."""

    def __init__(self, thread: Thread) -> None:
        self.thread = thread
        self.details: Json = {}
        self.settled: Json = {}
        self.members: list[Json] = []

    async def fetch(self, reader: Reader, id_: str) -> None:
        """Reads what the chat is and who is in it."""
        found = await reader.get(f"/conversations/{id_}")
        self.details = {name: found[name] for name in DETAILS}
        self.settled = {name: found[name] for name in SETTLED}
        self.members = (await reader.get(f"/conversations/{id_}/members", limit=100))["items"]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Place) and vars(self) == vars(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"{self.thread} {self.details} {self.settled} {[each['role'] for each in self.members]}"


class WholeClient(LiveClient):
    """Follows the protocol in all that concerns groups and channels."""

    def __init__(self, reader: Reader) -> None:
        super().__init__(reader)
        self.places: dict[str, Place] = {}

    async def _apply_to_state(self, frame: Json) -> None:
        before = {id_: thread.number for id_, thread in self.threads.items()}
        await super()._apply_to_state(frame)
        self.places = {id_: place for id_, place in self.places.items() if id_ in self.threads}
        if frame["type"] == "welcome":
            for id_ in self.threads:
                await self._hold(id_)
        elif frame["type"] == "thread" and frame["conversation"] in self.threads:
            self._show_below(self.threads[frame["conversation"]], frame)
        elif frame["type"] == "own_settings" and frame["conversation"] in self.places:
            self._settle(self.places[frame["conversation"]], frame)
        elif frame["type"] in {"changes", "joined"} and frame["conversation"] in self.threads:
            await self._follow_place(frame, before.get(frame["conversation"]))

    async def _hold(self, id_: str) -> None:
        place = self.places.setdefault(id_, Place(self.threads[id_]))
        place.thread = self.threads[id_]
        for line in (await self.reader.get(f"/conversations/{id_}/threads"))["items"]:
            self._show_below(place.thread, {"message": line["message_id"], "thread": line["thread"]})
        await place.fetch(self.reader, id_)

    async def _follow_place(self, frame: Json, held: int | None) -> None:
        id_ = frame["conversation"]
        if id_ not in self.places or held is None or frame["type"] == "joined" or frame["after"] > held:
            # New to this client, or something was missed.
            await self._hold(id_)
            return
        place = self.places[id_]
        new = [each for each in frame["changes"] if each["number"] > held]
        if any(each["kind"] in ABOUT_THE_PLACE for each in new):
            await place.fetch(self.reader, id_)
        if any(each["kind"] == "message_sent" for each in new) and place.settled["my_level"] != "nothing":
            place.settled["put_away_at"] = None

    @staticmethod
    def _show_below(thread: Thread, line: Json) -> None:
        message = thread.messages.get(line["message"])
        if message is not None and (message["thread"] or {"number": 0})["number"] <= line["thread"]["number"]:
            message["thread"] = line["thread"]

    @staticmethod
    def _settle(place: Place, frame: Json) -> None:
        place.settled = {
            "favourite": frame["favourite"],
            "my_level": frame["level"],
            "put_away_at": frame["put_away_at"],
        }


async def read_anew(reader: Reader) -> dict[str, Place]:
    """What a client that was never here before reads."""
    found: dict[str, Place] = {}
    for id_ in await reader.conversations():
        found[id_] = Place(await reader.history(id_))
        await found[id_].fetch(reader, id_)
    return found
