"""What probably stands in the columns of a file, and whether a plan for them can be followed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from estafette.accounts import Form, folded, time_zone
from estafette.clients.models.attributes import Attribute
from estafette.clients.models.imports import ATTRIBUTE, TARGETS, ImportPlan, Target
from estafette.clients.rules import fields

_BETWEEN: Final = re.compile(r"[\W_]+")
HEADINGS: Final[dict[Target, tuple[str, ...]]] = {
    "external_id": ("id", "client id", "customer id", "customer number", "client number", "number", "reference", "code",
                    "identifiant", "numéro client", "n° client", "référence", "código", "código do cliente",
                    "id do cliente", "код", "код клиента", "номер клиента", "ид"),
    "name": ("name", "full name", "client", "customer", "contact", "company", "nom complet", "nom et prénom", "nome",
             "nome completo", "cliente", "имя", "фио", "клиент", "полное имя"),
    "first_name": ("first name", "given name", "prénom", "primeiro nome", "prenome"),
    "last_name": ("last name", "surname", "family name", "nom", "nom de famille", "sobrenome", "фамилия"),
    "email": ("e-mail", "e-mail address", "mail", "courriel", "adresse e-mail", "adresse électronique",
              "endereço de e-mail", "correio eletrônico", "почта", "эл. почта", "электронная почта"),
    "phone": ("phone", "mobile", "mobile phone", "cell", "telephone", "phone number", "sms", "téléphone", "portable",
              "mobile", "numéro de téléphone", "telefone", "celular", "телефон", "мобильный", "мобильный телефон",
              "номер телефона"),
    "whatsapp": ("whatsapp", "whatsapp id", "whatsapp number", "numéro whatsapp", "ватсап", "вотсап"),
    "language": ("language", "locale", "langue", "idioma", "língua", "язык"),
    "time_zone": ("time zone", "timezone", "zone", "fuseau horaire", "fuso horário", "часовой пояс"),
    "consent_email": ("consent e-mail", "e-mail consent", "newsletter", "opt in e-mail", "consentement e-mail",
                      "consentimento e-mail", "согласие на письма", "согласие e-mail", "рассылка"),
    "consent_sms": ("consent sms", "sms consent", "opt in sms", "consentement sms", "consentimento sms",
                    "согласие на sms", "согласие sms"),
    "consent_whatsapp": ("consent whatsapp", "whatsapp consent", "opt in whatsapp", "consentement whatsapp",
                         "consentimento whatsapp", "согласие whatsapp"),
}  # fmt: skip


def guesses(headings: Sequence[str], known: Mapping[str, Attribute]) -> list[Target | None]:
    """What stands in each column by its heading, no two the same; None when that cannot be told."""
    named = _BY_HEADING | {
        _plain(word): f"{ATTRIBUTE}{each.key}" for each in known.values() for word in (each.key, each.label)
    }
    found: list[Target | None] = []
    for heading in headings:
        target = named.get(_plain(heading))
        found.append(None if target in found else target)
    # A surname without a first name is the name of whom it is.
    if "last_name" in found and "first_name" not in found and "name" not in found:
        found[found.index("last_name")] = "name"
    return found


def check_plan(form: Form, plan: ImportPlan, headings: Sequence[str], known: Mapping[str, Attribute]) -> None:
    """Notes what is wrong with a plan for a file."""
    if len(plan.columns) != len(headings):
        form.refuse("columns", "columns_uneven", max=len(headings))
        return
    attributes = {f"{ATTRIBUTE}{key}" for key in known}
    given = [each for each in plan.columns if each is not None]
    for number, target in enumerate(plan.columns):
        if target is None:
            continue
        if target not in TARGETS and target not in attributes:
            form.refuse(f"columns[{number}]", "attribute_unknown" if target.startswith(ATTRIBUTE) else "unknown")
        elif target in plan.columns[:number]:
            form.refuse(f"columns[{number}]", "column_twice")
    if plan.match_by not in given:
        form.refuse("match_by", "match_column_missing")
    form.read("time_zone", time_zone, plan.time_zone)
    if plan.consented or any(each.startswith("consent_") for each in given):
        form.read("consent_source", fields.source, plan.consent_source)
    else:
        form.read("consent_source", fields.unused_source, plan.consent_source)


def _plain(heading: str) -> str:
    return _BETWEEN.sub("", folded(heading))


def _by_heading(headings: Iterable[tuple[Target, tuple[str, ...]]]) -> dict[str, Target]:
    return {_plain(word): target for target, words in headings for word in (target, *words)}


_BY_HEADING: Final = _by_heading(HEADINGS.items())
