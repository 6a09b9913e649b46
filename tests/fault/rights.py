"""Nobody is told a thing about a group or channel after the commit that removed them, until they are let in again."""

from collections.abc import Sequence

from tests.live.client import Json


class Membership:
    """When somebody was in a conversation, as its changes tell it: in full, and read by who was in it all along."""

    def __init__(self, place: str, person: str, changes: Sequence[Json]) -> None:
        self.place = place
        self._sent = {each["message"]["ordinal"]: each["number"] for each in changes if each["kind"] == "message_sent"}
        self._turns = [(0, False)]
        for each in changes:
            # Many who come at once are not named; in these tests they are everybody who was not in it.
            if each["kind"] == "members_added":
                self._turns.append((each["number"], True))
            elif each["kind"] in ("member_joined", "member_left") and each["person"]["id"] == person:
                self._turns.append((each["number"], each["kind"] == "member_joined"))

    @property
    def left(self) -> int | None:
        """The number of the change by which they left for good; None for who is in it at the end."""
        number, inside = self._turns[-1]
        return None if inside else number

    def let_in_after(self, number: int) -> int | None:
        """The number by which they were in it again after a number at which they were not; 0 if they were in it."""
        if [inside for turn, inside in self._turns if turn <= number][-1]:
            return 0
        return next((turn for turn, inside in self._turns if turn > number and inside), None)

    def trespasses(self, frames: Sequence[Json]) -> list[Json]:
        """The frames that they should not have been told, of all that one client was, in their order."""
        found: list[Json] = []
        about = [each for each in frames if each["type"] == "welcome" or each.get("conversation") == self.place]
        for at, frame in enumerate(about):
            later = about[at + 1 :]
            if not self._allows(frame, later):
                found.append(frame)
            elif frame["type"] == "left" and self.left is not None and "welcome" not in map(_type, later):
                # The last time on this connection: nothing comes after it.
                found += [] if "left" in map(_type, later) else later
        return found

    def _allows(self, frame: Json, later: Sequence[Json]) -> bool:
        if frame["type"] == "read":
            return self.left is None or self._sent[frame["ordinal"]] < self.left
        if frame["type"] != "changes":
            return True
        again = self.let_in_after(frame["until"])
        if not again:
            return again == 0
        # They were not in it, and are again. What was being read when they came is told them, since it is before what
        # lets them in; what follows it leads there.
        following = next((each for each in later if each["type"] in ("changes", "welcome")), None)
        return following is None or following["type"] == "welcome" or following["until"] >= again


def _type(frame: Json) -> str:
    return frame["type"]
