"""What search engines are told in their own words (schema.org, as JSON-LD)."""

from itertools import groupby
from typing import Any, Final

from estafette.accounts import OpeningSpan, PartnerCard, Storefront
from estafette.contact_requests import Advert
from estafette.web.public_pages.pictures import card

_CONTEXT: Final = "https://schema.org"
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LISTED: Final = 50


def site(origin: str, name: str, text: str) -> dict[str, Any]:
    """The installation as a whole."""
    return {"@context": _CONTEXT, "@type": "WebSite", "name": name, "description": text, "url": f"{origin}/"}


def listing(origin: str, partners: list[PartnerCard]) -> dict[str, Any]:
    """The directory, as far as it is shown at first."""
    return {
        "@context": _CONTEXT,
        "@type": "ItemList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": each.name, "url": f"{origin}/partner/{each.id}"}
            for place, each in enumerate(partners[:LISTED], 1)
        ],
    }


def organisation(origin: str, partner: Storefront, text: str, adverts: list[Advert]) -> dict[str, Any]:
    """A storefront: who it is, where and when it is there, what it offers."""
    found: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": "LocalBusiness",
        "@id": f"{origin}/partner/{partner.id}",
        "name": partner.name,
        "description": text,
        "url": partner.website or f"{origin}/partner/{partner.id}",
    }
    if partner.tagline:
        found["slogan"] = partner.tagline
    if partner.picture is not None:
        found["logo"] = card(origin, partner.picture)
    shown = partner.cover or partner.picture
    if shown is not None:
        found["image"] = card(origin, shown)
    if partner.city:
        found["address"] = {"@type": "PostalAddress", "addressLocality": partner.city}
    if partner.opening_hours:
        found["openingHoursSpecification"] = _hours(partner.opening_hours)
    if adverts:
        found["makesOffer"] = [{"@type": "Offer", "name": each.title} for each in adverts[:LISTED]]
    return found


def _hours(spans: list[OpeningSpan]) -> list[dict[str, Any]]:
    """Days with the same hours together."""

    def hours(span: OpeningSpan) -> tuple[str, str]:
        return span.opens, span.closes

    return [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": [_DAYS[span.day] for span in group],
            "opens": opens,
            "closes": closes,
        }
        for (opens, closes), group in groupby(sorted(spans, key=lambda span: (*hours(span), span.day)), hours)
    ]
