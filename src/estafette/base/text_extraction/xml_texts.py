"""The text in the XML of office documents, as it comes piece by piece."""

from typing import Final, NamedTuple
from xml.parsers import expat

from estafette.base.text_extraction.refusals import NoText


class Words(NamedTuple):
    """Which elements hold text, after which a new line begins, and which attribute is text, by their local names."""

    holding: frozenset[str]
    ending: frozenset[str]
    named: tuple[str, str] | None = None


_PARAGRAPHS: Final = frozenset({"p", "h", "br", "line-break", "tab", "s"})
WORDS: Final = Words(frozenset({"t", "p", "h"}), _PARAGRAPHS)
"""Of Word and PowerPoint (w:t, a:t) and OpenDocument (text:p, text:h)."""
CELLS: Final = Words(frozenset({"t", "v"}), frozenset({"si", "c"}))
"""Of Excel: the strings that cells share, their own, and their numbers."""
SHEETS: Final = Words(frozenset(), frozenset(), ("sheet", "name"))
"""Of Excel: what its sheets are called."""


class XmlText:
    """Reads the text of one XML document; a document type is refused, and with it every entity of its own."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._found: list[str] = []
        self._holding = 0
        self._shared = False
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._say
        self._parser.StartDoctypeDeclHandler = _refuse

    def feed(self, piece: bytes) -> str:
        """The text in the next piece; raises NoText for what is no XML."""
        return self._parsed(piece, last=False)

    def close(self) -> str:
        """The text that was kept back until the end; raises NoText for what breaks off."""
        return self._parsed(b"", last=True)

    def _parsed(self, piece: bytes, *, last: bool) -> str:
        try:
            self._parser.Parse(piece, last)
        except expat.ExpatError as error:
            raise NoText("broken") from error
        found = "".join(self._found)
        self._found.clear()
        return found

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if local in self._words.holding:
            self._holding += 1
        if local == "c":
            # Its number is the place of a string that stands elsewhere.
            self._shared = attributes.get("t") == "s"
        if self._words.named is not None and local == self._words.named[0]:
            self._found.append(attributes.get(self._words.named[1], "") + "\n")

    def _end(self, name: str) -> None:
        local = name.rpartition(" ")[2]
        if local in self._words.holding:
            self._holding -= 1
        if local in self._words.ending:
            self._found.append("\n")
            self._shared = False

    def _say(self, text: str) -> None:
        if self._holding and not self._shared:
            self._found.append(text)


def _refuse(*_: object) -> None:
    raise NoText("broken")
