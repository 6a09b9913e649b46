"""Which template a message may name, and what of it has to be there."""

from collections.abc import Sequence
from typing import Any, Final

from estafette.base.errors import FieldError
from estafette.deliveries.models.whatsapp import WhatsAppTemplate

APPROVED: Final = "APPROVED"
MEDIA: Final = ("IMAGE", "VIDEO", "DOCUMENT")


def tongue(language: str) -> str:
    """The language without its country: pt of pt_BR."""
    return language.replace("-", "_").partition("_")[0].lower()


def fault_of(
    candidates: Sequence[WhatsAppTemplate], field: str, language: str, variables: int, *, media: bool
) -> FieldError | None:
    """What is wrong with naming the templates of one name in a language, None when one of them can be sent.

    `field` is what the message calls the template; it is told with the mistake that is nearest to being none.
    """
    spoken = [each for each in candidates if each.language == language]
    spoken = spoken or [each for each in candidates if tongue(each.language) == tongue(language)]
    approved = [each for each in spoken if each.state == APPROVED]
    usable = [each for each in approved if each.sendable]
    fitting = [each for each in usable if len(each.places) == variables]

    def refuse(code: str, **values: Any) -> FieldError:
        return FieldError(field, code, values)

    if not candidates:
        return refuse("template_unknown")
    if not spoken:
        return refuse("template_not_in_language", languages=", ".join(sorted({each.language for each in candidates})))
    if not approved:
        return refuse("template_not_approved", state=spoken[0].state)
    if not usable:
        return refuse("template_unsupported")
    if not fitting:
        return refuse("template_variables", count=len(usable[0].places))
    if any((each.header in MEDIA) == media for each in fitting):
        return None
    return refuse("template_without_media" if media else "template_needs_media")
