"""What the company of the demo sends to its clients: what it says, in their languages."""

from typing import Final

from estafette.base.languages import Language
from estafette.communications import Content, EmailText, PushText, SmsText, Texts, WhatsAppText


def _both(email: tuple[str, str] | None, sms: str | None) -> Texts:
    return Texts(
        email=EmailText(subject=email[0], text=email[1]) if email else None, sms=SmsText(text=sms) if sms else None
    )


def _content(**texts: Texts) -> Content:
    known: dict[Language, Texts] = dict(texts)  # pyright: ignore[reportAssignmentType] - the keys are languages
    return Content(default_language="en", texts=known)


LETTER: Final = _content(
    en=_both(
        (
            "{{ name }}, what is new this month",
            "Dear {{ name }},\n\n**the winter programme is here.** Three things that you may like:\n\n"
            "- concerts by candlelight, each Friday\n- the reading room, open until ten\n- the market on the quay\n\n"
            "[See the whole programme](https://www.example.com/programme)",
        ),
        None,
    ),
    fr=_both(
        (
            "{{ name }}, les nouvelles du mois",
            "Bonjour {{ name }},\n\n**le programme d’hiver est là.** Trois choses qui pourraient vous plaire :\n\n"
            "- des concerts à la bougie, chaque vendredi\n- la salle de lecture, ouverte jusqu’à 22 h\n"
            "- le marché sur le quai\n\n[Voir tout le programme](https://www.example.com/programme)",
        ),
        None,
    ),
    pt=_both(
        (
            "{{ name }}, as novidades do mês",
            "Olá, {{ name }}!\n\n**O programa de inverno chegou.** Três coisas que podem agradar:\n\n"
            "- concertos à luz de velas, toda sexta\n- a sala de leitura, aberta até as 22h\n- a feira no cais\n\n"
            "[Ver todo o programa](https://www.example.com/programme)",
        ),
        None,
    ),
    ru=_both(
        (
            "{{ name }}, новости месяца",
            "Здравствуйте, {{ name }}!\n\n**Зимняя программа готова.** Вам может понравиться:\n\n"
            "- концерты при свечах по пятницам\n- читальный зал до десяти вечера\n- ярмарка на набережной\n\n"
            "[Вся программа](https://www.example.com/programme)",
        ),
        None,
    ),
)

GOLD: Final = _content(
    en=_both(None, "{{ name }}, two seats are yours on Gold evening. Answer YES to keep them, STOP to hear no more."),
    fr=_both(None, "{{ name }}, deux places pour la soirée Gold. Répondez OUI pour les garder, STOP pour ne plus rien "
                   "recevoir."),
    pt=_both(None, "{{ name }}, dois lugares na noite Gold. Responda SIM para reservar, PARAR para não receber mais."),
    ru=_both(None, "{{ name }}, два места на вечер Gold. Ответьте ДА, чтобы их оставить, СТОП — чтобы не получать "
                   "сообщений."),
)  # fmt: skip

HOURS: Final = _content(
    en=_both(
        ("New opening hours from Monday", "Dear {{ name }},\n\nfrom Monday on we open at **nine** and close at six."),
        "From Monday on we open at nine and close at six.",
    ),
    fr=_both(
        ("Nouveaux horaires dès lundi", "Bonjour {{ name }},\n\ndès lundi nous ouvrons à **9 h** et fermons à 18 h."),
        "Dès lundi nous ouvrons à 9 h et fermons à 18 h.",
    ),
    pt=_both(
        ("Novo horário a partir de segunda", "Olá, {{ name }}!\n\nA partir de segunda, abrimos às **9h** e fechamos "
         "às 18h."),
        "A partir de segunda, abrimos às 9h e fechamos às 18h.",
    ),
    ru=_both(
        ("Новые часы работы с понедельника", "Здравствуйте, {{ name }}!\n\nС понедельника мы открыты с **9** до 18."),
        "С понедельника мы открыты с 9 до 18.",
    ),
)  # fmt: skip

RETURN: Final = _content(
    en=_both(None, "We have not seen you for a while, {{ name }}. Your next coffee is on us."),
    fr=_both(None, "Voilà longtemps, {{ name }} ! Le prochain café est pour nous."),
    pt=_both(None, "Sentimos sua falta, {{ name }}. O próximo café é por nossa conta."),
    ru=_both(None, "{{ name }}, давно вас не было. Следующий кофе за наш счёт."),
)

CONCERT: Final = _content(
    en=_both(None, "Harbour concert on Saturday at eight. Seats: https://www.example.com/seats"),
    fr=_both(None, "Concert au port samedi à 20 h. Places : https://www.example.com/seats"),
    pt=_both(None, "Concerto no porto, sábado às 20h. Lugares: https://www.example.com/seats"),
    ru=_both(None, "Концерт в порту в субботу в 20:00. Места: https://www.example.com/seats"),
)

MARKET: Final = _content(
    en=_both(
        ("The winter market ends on Sunday", "Dear {{ name }},\n\nthis is the **last weekend** of our winter market: "
         "Saturday and Sunday from ten to six."),
        "Last weekend of our winter market: Saturday and Sunday, ten to six.",
    ),
    fr=_both(
        ("Le marché d’hiver finit dimanche", "Bonjour {{ name }},\n\nc’est le **dernier week-end** de notre marché "
         "d’hiver : samedi et dimanche de 10 h à 18 h."),
        "Dernier week-end de notre marché d’hiver : samedi et dimanche, 10 h à 18 h.",
    ),
    pt=_both(
        ("A feira de inverno acaba no domingo", "Olá, {{ name }}!\n\nÉ o **último fim de semana** da nossa feira de "
         "inverno: sábado e domingo, das 10h às 18h."),
        "Último fim de semana da nossa feira de inverno: sábado e domingo, das 10h às 18h.",
    ),
    ru=_both(
        ("Зимний рынок закрывается в воскресенье", "Здравствуйте, {{ name }}!\n\nЭто **последние выходные** нашего "
         "зимнего рынка: суббота и воскресенье с 10 до 18."),
        "Последние выходные зимнего рынка: суббота и воскресенье с 10 до 18.",
    ),
)  # fmt: skip

GARDEN: Final = _content(
    en=_both(None, "Garden party this evening: tea from five, music from six."),
    fr=_both(None, "Fête au jardin ce soir : thé dès 17 h, musique dès 18 h."),
    pt=_both(None, "Festa no jardim hoje: chá a partir das 17h, música a partir das 18h."),
    ru=_both(None, "Сегодня праздник в саду: чай с пяти, музыка с шести."),
)

SURVEY: Final = _content(
    en=_both(
        ("Five questions, two minutes", "Dear {{ name }},\n\nhow was it with us this year? "
         "[Five questions](https://www.example.com/survey), two minutes."),
        "How was it with us this year? Five questions: https://www.example.com/survey",
    ),
    fr=_both(
        ("Cinq questions, deux minutes", "Bonjour {{ name }},\n\ncomment était-ce chez nous cette année ? "
         "[Cinq questions](https://www.example.com/survey), deux minutes."),
        "Comment était-ce chez nous cette année ? Cinq questions : https://www.example.com/survey",
    ),
)  # fmt: skip

BIRTHDAY: Final = _content(
    en=_both(
        ("A voucher for your year with us", "Dear {{ name }},\n\nyou have been with us since {{ attributes.since | "
         "date | default: \"the first day\" }}. This voucher says thank you."),
        None,
    ),
)  # fmt: skip

ORDER: Final = _content(en=_both(None, "{{ name }}, your order is ready. We keep it until Saturday, 6 pm."))

TICKETS: Final = _content(
    en=Texts(push=PushText(title="Tickets are on sale", text="The concerts of the new year, from ten o’clock on.")),
    fr=Texts(push=PushText(title="La billetterie est ouverte", text="Les concerts de la nouvelle année, dès 10 h.")),
    pt=Texts(push=PushText(title="Ingressos à venda", text="Os concertos do novo ano, a partir das dez.")),
    ru=Texts(push=PushText(title="Билеты в продаже", text="Концерты нового года, с десяти часов.")),
)

TABLE: Final = _content(
    en=Texts(whatsapp=WhatsAppText(text="{{ name }}, your table for New Year’s Eve is still free. Shall we keep it?")),
)
