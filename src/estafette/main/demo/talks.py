"""What the colleagues of the demo say to each other: who, and what, in channels, groups and between two.

`@name` mentions somebody, `* ` in front of a line pins it, `> ` puts it into the thread of the line before, and
` +emoji` at its end is what somebody puts under it.
"""

from typing import Final, Literal, NamedTuple

from estafette.main.demo.employees import names, of_department

Lines = tuple[tuple[str, str], ...]


class Talk(NamedTuple):
    """A place with its members (its first one opened it), when its first line was said, and how much goes unread."""

    kind: Literal["channel", "group", "direct"]
    name: str
    purpose: str
    members: tuple[str, ...]
    days_ago: int
    lines: Lines
    unread: int = 0
    is_open: bool = True


EVERYBODY: Final = ("vera", *(each for each in names() if each != "vera"))
CARE: Final = ("nora", *(each for each in of_department("Customer care") if each != "nora"), "pavel")
OPERATIONS: Final = ("caio", *(each for each in of_department("Operations") if each != "caio"))
ENGINEERING: Final = ("lena", *(each for each in of_department("Engineering") if each != "lena"))
FIELD: Final = ("thomas", *(each for each in of_department("Field service") if each != "thomas"), "marta", "nora")
MARKETING: Final = ("yana", *(each for each in of_department("Marketing") if each != "yana"), "liam")
FINANCE: Final = ("alice", *(each for each in of_department("Finance") if each != "alice"))
NEWCOMERS: Final = ("simon", *(each for each in EVERYBODY[:30] if each != "simon"), "ruth", "liam", "sandra", "alina")
THINKERS: Final = ("hannah", "nora", "marta", "pavel", "lena", "bruno", "thomas", "grace")
TRAVELLERS: Final = ("jonas", "sandra", "vera", "simon", "marta", "liam", "ines")

TALKS: Final = (
    Talk("channel", "All of Meridian", "What concerns everybody", EVERYBODY, 20, (
        ("vera", "* Good morning everyone. From today on we talk here, in your own language, without copies to all."),
        ("simon", "Four languages, one channel. Say it as it comes to you; somebody always translates. +👍"),
        ("yana", "Наконец-то не нужно искать, в каком письме было решение."),
        ("caio", "Ótimo. As operações já estão todas aqui."),
        ("jonas", "The office in Berlin is closed on Friday. The plants will be watered."),
        ("ruth", "Please welcome Liam Boyd, who starts in the direction today. @liam, say hello!"),
        ("liam", "Hello all! Happy to be here. I already lost my badge, so please be kind. +😂"),
        ("alice", "Rappel : les notes de frais du mois sont à remettre avant jeudi soir."),
        ("marta", "O projeto do novo depósito foi aprovado. Obrigada a todos que revisaram os números! +🎉"),
        ("vera", "Félicitations à @marta et à toute l’équipe."),
        ("pavel", "Ура! Сервер для склада готов, логины пришлю завтра."),
        ("simon", "* Holidays of next year are to be entered by the end of the month. The form is in the handbook."),
        ("vera", "Quarterly talk on Tuesday at 15:00 Paris time. Questions are welcome in a thread below."),
        ("nora", "> Will it be recorded for those who answer the phones?"),
        ("vera", "> Yes, and subtitled."),
    ), unread=3),
    Talk("channel", "Customer care", "Questions of customers, and who takes them", CARE, 18, (
        ("nora", "* Tone guide: short, kind, no promises about dates that we do not know ourselves."),
        ("priya", "The queue is at 42 this morning, most of it about the invoice layout."),
        ("camila", "Posso ficar com as mensagens em português até as 14h."),
        ("enzo", "Je prends les factures. Il manque le numéro de TVA sur la nouvelle mise en page."),
        ("ksenia", "По-русски трое спрашивают то же самое. Отвечаю одним текстом, вот он в базе знаний."),
        ("nora", "@pavel, could the old layout come back for a week?"),
        ("grace", "I wrote an article about it, with pictures. Link it instead of explaining. +🙏"),
        ("joel", "Down to 11. Lunch!"),
        ("molly", "A customer sent flowers for @camila. Literally flowers. They are at reception. +❤️"),
        ("camila", "Que lindo! Alguém põe na água por mim?"),
        ("priya", "Done. They outlive us all."),
        ("nora", "Thank you for this week. First reply under two hours, for the first time."),
    ), unread=2),
    Talk("channel", "Engineering", "Builds, plans and incidents", ENGINEERING, 19, (
        ("lena", "* Freeze from Thursday 18:00 UTC. What is not in by then waits."),
        ("felix", "The import takes 3 seconds for 10,000 rows now. It was 56 before I read the plan."),
        ("amelie", "J’ai trouvé pourquoi le test tombait un jour sur dix : il attendait une heure, pas un événement."),
        ("gleb", "На Android 12 клавиатура закрывает поле ввода. Воспроизвёл, видео приложу к задаче."),
        ("bastien", "Je prends. C’est le même cas que l’année dernière."),
        ("rohan", "Disk at 71% on the archive host, growing 2% a week. We have time, not for ever."),
        ("livia", "Posso reduzir os índices antigos amanhã cedo. @rohan, você acompanha?"),
        ("rohan", "Sure, 9:00 your time."),
        ("darya", "Новые иконки в ветке. Посмотрите в тёмной теме, пожалуйста."),
        ("sofia", "They look crisp. The bell is a bit heavy, everything else ships. +👍"),
        ("lena", "@pavel, do you have an hour for the warehouse login today?"),
    ), unread=2),
    Talk("channel", "Operations", "Stock, routes and suppliers", OPERATIONS, 17, (
        ("caio", "* Plano da semana: recebimento na terça e na quinta, inventário na sexta."),
        ("rafael", "O caminhão das 7h atrasou duas horas, neblina na serra."),
        ("owen", "Dublin can lend 30 pallets until Monday."),
        ("marta", "Perfeito, @owen, obrigada. Mando a coleta hoje."),
        ("igor", "Таможня закончила, контейнер едет. Будет в среду утром."),
        ("juliette", "Le fournisseur de Lyon propose −4 % sur un an. Je relance pour −6."),
        ("beatriz", "Sobrou espaço na rota norte. Alguém tem carga para Recife?"),
        ("ellen", "Quality check on the last batch: two boxes of 400. We keep it."),
        ("marta", "Ótimo trabalho. Fechamos o mês sem nenhuma entrega perdida. +🎉"),
    )),
    Talk("channel", "Field service", "On the road: visits, parts, photos", FIELD, 15, (
        ("thomas", "Tournée de demain : Lille, Gand, Anvers. Météo correcte."),
        ("isla", "Spare pump fitted in Aberdeen. Customer asks for a second one, quote please @nora."),
        ("davi", "Cheguei na obra. O portão abre só às 9h."),
        ("roman", "Нужна прокладка 40 мм, на складе в Самаре есть?"),
        ("corentin", "J’en ai deux dans la camionnette, j’expédie ce soir."),
        ("maud", "Photos du chantier dans le dossier. C’est propre. +👏"),
    ), unread=1),
    Talk("channel", "Marketing", "Campaigns and words", MARKETING, 14, (
        ("yana", "Кампания стартует во вторник в четырёх странах сразу."),
        ("bruno", "As artes estão prontas. Três versões, escolham sem dó."),
        ("zoe", "La deuxième. La première crie un peu."),
        ("emma", "Second one from Dublin as well."),
        ("mathilde", "Deux journaux veulent parler à Vera. Je propose mercredi."),
        ("maxim", "Тексты на русском перечитал, правки внёс."),
    )),
    Talk("channel", "Finance", "Closing, budgets, expenses", FINANCE, 13, (
        ("alice", "Clôture vendredi à midi. Il manque encore trois centres de coûts."),
        ("fernanda", "Os meus dois estão prontos, falta só a conciliação do banco."),
        ("olga", "Акты сверки отправила, жду подписи."),
        ("daniel", "Payroll is out. Nobody called, which is the best sign."),
    ), is_open=False),
    Talk("channel", "New here", "Ask anything; somebody knows", NEWCOMERS, 16, (
        ("ruth", "Where is what: handbook, holiday form, map of the offices. All pinned in *All of Meridian*."),
        ("liam", "How do I book a desk in Paris?"),
        ("sandra", "Eu reservo para você. Que dia?"),
        ("liam", "Thursday, and thank you!"),
        ("alina", "Новичкам: по средам в 11:00 знакомимся голосом, приходите."),
    )),
    Talk("channel", "Ideas", "Half-baked is welcome", THINKERS, 12, (
        ("hannah", "What if customers could see where their technician is?"),
        ("thomas", "Seulement s’ils savent aussi que nous déjeunons."),
        ("pavel", "Технически это день работы. Вопрос, хотим ли мы этого."),
        ("marta", "Uma faixa de horário já ajudaria: “entre 14h e 15h”. +💡"),
        ("grace", "The time slot is the better idea. Half of the calls ask just that."),
    ), unread=1),
    Talk("channel", "Café", "Not about work", EVERYBODY, 11, (
        ("jonas", "Somebody left a guitar in the kitchen. It is out of tune, and so was the owner."),
        ("etienne", "C’est la mienne. Je plaide coupable."),
        ("bruno", "Receita do pão de queijo: polvilho, queijo, e fé."),
        ("maxim", "Кто смотрел вчера финал? Без спойлеров!"),
        ("emma", "You can talk, everybody knows who won. +😂"),
        ("larissa", "Sexta tem festa junina no escritório de Salvador."),
    )),
    Talk("channel", "Incidents", "Open, watched, closed", ("lena", "felix", "rohan", "pavel", "nora", "amelie"), 9, (
        ("rohan", "* Open: login slow for 4% of people since 06:12 UTC."),
        ("felix", "Found: one replica fell behind after the migration. Taken out of rotation."),
        ("nora", "Care was told. Nine customers asked, all answered."),
        ("rohan", "Closed at 06:55. Review tomorrow, notes in the thread."),
        ("felix", "> Cause: a long transaction of the report. It runs at night from now on."),
        ("amelie", "> J’ajoute une alerte sur le retard des réplicas."),
    )),
    Talk("channel", "Offices and travel", "Desks, trains and keys", TRAVELLERS, 8, (
        ("sandra", "Passagens de Vera para Berlim emitidas."),
        ("jonas", "Room 2 has a new screen. It works with every cable except yours."),
        ("ines", "Le train de 7 h 12 est supprimé jeudi, prenez celui de 7 h 40."),
    )),
    Talk("group", "Warehouse launch", "", ("marta", "pavel", "rafael", "owen", "igor", "felix"), 10, (
        ("marta", "Faltam dez dias. Lista do que está aberto: login, etiquetas, treinamento."),
        ("pavel", "Логин будет завтра. Этикетки уже печатаются."),
        ("owen", "I can run the training in English, who does Portuguese?"),
        ("rafael", "Eu faço. Duas turmas, segunda e terça."),
        ("igor", "Для русской смены запишу видео."),
        ("marta", "Perfeito. @pavel, me avisa quando o login estiver no ar?"),
    ), unread=1),
    Talk("group", "Care leads", "", ("nora", "priya", "grace"), 7, (
        ("nora", "Shifts for December: can we keep two people on every Sunday?"),
        ("priya", "Yes, if Renata swaps with Molly on the 14th. Both agreed."),
        ("grace", "I take the 21st."),
        ("nora", "You two are wonderful. +❤️"),
    )),
    Talk("group", "Petit comité Paris", "", ("vera", "alice", "thomas", "juliette", "mathilde"), 6, (
        ("vera", "Déjeuner jeudi ? J’ai réservé pour cinq."),
        ("alice", "Avec plaisir."),
        ("thomas", "Je serai sur la route, gardez-moi un dessert."),
        ("mathilde", "Noté : un dessert, un train raté."),
    )),
    Talk("group", "Московские", "", ("yana", "pavel", "darya", "igor", "olga", "maxim"), 5, (
        ("yana", "Кто завтра в офисе?"),
        ("darya", "Я с десяти."),
        ("pavel", "Буду после обеда, утром стенд склада."),
        ("olga", "Захватите, пожалуйста, подписанные акты."),
    ), unread=1),
    Talk("direct", "", "", ("priya", "nora"), 4, (
        ("priya", "Do you have five minutes today? It is about the Sunday shifts."),
        ("nora", "After three. Shall I call?"),
        ("priya", "Please do. And: the numbers of the week are in, you will like them."),
    ), unread=1),
    Talk("direct", "", "", ("caio", "marta"), 3, (
        ("caio", "A diretoria adorou a apresentação."),
        ("marta", "Que bom! Fiquei nervosa até o último slide."),
        ("caio", "Não pareceu. Quinta falamos do orçamento?"),
    ), unread=1),
    Talk("direct", "", "", ("lena", "pavel"), 2, (
        ("lena", "Thanks for the warehouse login, it looks solid."),
        ("pavel", "Спасибо! Остался один случай: если меняют телефон."),
        ("lena", "Write it down and go home. It is Friday."),
    ), unread=1),
    Talk("direct", "", "", ("marta", "nora"), 2, (
        ("marta", "Hi Nora! Two customers ask when the new depot opens. Can your team say “in December”?"),
        ("nora", "“In the second half of December”, if that is true on your side."),
        ("marta", "True enough. Thank you! +👍"),
    )),
)  # fmt: skip
