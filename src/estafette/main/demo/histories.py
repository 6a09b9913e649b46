"""What the people of the demo have written: who, how many minutes before now, what."""

from typing import Final, NamedTuple

HOUR: Final = 60
DAY: Final = 24 * HOUR


class Line(NamedTuple):
    """One message; `edited` is what it was changed to, `attached` the pictures or files that come with it."""

    who: str
    minutes_ago: int
    text: str
    edited: str | None = None
    deleted: bool = False
    attached: tuple[str, ...] = ()


class History(NamedTuple):
    """A conversation; `read` says who has read up to which line, counted from the first, confirmations included."""

    customer: str
    partner: str
    lines: tuple[Line, ...]
    read: dict[str, int]
    archived_by: str | None = None


CAMILLE: Final = "test-user@example.com"
CLAIRE: Final = "claire@chateau.example"
DENIS: Final = "denis@chateau.example"
EVA: Final = "eva@padaria.example"
BORIS: Final = "boris@ladya.example"
OLIVER: Final = "oliver@harbourpage.example"
BEN: Final = "ben@example.com"
ANA: Final = "ana@example.com"
IVAN: Final = "ivan@example.com"

HISTORIES: Final = (
    History(CAMILLE, "chateau", (
        Line(CAMILLE, 3 * DAY + 95, "Bonjour, nous cherchons un lieu pour notre mariage, le samedi 12 juin."),
        Line(CAMILLE, 3 * DAY + 93, "Nous serions environ **120 personnes**. Est-ce possible aux chandelles ?"),
        Line(CLAIRE, 3 * DAY + 20, "Bonjour Camille, et félicitations ! Le 12 juin est encore libre."),
        Line(CLAIRE, 3 * DAY + 18, "Pour 120 invités nous proposons :\n- l’orangerie pour le dîner\n- les jardins pour "
             "le cocktail\n- le grand salon pour la soirée\n\nLes chandelles sont prévues dans les trois."),
        Line(CAMILLE, 2 * DAY + 200, "C’est magnifique. Peut-on visiter un mercredi ?"),
        Line(DENIS, 2 * DAY + 150, "Bien sûr. Mercredi prochain à 15 h, je vous attends à la grille d’honneur. "
             "Voici le plan d’accès.", attached=("plan.pdf",)),
        Line(CAMILLE, 2 * DAY + 140, "Parfait, nous y serons."),
        Line(DENIS, DAY + 60, "Merci pour votre visite ! Voici les jardins comme promis.", attached=("jardins.jpg",)),
        Line(CLAIRE, 50, "Le devis est prêt. Souhaitez-vous que je garde la date jusqu’à vendredi ?"),
    ), {CAMILLE: 10, CLAIRE: 11, DENIS: 10}),
    History(BEN, "chateau", (
        Line(BEN, 5 * HOUR, "Hello, do you offer guided tours in English for a group of 25?"),
        Line(BEN, 5 * HOUR - 2, "We would come on a Thursday in April."),
    ), {}),
    History(ANA, "chateau", (
        Line(ANA, 20 * DAY, "Bonjour ! Les soirées aux chandelles reprennent quand ?"),
        Line(DENIS, 20 * DAY - 60, "Bonjour Ana, le premier samedi de mai. La billetterie ouvre en mars."),
        Line(ANA, 20 * DAY - 75, "Merci beaucoup !"),
    ), {DENIS: 4, ANA: 3, CLAIRE: 4}, archived_by=DENIS),
    History(ANA, "bakery", (
        Line(ANA, 26 * HOUR, "Oi! Vocês fazem bolo sem glúten para 30 pessoas?"),
        Line(EVA, 25 * HOUR, "Oi, Ana! Fazemos sim: cenoura, fubá ou chocolate com laranja."),
        Line(ANA, 25 * HOUR - 10, "Chocolate com laranja, para sábado as 10h",
             "Chocolate com laranja, para sábado às 10h."),
        Line(EVA, 24 * HOUR, "Anotado. Fica assim, igual ao da foto?", attached=("bolo.jpg",)),
        Line(ANA, 23 * HOUR, "Lindo! Pode ser. Obrigada 💛"),
    ), {EVA: 7, ANA: 7}),
    History(CAMILLE, "bakery", (
        Line(CAMILLE, 9 * DAY, "Bonjour, livrez-vous des corbeilles de petit-déjeuner à São Paulo le dimanche ?"),
        Line(EVA, 9 * DAY - 120, "Bonjour Camille! Sim, até as 9h. Posso reservar uma cesta para você?"),
        Line(CAMILLE, 9 * DAY - 130, "Oui, pour deux personnes, merci !"),
        Line(EVA, 9 * DAY - 140, "Reservado. Até domingo!"),
    ), {CAMILLE: 5, EVA: 5}),
    History(IVAN, "boats", (
        Line(IVAN, 30 * HOUR, "Здравствуйте! Есть ли свободные каяки на субботу, нас шестеро?"),
        Line(BORIS, 29 * HOUR, "Добрый день, Иван! Да, три двойных каяка с 11:00. "
             "Маршрут — Крестовка и Средняя Невка."),
        Line(IVAN, 29 * HOUR - 12, "Отлично. А спасательные жилеты детям найдутся?"),
        Line(BORIS, 29 * HOUR - 20, "Конечно, от трёх лет. Вот наша пристань, встретим вас у синего фонаря.",
             attached=("pristan.jpg",)),
        Line(IVAN, 28 * HOUR, "Отменяем воскресенье", deleted=True),
        Line(IVAN, 28 * HOUR - 3, "Спасибо, до субботы!"),
    ), {IVAN: 7, BORIS: 5}),
    History(BEN, "books", (
        Line(BEN, 7 * HOUR, "I'm after a children's book about a lighthouse and a fox. Blue cover, 1970s. Any idea?"),
        Line(OLIVER, 6 * HOUR, "> a lighthouse and a fox\n\nI believe I know it. Give me an hour in the cellar."),
        Line(OLIVER, 5 * HOUR, "Found it! A little worn at the corners. Is this the one?", attached=("cover.jpg",)),
        Line(BEN, 4 * HOUR, "That's the one!! My daughter will be *so* happy. Can you post it?"),
        Line(OLIVER, 35, "Of course. `HP-2114` is put aside for you; postage is £3.20."),
    ), {BEN: 5, OLIVER: 7}),
    History(CAMILLE, "books", (
        Line(CAMILLE, 40 * DAY, "Hello, do you ship to France?"),
        Line(OLIVER, 40 * DAY - 60, "We do, twice a week. Tell me what you are looking for."),
    ), {CAMILLE: 3, OLIVER: 3}, archived_by=CAMILLE),
)  # fmt: skip
