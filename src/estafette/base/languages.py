"""The four languages of the product and sentences said in all of them."""

import re
from functools import cache
from typing import Final, Literal, NamedTuple

Language = Literal["en", "fr", "pt", "ru"]

LANGUAGES: Final[tuple[Language, ...]] = ("en", "fr", "pt", "ru")

_LOOSE: Final = re.compile(" (?=[?!;:»])|(?<=«) ")


class Sentence(NamedTuple):
    """One whole sentence in the four languages; `{name}` marks a value."""

    en: str
    fr: str
    pt: str
    ru: str

    def say(self, language: Language, **values: object) -> str:
        """The sentence in a language with its values filled in."""
        template: str = _held_together(self.fr) if language == "fr" else getattr(self, language)
        return template.format_map(values) if values else template


@cache
def _held_together(french: str) -> str:
    """French puts a space before ? ! ; : and inside « »; no line may break there."""
    return _LOOSE.sub("\N{NO-BREAK SPACE}", french)


def preferred(accept_language: str | None) -> Language:
    """The first of our languages that an Accept-Language header (RFC 9110) ranks highest; English without one."""
    ranked: list[tuple[float, int, Language]] = []
    for position, item in enumerate((accept_language or "")[:500].split(",")):
        tag, _, quality = item.partition(";q=")
        for language in LANGUAGES:
            if tag.strip().lower().split("-")[0] == language:
                try:
                    ranked.append((-float(quality or 1), position, language))
                except ValueError:
                    continue
    return min(ranked)[2] if ranked else "en"
