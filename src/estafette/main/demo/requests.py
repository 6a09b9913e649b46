"""Adverts of the demo, who has asked about them, and what became of it."""

from typing import Final, NamedTuple

from estafette.contact_requests import State
from estafette.main.demo.histories import ANA, BEN, CAMILLE, CLAIRE, DAY, DENIS, HOUR, IVAN, OLIVER


class DemoAdvert(NamedTuple):
    """An advert; `sky` is that of another picture, so that no two look the same."""

    partner: str
    who: str
    reference: str
    title: str
    link: str
    sky: str
    active: bool = True


class Handled(NamedTuple):
    """Something done about a request, so many minutes before now."""

    who: str
    minutes_ago: int
    state: State | None = None
    assigned_to: str | None = None
    note: str | None = None
    says: str | None = None


class Asked(NamedTuple):
    """A request about an advert, left so many minutes before now; `in_days` after that the person may be called."""

    who: str
    reference: str
    minutes_ago: int
    message: str = ""
    in_days: int = 1
    handled: tuple[Handled, ...] = ()


ADVERTS: Final = (
    DemoAdvert("chateau", CLAIRE, "bal-2025", "Grand bal de printemps", "https://chateau.example/bal", "books", False),
    DemoAdvert("chateau", CLAIRE, "visite-guidee", "Visite guidée en petit groupe", "https://chateau.example/visites",
               "boats"),
    DemoAdvert("chateau", CLAIRE, "mariage-orangerie", "Réception de mariage à l’orangerie",
               "https://chateau.example/mariages", "bakery"),
    DemoAdvert("books", OLIVER, "club-room", "The reading room for your book club",
               "https://harbourpage.example/reading-room", "chateau"),
    DemoAdvert("books", OLIVER, "almanac-1893", "First edition: The Harbour Almanac, 1893",
               "https://harbourpage.example/almanac", "boats"),
)  # fmt: skip

WEDDING: Final = "mariage-orangerie"
TOUR: Final = "visite-guidee"

REQUESTS: Final = (
    Asked(ANA, TOUR, 41 * DAY, handled=(Handled(DENIS, 40 * DAY, "done", DENIS),)),
    Asked(BEN, WEDDING, 36 * DAY, "A small wedding of forty, in English please.", 3,
          (Handled(CLAIRE, 35 * DAY, "done", note="Il a choisi une autre date, l’an prochain."),)),
    Asked(IVAN, TOUR, 33 * DAY, handled=(Handled(DENIS, 33 * DAY - HOUR, "spam"),)),
    Asked(CAMILLE, TOUR, 27 * DAY, "Pour mes parents, un mardi si possible.", 2,
          (Handled(DENIS, 26 * DAY, "done", DENIS, "Réservé pour mardi à 14 h."),)),
    Asked(BEN, TOUR, 26 * DAY - 5 * HOUR, handled=(Handled(CLAIRE, 25 * DAY, "done"),)),
    Asked(ANA, WEDDING, 20 * DAY, "Quantos convidados cabem na sala?", 1, (Handled(CLAIRE, 19 * DAY, "done", CLAIRE),)),
    Asked(CAMILLE, WEDDING, 16 * DAY, "Nous serions 120, en juin.", 1, (Handled(CLAIRE, 15 * DAY, "done", CLAIRE),)),
    Asked(IVAN, TOUR, 12 * DAY, "Экскурсия на русском возможна?", 4,
          (Handled(DENIS, 11 * DAY, assigned_to=DENIS, note="Natalia parle russe, le jeudi."),
           Handled(DENIS, 11 * DAY - HOUR, says="Здравствуйте! Да, по четвергам в 11:00. Сколько вас будет?"))),
    Asked(BEN, TOUR, 9 * DAY, "Twenty-five people, on a Thursday.", 6,
          (Handled(DENIS, 8 * DAY, "in_progress", DENIS),)),
    Asked(ANA, TOUR, 6 * DAY, handled=(Handled(CLAIRE, 5 * DAY, "seen"),)),
    Asked(BEN, WEDDING, 4 * DAY, "Could we see the orangery at night?", 2, (Handled(CLAIRE, 3 * DAY, "seen", CLAIRE),)),
    Asked(CAMILLE, TOUR, 2 * DAY, "Avec deux enfants de 6 et 9 ans.", 3, (Handled(DENIS, 2 * DAY - HOUR, "seen"),)),
    Asked(ANA, WEDDING, 7 * HOUR, "É para a minha irmã, em setembro. Podem ligar depois das 18h?", 1),
    Asked(ANA, WEDDING, 6 * HOUR, "Esqueci de dizer: seremos uns oitenta.", 1),
    Asked(CAMILLE, TOUR, 35, "Est-ce ouvert le dimanche ?", 2),
    Asked(ANA, "club-room", 18 * DAY, "Twelve of us, the first Monday of each month.", 5,
          (Handled(OLIVER, 17 * DAY, "done", OLIVER, "Booked until June."),)),
    Asked(CAMILLE, "almanac-1893", 3 * DAY, "Is the binding original?", 1,
          (Handled(OLIVER, 2 * DAY, "in_progress", OLIVER),)),
    Asked(BEN, "almanac-1893", 90, "I would like to come and look at it on Saturday.", 1),
)  # fmt: skip
