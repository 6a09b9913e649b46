"""In which countries somebody may be, as far as language and time zones tell: whose telephone numbers they write."""

from functools import cache
from importlib import resources
from typing import Final

from estafette.base.languages import Language

Regions = tuple[tuple[str, ...], ...]
"""Groups of countries by their codes (ISO 3166), the likelier group first; those of one group are equally likely."""

# English is spoken in too many to tell much.
_OF_LANGUAGE: Final[dict[Language, tuple[str, ...]]] = {"en": ("GB", "US"), "fr": ("FR",), "pt": ("BR",), "ru": ("RU",)}


def regions(language: Language, *zones: str | None) -> Regions:
    """The countries of time zones, such as a person's and a partner's; and where these do not tell, of the language."""
    of_zones = dict.fromkeys(country for zone in zones if (country := country_of(zone)) is not None)
    return (tuple(of_zones), _OF_LANGUAGE[language])


def country_of(zone: str | None) -> str | None:
    """The country of a time zone, such as FR of Europe/Paris; None of one that is no country's, such as UTC."""
    return None if zone is None else _countries().get(zone)


@cache
def _countries() -> dict[str, str]:
    """From the IANA database: `zone.tab` names the country of each zone, `tzdata.zi` the zones' former names."""
    folder = resources.files("tzdata") / "zoneinfo"
    found: dict[str, str] = {}
    for line in (folder / "zone.tab").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            country, _, zone = line.split("\t")[:3]
            found[zone] = country
    for line in (folder / "tzdata.zi").read_text(encoding="utf-8").splitlines():
        if line.startswith("L "):
            _, present, former = line.split()
            if present in found:
                found.setdefault(former, found[present])
    return found
