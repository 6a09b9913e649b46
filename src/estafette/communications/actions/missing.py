"""Which variables without a default some clients of an audience do not have: told before anything is scheduled."""

from collections.abc import Sequence
from typing import Final

from estafette.base.database import Queries
from estafette.base.errors import FieldError, Invalid
from estafette.base.languages import Language
from estafette.communications.actions.selecting import audience_condition
from estafette.communications.models.audiences import Audience
from estafette.communications.models.content import Channel, Content
from estafette.communications.models.rendering import Missing
from estafette.communications.rules.choosing import languages_of
from estafette.communications.rules.variables import required_of
from estafette.communications.store import lacking

TOLD: Final = 20


async def missing_variables(
    queries: Queries, content: Content, channels: Sequence[Channel], audience: Audience, limit: int = TOLD
) -> list[Missing]:
    """The variables that clients lack who can be reached where they stand; texts must have been checked.

    Each with how many these are and the first of them.
    """
    needed = _needed(content, channels)
    if not needed:
        return []
    who = await audience_condition(queries, audience, 1)
    counts = await lacking.count(queries, who, needed)
    return [
        Missing(
            variable=variable,
            clients=clients,
            some=await lacking.some(queries, who, variable, needed[variable], limit),
        )
        for variable, clients in counts.items()
        if clients
    ]


async def check_missing(queries: Queries, content: Content, channels: Sequence[Channel], audience: Audience) -> None:
    """Raises Invalid with a field error for each variable that clients lack; `values.ids` are the first of them."""
    found = await missing_variables(queries, content, channels, audience)
    if found:
        raise Invalid(
            *(
                FieldError(
                    "content",
                    "variable_missing",
                    {"variable": each.variable, "count": each.clients},
                    {"variable": each.variable, "count": each.clients, "ids": [str(id_) for id_ in each.some]},
                )
                for each in found
            )
        )


def _needed(content: Content, channels: Sequence[Channel]) -> dict[str, list[lacking.Readers]]:
    """Of each variable the readers who need it."""
    needed: dict[str, list[lacking.Readers]] = {}
    for channel in channels:
        if channel == "push":
            continue
        languages: list[Language] = languages_of(content, channel)
        default = content.default_language
        for language in languages:
            is_default = language == default
            others: list[Language] = [each for each in languages if each != default]
            own: list[Language] = others if is_default else [language]
            readers = lacking.Readers(channel, own, is_default)
            for variable in sorted(required_of(content, language, channel)):
                needed.setdefault(variable, []).append(readers)
    return needed
