"""The four storefronts of the demo."""

from typing import Any, Final

from estafette.accounts import OpeningSpan


def _daily(days: range, opens: str, closes: str) -> list[OpeningSpan]:
    return [OpeningSpan(day=day, opens=opens, closes=closes) for day in days]


PARTNERS: Final[dict[str, dict[str, Any]]] = {
    "chateau": {
        "name": "Château de Vaux-le-Vicomte",
        "tagline": "Réceptions, visites et soirées aux chandelles",
        "description": (
            "À une heure de Paris, le château et ses jardins à la française accueillent vos mariages, vos séminaires "
            "et vos visites de groupe.\n\nDites-nous la date, le nombre d’invités et ce dont vous rêvez : "
            "nous répondons dans la journée, avec une proposition chiffrée."
        ),
        "city": "Maincy, France",
        "website": "https://chateau.example",
        "time_zone": "Europe/Paris",
        "opening_hours": _daily(range(7), "10:00", "18:00"),
    },
    "bakery": {
        "name": "Padaria Sol Nascente",
        "tagline": "Pão de fermentação natural, todos os dias",
        "description": (
            "Forno a lenha, farinha de moinho pequeno e tempo de sobra: é só isso que entra no nosso pão.\n\n"
            "Encomende bolos, cestas de café da manhã e pães para eventos com dois dias de antecedência."
        ),
        "city": "São Paulo, Brasil",
        "website": "https://padaria.example",
        "time_zone": "America/Sao_Paulo",
        "opening_hours": [*_daily(range(6), "06:30", "20:00"), OpeningSpan(day=6, opens="07:00", closes="13:00")],
    },
    "boats": {
        "name": "Ладья — прокат лодок",
        "tagline": "Лодки, каяки и прогулки по каналам",
        "description": (
            "Весельные лодки, каяки и тихие электрокатера для прогулок по рекам и каналам Петербурга.\n\n"
            "Подскажем маршрут, подберём судно под вашу компанию и встретим у причала."
        ),
        "city": "Санкт-Петербург",
        "website": "https://ladya.example",
        "time_zone": "Europe/Moscow",
        "opening_hours": _daily(range(7), "09:00", "22:00"),
    },
    "books": {
        "name": "Harbour & Page",
        "tagline": "New, old and very old books by the water",
        "description": (
            "Three floors of books in a former chandlery, and a reading room that looks out on the boats.\n\n"
            "Looking for something out of print? Tell us what you remember of it. We like a good search."
        ),
        "city": "Bristol, England",
        "website": "https://harbourpage.example",
        "time_zone": "Europe/London",
        "opening_hours": [*_daily(range(6), "09:30", "18:30"), OpeningSpan(day=6, opens="11:00", closes="16:00")],
    },
}
