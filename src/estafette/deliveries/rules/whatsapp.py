"""What a WhatsApp message must be like: a text, a template with its variables, or both; for each the limits of Meta."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Final

import msgspec

from estafette.base.phones import phone
from estafette.base.urls import is_url
from estafette.base.visible import is_visible
from estafette.deliveries.models.deliveries import NewDelivery

WINDOW: Final = timedelta(hours=24)
"""How long after somebody has written to us we may write to them in our own words."""

TEXT: Final = 4_096
CAPTION: Final = 1_024
VARIABLE: Final = 1_024
VARIABLES: Final = 100
_TEMPLATE: Final = re.compile(r"[a-z0-9_]{1,512}")
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:[_-][A-Za-z]{2,4})?")


def check_whatsapp(new: NewDelivery, refuse: Callable[..., None]) -> NewDelivery:
    """The message with its number in E.164; each wrong field is told to `refuse` with its code."""
    options = new.options
    number = phone(new.recipient)
    if number is None:
        refuse("to", "phone_invalid")
    longest = TEXT if options.media is None else CAPTION
    if len(new.text) > longest:
        refuse("text", "too_long", max=longest)
    if not is_visible(new.text) and options.template is None and options.media is None:
        refuse("text", "required")
    if new.sender:
        # The number that it comes from is the gateway's own.
        refuse("from", "not_for_channel")
    if options.media is not None and not is_url(options.media, "http", "https"):
        refuse("options.media", "url_invalid")
    _check_template(new, refuse)
    return msgspec.structs.replace(new, recipient=number or new.recipient)


def _check_template(new: NewDelivery, refuse: Callable[..., None]) -> None:
    options = new.options
    if options.template is not None and not _TEMPLATE.fullmatch(options.template):
        refuse("options.template", "template_name_invalid", max=512)
    if options.template_language is not None and not _LANGUAGE.fullmatch(options.template_language):
        refuse("options.template_language", "language_code_invalid")
    elif options.template is not None and options.template_language is None:
        refuse("options.template_language", "required")
    if options.variables and options.template is None:
        refuse("options.variables", "no_template")
    if len(options.variables) > VARIABLES:
        refuse("options.variables", "too_many", max=VARIABLES)
    for index, each in enumerate(options.variables[:VARIABLES]):
        if not is_visible(each):
            refuse(f"options.variables[{index}]", "required")
        elif len(each) > VARIABLE:
            refuse(f"options.variables[{index}]", "too_long", max=VARIABLE)
