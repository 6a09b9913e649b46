"""Clients of the demo: three hundred of the company's, what it knows of them, and two segments."""

import random
from datetime import date, timedelta
from typing import Any, Final

from estafette import clients
from estafette.base.languages import Language
from estafette.clients import (
    AddressRule,
    AttributeRule,
    ConsentRule,
    GivenConsent,
    Group,
    LanguageRule,
    NewAttribute,
    NewClient,
    NewSegment,
)
from estafette.main.demo.asking import Stage

NUMBER: Final = 300
_FIRST: Final[dict[Language, str]] = {
    "fr": "Élodie Hugo Inès Jules Léa Maxime Noémie Théo Zoé Camille",
    "en": "Alice Daniel Grace Harry Isla Jack Lily Oscar Ruby Thomas",
    "pt": "Ana Beatriz Caio Davi Heitor Júlia Lara Miguel Rafaela Tiago",
    "ru": "Анна Борис Вера Дарья Егор Ирина Лев Мария Ольга Пётр",
}
_LAST: Final[dict[Language, str]] = {
    "fr": "Bernard Chevalier Dubois Fontaine Garnier Lefèvre Marchand Renard",
    "en": "Baker Carter Ellis Harper Mason Parker Turner Wright",
    "pt": "Almeida Barbosa Carvalho Moreira Nogueira Pereira Rocha Souza",
    "ru": "Беляк Гончар Жук Коваль Мороз Черных Шевченко Юрченко",
}
_ZONE: Final[dict[Language, str]] = {
    "fr": "Europe/Paris",
    "en": "Europe/London",
    "pt": "America/Sao_Paulo",
    "ru": "Europe/Moscow",
}
# Numbers that the regulators keep for films and books, as far as there are such.
_PHONE: Final[dict[Language, str]] = {"fr": "+3363998{:04}", "en": "+4477009{:05}", "pt": "+55119123{:05}",
                                      "ru": "+7999123{:04}"}  # fmt: skip
_CITY: Final[dict[Language, str]] = {
    "fr": "Lyon Nantes Paris Rennes",
    "en": "Bristol Leeds London York",
    "pt": "Curitiba Florianópolis Recife Santos",
    "ru": "Казань Москва Тверь Томск",
}
_TIERS: Final = ["Gold", "Silver", "Bronze"]
ATTRIBUTES: Final = (
    NewAttribute(label="City", kind="text"),
    NewAttribute(label="Tier", kind="choice", choices=_TIERS),
    NewAttribute(label="Client since", kind="date", key="since"),
    NewAttribute(label="Spent in €", kind="number", key="spent"),
    NewAttribute(label="Member of the circle", kind="boolean", key="member"),
)
SEGMENTS: Final = (
    NewSegment(
        name="Gold, reachable by SMS",
        filter=Group(
            rules=[
                AttributeRule(key="tier", comparison="is", value="Gold"),
                AddressRule(channel="sms", present=True),
                ConsentRule(channel="sms", state="given"),
            ]
        ),
    ),
    NewSegment(
        name="Newsletter in French or Portuguese",
        filter=Group(rules=[LanguageRule(values=["fr", "pt"]), ConsentRule(channel="email", state="given")]),
    ),
)


async def register_clients(stage: Stage) -> None:
    """All of them, the same in every demo, in a handful of statements."""
    admin = stage.signed_in("admin@example.com")
    for each in ATTRIBUTES:
        await clients.add_attribute(stage.database, admin, each)
    chance = random.Random(20261130)  # noqa: S311 - made-up people, not a secret
    await clients.add_clients(stage.database, admin, [_client(number, chance) for number in range(NUMBER)])
    for each in SEGMENTS:
        await clients.add_segment(stage.database, admin, each)


def _client(number: int, chance: random.Random) -> NewClient:
    language = chance.choice(list(_FIRST))
    first, last = chance.choice(_FIRST[language].split()), chance.choice(_LAST[language].split())
    phone = _PHONE[language].format(number) if chance.random() < 0.8 else None
    attributes: dict[str, Any] = {
        "city": chance.choice(_CITY[language].split()),
        "tier": chance.choice(_TIERS),
        "since": (date(2019, 1, 1) + timedelta(days=chance.randrange(2_500))).isoformat(),
        "spent": round(chance.expovariate(1 / 400), 2),
        "member": chance.random() < 0.4,
    }
    known = {key: value for key, value in attributes.items() if chance.random() < 0.9}
    consents: dict[clients.Channel, GivenConsent] = {}
    if chance.random() < 0.8:
        consents["email"] = GivenConsent(given=chance.random() < 0.8, source="Web form")
    if phone and chance.random() < 0.6:
        consents["sms"] = GivenConsent(given=chance.random() < 0.85, source="At the counter")
    return NewClient(
        external_id=f"M-{number + 1001}",
        name=f"{first} {last}",
        email=f"client{number + 1001}@example.com" if chance.random() < 0.9 else None,
        phone=phone,
        whatsapp=phone if phone and chance.random() < 0.3 else None,
        language=language,
        time_zone=_ZONE[language],
        attributes=known,
        consents=consents,
    )
