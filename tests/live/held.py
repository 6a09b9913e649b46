"""What a client of the live protocol holds of one conversation, by the rules of docs/live-protocol.md."""

from collections import defaultdict
from typing import Any

Json = dict[str, Any]


class Thread:
    """A number, and the messages up to it, as `me` sees them."""

    def __init__(self, number: int, messages: list[Json], me: str) -> None:
        self.number, self.me = number, me
        self.messages: dict[str, Json] = {}
        self._replies: defaultdict[str, set[str]] = defaultdict(set)
        """The messages that quote each."""
        for message in messages:
            self.keep(message)

    def keep(self, message: Json) -> None:
        """The version that a newer change touched wins, in whatever order they come."""
        held = self.messages.get(message["id"])
        if held is None or held["number"] <= message["number"]:
            mine = {each["emoji"] for each in held["reactions"] if each["mine"]} if held else set()
            reactions = [{"mine": each["emoji"] in mine, **each} for each in message["reactions"]]
            self.messages[message["id"]] = {**message, "reactions": reactions}
            if message["quoted"] is not None:
                self._replies[message["quoted"]["id"]].add(message["id"])
            self._quote(message)

    def _quote(self, message: Json) -> None:
        """What replies to a message shows it as it is now."""
        if message["id"] not in self._replies:
            return
        now = {
            "excerpt": message["text"][:200],
            "attachments": len(message["attachments"]),
            "deleted": message["deleted_at"] is not None,
        }
        for each in (self.messages[reply] for reply in self._replies[message["id"]]):
            if each["quoted"] is not None:
                each["quoted"] = each["quoted"] | now

    def apply(self, changes: list[Json], until: int) -> None:
        for change in changes:
            if change["number"] <= self.number:
                continue
            if change["message"] is not None:
                self.keep(change["message"])
            if change["reaction"] is not None:
                self._react(change, change["reaction"])
        self.number = max(self.number, until)

    def _react(self, change: Json, step: Json) -> None:
        message = self.messages.get(step["message_id"])
        if message is None:
            return
        under = {each["emoji"]: each for each in message["reactions"]}
        held = under.get(step["emoji"])
        mine = change["kind"] == "reaction_added" if change["person"]["id"] == self.me else bool(held and held["mine"])
        if change["number"] > message["number"]:
            message["number"] = change["number"]
            held = {name: step[name] for name in ("emoji", "count", "since", "people")}
        if held is not None:
            under[step["emoji"]] = {**held, "mine": mine}
        shown = [each for each in under.values() if each["count"]]
        message["reactions"] = sorted(shown, key=lambda each: each["since"])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Thread) and (self.number, self.messages) == (other.number, other.messages)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        said = sorted(self.messages.values(), key=lambda each: each["ordinal"])
        return f"<{self.number}: {[(each['ordinal'], each['number'], each['text'][:20]) for each in said]}>"
