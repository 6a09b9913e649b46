"""What is seen of a page before the web app has come, and all that is seen without JavaScript.

It has the places and sizes of what the web app then puts there (`web/src/styles/first.css`).
"""

from typing import Final

from estafette.accounts import PartnerCard, Storefront
from estafette.base.languages import Language
from estafette.contact_requests import Advert
from estafette.web.public_pages import texts
from estafette.web.public_pages.escaping import text
from estafette.web.public_pages.pictures import AVATAR_WIDTH, CARD_SIZES, COVER_SIZES, cards, covers, picture

_MARK: Final = (
    '<a href="/" class="first-mark"><svg width="32" height="32" viewBox="0 0 32 32" role="img" aria-label="Estafette">'
    '<rect width="32" height="32" rx="9"/><path d="M25.5 13.5 22 7.5C13 7.5 8.5 12 8 16M19 16H8M8 16c.3 5.5 4 8.5 10.5 '
    '8.5h3"/></svg></a>'
)
SHOWN: Final = 12
"""Partners that are seen at once; the web app shows all."""


def landing(language: Language, partners: list[PartnerCard]) -> str:
    """The start page."""
    words = f"<h1>{text(texts.TITLE.say(language))}</h1><p>{text(texts.TEXT.say(language))}</p>"
    return _framed(f'<div class="first-page"><div class="first-hero">{words}</div>{_cards(partners)}</div>')


def directory(language: Language, partners: list[PartnerCard]) -> str:
    """All partners."""
    words = f"<h1>{text(texts.DIRECTORY.say(language))}</h1><p>{text(texts.DIRECTORY_TEXT.say(language))}</p>"
    return _framed(f'<div class="first-page first-list"><div>{words}</div>{_cards(partners)}</div>')


def storefront(language: Language, partner: Storefront, adverts: list[Advert]) -> str:
    """A partner's page to the world."""
    cover = (
        f'<img src="{picture(partner.cover, 960)}" srcset="{covers(partner.cover)}" sizes="{COVER_SIZES}" alt="" '
        'fetchpriority="high">'
        if partner.cover
        else ""
    )
    small = (
        f'<img src="{picture(partner.picture, AVATAR_WIDTH)}" alt="" width="96" height="96">' if partner.picture else ""
    )
    facts = f'<p class="first-soft">{text(partner.city)}</p>' if partner.city else ""
    tagline = f'<p class="first-tagline">{text(partner.tagline)}</p>' if partner.tagline else ""
    about = (
        f'<h2>{text(texts.ABOUT.say(language))}</h2><p class="first-about">{text(partner.description)}</p>'
        if partner.description
        else ""
    )
    offers = (
        f"<h2>{text(texts.OFFERS.say(language))}</h2>"
        f"<ul>{''.join(f'<li>{text(each.title)}</li>' for each in adverts)}</ul>"
        if adverts
        else ""
    )
    return _framed(
        f'<article class="first-store"><div class="first-cover{"" if cover else " first-plain"}">{cover}</div>'
        f'<div class="first-words"><div class="first-picture">{small}</div><h1>{text(partner.name)}</h1>'
        f'{tagline}{facts}<div class="first-more">{about}{offers}</div></div></article>'
    )


def no_storefront(language: Language) -> str:
    """Said at the address of a storefront that is not there."""
    return _framed(
        f'<div class="first-none"><h1>{text(texts.NO_STOREFRONT.say(language))}</h1>'
        f"<p>{text(texts.NO_STOREFRONT_TEXT.say(language))}</p>"
        f'<p><a href="/partners">{text(texts.ALL_PARTNERS.say(language))}</a></p></div>'
    )


def _cards(partners: list[PartnerCard]) -> str:
    shown = "".join(_card(each, early=place == 0) for place, each in enumerate(partners[:SHOWN]))
    return f'<ul class="first-cards">{shown}</ul>' if shown else ""


def _card(partner: PartnerCard, *, early: bool) -> str:
    how = 'fetchpriority="high"' if early else 'loading="lazy"'
    window = ""
    if partner.picture:
        source = f'src="{picture(partner.picture, 640)}" srcset="{cards(partner.picture)}" sizes="{CARD_SIZES}"'
        window = f'<img {source} alt="" {how}>'
    return (
        f'<li><a href="/partner/{partner.id}"><span class="first-window">{window}</span>'
        f"<strong>{text(partner.name)}</strong><span>{text(partner.tagline)}</span></a></li>"
    )


def _framed(content: str) -> str:
    return f'<header class="first-header">{_MARK}</header><main>{content}</main>'
