"""A storefront as it is changed, and as it is shown."""

from datetime import datetime

from msgspec import UNSET, structs

from estafette.accounts.models.inputs import PartnerChanges
from estafette.accounts.models.partners import Storefront
from estafette.accounts.models.rows import PartnerRow
from estafette.accounts.rules import partners as rules
from estafette.accounts.rules.forms import Form
from estafette.accounts.rules.opening_hours import open_now, read_opening_hours
from estafette.accounts.rules.people import time_zone
from estafette.accounts.rules.words import folded
from estafette.accounts.texts import CONFIRMATION
from estafette.base.languages import LANGUAGES, Language


def changed(old: PartnerRow, changes: PartnerChanges) -> PartnerRow:
    """The partner with what was mentioned, pictures excepted; raises Invalid with every wrong field."""
    with Form() as form:
        return structs.replace(
            old,
            name=form.read_change("name", rules.name, changes.name, old.name),
            tagline=form.read_change("tagline", rules.tagline, changes.tagline, old.tagline),
            description=form.read_change("description", rules.description, changes.description, old.description),
            city=form.read_change("city", rules.city, changes.city, old.city),
            website=form.read_change("website", rules.website, changes.website, old.website),
            time_zone=form.read_change("time_zone", time_zone, changes.time_zone, old.time_zone),
            opening_hours=old.opening_hours
            if changes.opening_hours is UNSET
            else read_opening_hours(form, "opening_hours", changes.opening_hours),
            confirmation_texts=_own_words(form, old, changes),
        )


def shown(partner: PartnerRow, now: datetime, *, inside: bool) -> Storefront:
    """What visitors see, and with `inside` also what the partner answers by itself."""
    return Storefront(
        id=partner.id,
        name=partner.name,
        tagline=partner.tagline,
        description=partner.description,
        picture=partner.picture,
        cover=partner.cover,
        city=partner.city,
        website=partner.website,
        time_zone=partner.time_zone,
        opening_hours=partner.opening_hours,
        open_now=open_now(partner.opening_hours, partner.time_zone, now),
        confirmation_texts=confirmation_texts(partner) if inside else UNSET,
    )


def confirmation_texts(partner: PartnerRow) -> dict[Language, str]:
    """What the partner answers by itself: its own words, or ours in the languages it wrote nothing in."""
    return {
        language: partner.confirmation_texts.get(language) or CONFIRMATION.say(language, partner=partner.name)
        for language in LANGUAGES
    }


def search_key(partner: PartnerRow) -> str:
    """What the list of partners is searched in."""
    return folded(f"{partner.name} {partner.tagline} {partner.city or ''}")


def _own_words(form: Form, old: PartnerRow, changes: PartnerChanges) -> dict[Language, str]:
    if changes.confirmation_texts is UNSET:
        return old.confirmation_texts
    texts = dict(old.confirmation_texts)
    for language, text in changes.confirmation_texts.items():
        texts[language] = form.read(f"confirmation_texts.{language}", rules.confirmation_text, text or "")
        # Our own words handed back unchanged stay ours, so that they follow the partner's name.
        if not texts[language] or texts[language] == CONFIRMATION.say(language, partner=old.name):
            del texts[language]
    return texts
