"""Nobody is told a thing about a group or channel after the commit that removed them, until they are let in again."""

from collections.abc import Sequence

from tests.live.client import Json

LETTING_IN, LETTING_OUT = "letting in", "letting out"
"""Stand among the frames of a client where somebody began to ask for that; what was asked before is answered by then.

What is said just before somebody is let in again may be told them just after it; before it is asked for it may not.
A letting out says how far the conversation had come by then (`head`): whoever was in it may be told all of that, what
was said before they were let in included, however late it comes.
"""


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

    def inside(self, number: int) -> bool:
        """Whether they were in it once this change was made."""
        return [inside for turn, inside in self._turns if turn <= number][-1]

    @property
    def inside_at_last(self) -> bool:
        """Whether they are in it at the end."""
        return self._turns[-1][1]

    def trespasses(self, frames: Sequence[Json]) -> list[Json]:
        """What they should not have been told of all that one client was told, in its order."""
        found: list[Json] = []
        comes = has_left = False
        head = 0
        for frame in frames:
            if frame["type"] == "welcome":
                has_left = False
            elif frame.get("conversation") != self.place:
                continue
            elif frame["type"] in (LETTING_IN, LETTING_OUT):
                comes = frame["type"] == LETTING_IN
                has_left = has_left and not comes
                head = frame.get("head", 0)
            elif frame["type"] == "left":
                has_left = not comes
            elif has_left or not (comes or self._allows(frame, head)):
                found.append(frame)
        return found

    def _allows(self, frame: Json, head: int) -> bool:
        match frame["type"]:
            case "changes":
                number = frame["until"]
            case "read":
                number = self._sent[frame["ordinal"]]
            case _:
                return True
        return self.inside(number) or (number < head and self.inside(head))
