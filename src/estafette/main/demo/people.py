"""Who lives in the demo."""

from typing import Final, NamedTuple

from estafette.accounts import Role
from estafette.base.languages import Language
from estafette.web.instance import DemoAccount

PASSWORD: Final = "estafette-demo"  # noqa: S105 - printed for everyone who tries the demo


class DemoPerson(NamedTuple):
    """Somebody of the demo; `partner` is the key of the partner they act for, a phone is needed to ask for a call."""

    email: str
    name: str
    language: Language
    time_zone: str
    tells: str
    role: Role = "customer"
    partner: str | None = None
    owner: bool = False
    phone: str | None = None


PEOPLE: Final = (
    DemoPerson("test-user@example.com", "Camille Laurent", "fr", "Europe/Paris", "customer",
               phone="+33639980001"),
    DemoPerson("claire@chateau.example", "Claire Fontaine", "fr", "Europe/Paris", "owner of the château",
               partner="chateau", owner=True),
    DemoPerson("denis@chateau.example", "Denis Marchand", "fr", "Europe/Paris", "member of the château",
               partner="chateau"),
    DemoPerson("eva@padaria.example", "Eva Moreira", "pt", "America/Sao_Paulo", "owner of the bakery",
               partner="bakery", owner=True),
    DemoPerson("boris@ladya.example", "Борис Соколов", "ru", "Europe/Moscow", "owner of the boat hire",
               partner="boats", owner=True),
    DemoPerson("oliver@harbourpage.example", "Oliver Grant", "en", "Europe/London", "owner of the bookshop",
               partner="books", owner=True),
    DemoPerson("ben@example.com", "Ben Carter", "en", "Europe/London", "customer", phone="+447700900123"),
    DemoPerson("ana@example.com", "Ana Souza", "pt", "America/Sao_Paulo", "customer", phone="+5511912345678"),
    DemoPerson("ivan@example.com", "Иван Петров", "ru", "Europe/Moscow", "customer", phone="+79991234567"),
    DemoPerson("nora@meridian.example", "Nora Lindqvist", "en", "Europe/London", "employee", role="employee"),
    DemoPerson("marta@meridian.example", "Marta Figueiredo", "pt", "America/Sao_Paulo", "employee", role="employee"),
    DemoPerson("pavel@meridian.example", "Павел Орлов", "ru", "Europe/Moscow", "employee", role="employee"),
    DemoPerson("admin@example.com", "Ada Keller", "en", "Europe/Paris", "administrator", role="administrator"),
)  # fmt: skip

_TRIED: Final = frozenset(("test-user", "claire", "eva", "boris", "oliver", "admin", "nora", "marta", "pavel"))
DEMO_ACCOUNTS: Final = tuple(
    DemoAccount(person.email, PASSWORD, person.tells, person.name)
    for person in PEOPLE
    if person.email.split("@", maxsplit=1)[0] in _TRIED
)
