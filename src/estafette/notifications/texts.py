"""The words of notifications and of the letters of the server, in the four languages."""

from typing import Final

from estafette.base.errors import Problem
from estafette.base.languages import Sentence
from estafette.notifications import errors

PROBLEMS: Final[dict[type[Problem], Sentence]] = {
    errors.UnsubscribeLinkUnknown: Sentence(
        "This link does not end any e-mails. Your settings say what you get.",
        "Ce lien ne met fin à aucun e-mail. Vos réglages indiquent ce que vous recevez.",
        "Este link não cancela nenhum e-mail. Suas configurações dizem o que você recebe.",
        "Эта ссылка не отключает никаких писем. Что вам приходит, видно в настройках.",
    ),
}

FIELDS: Final[dict[str, Sentence]] = {
    "not_a_time": Sentence(
        "A time of day such as 22:00.",
        "Une heure comme 22:00.",
        "Um horário como 22:00.",
        "Время суток, например 22:00.",
    ),
    "in_the_past": Sentence(
        "This time has passed.", "Cette heure est passée.", "Esse horário já passou.", "Это время уже прошло."
    ),
    "nothing_to_end": Sentence(
        "Only something that is switched off can end.",
        "Seul ce qui est désactivé peut prendre fin.",
        "Só o que está desligado pode ter um fim.",
        "Окончание можно указать только для того, что отключено.",
    ),
    "one_of_them": Sentence(
        "Name either notifications, a topic, or all.",
        "Indiquez des notifications, un sujet, ou tout.",
        "Informe notificações, um assunto ou tudo.",
        "Укажите либо уведомления, либо тему, либо все.",
    ),
    "named_twice": Sentence(
        "This was named before.", "Ceci a déjà été indiqué.", "Isto já foi informado.", "Это уже указано выше."
    ),
    "not_a_member": Sentence(
        "Only members can be told.",
        "Seuls les membres peuvent être avertis.",
        "Só membros podem ser avisados.",
        "Уведомлять можно только участников.",
    ),
}

WHY: Final = Sentence(
    "You get this e-mail because you have an account here.",
    "Vous recevez cet e-mail parce que vous avez un compte ici.",
    "Você recebe este e-mail porque tem uma conta aqui.",
    "Вы получили это письмо, потому что у вас здесь есть аккаунт.",
)
CHOOSE: Final = Sentence(
    "Choose what you hear of",
    "Choisir ce dont vous êtes averti",
    "Escolher sobre o que você é avisado",
    "Выбрать, о чём вас уведомлять",
)
STOP: Final = Sentence(
    "No more e-mails of this kind",
    "Ne plus recevoir ces e-mails",
    "Não receber mais estes e-mails",
    "Больше не присылать такие письма",
)
SAID_AT: Final = Sentence("{who}, {at}", "{who}, {at}", "{who}, {at}", "{who}, {at}")
BY_PHONE: Final = Sentence("{title} {url}", "{title} {url}", "{title} {url}", "{title} {url}")

RESET_TITLE: Final = Sentence(
    "Choose a new password", "Choisissez un nouveau mot de passe", "Escolha uma nova senha", "Задайте новый пароль"
)
RESET_TEXT: Final = Sentence(
    "Somebody, hopefully you, has asked for a new password for {email}.",
    "Quelqu’un, vous sans doute, a demandé un nouveau mot de passe pour {email}.",
    "Alguém, esperamos que você, pediu uma nova senha para {email}.",
    "Кто-то — надеемся, что вы, — запросил новый пароль для {email}.",
)
RESET_ACTION: Final = Sentence(
    "Set a new password", "Définir un nouveau mot de passe", "Definir nova senha", "Задать новый пароль"
)
RESET_AFTER: Final = Sentence(
    "The link is good until {until}, once. If it was not you, do nothing: your password stays as it is.",
    "Le lien est valable une seule fois, jusqu’au {until}. Si ce n’était pas vous, ne faites rien : "
    "votre mot de passe reste le même.",
    "O link vale uma única vez, até {until}. Se não foi você, não faça nada: sua senha continua a mesma.",
    "Ссылка действует один раз, до {until}. Если это были не вы, ничего не делайте: пароль останется прежним.",
)
CONFIRM_TITLE: Final = Sentence(
    "Confirm your e-mail address",
    "Confirmez votre adresse e-mail",
    "Confirme seu e-mail",
    "Подтвердите адрес эл. почты",
)
CONFIRM_TEXT: Final = Sentence(
    "With this you get answers and notifications at {email}.",
    "Vous recevrez ainsi réponses et notifications à l’adresse {email}.",
    "Assim você recebe respostas e notificações em {email}.",
    "После этого ответы и уведомления будут приходить на {email}.",
)
CONFIRM_ACTION: Final = Sentence(
    "Confirm the address", "Confirmer l’adresse", "Confirmar o endereço", "Подтвердить адрес"
)
CONFIRM_AFTER: Final = Sentence(
    "The link is good until {until}. If you have no account here, you can forget this e-mail.",
    "Le lien est valable jusqu’au {until}. Si vous n’avez pas de compte ici, ignorez cet e-mail.",
    "O link vale até {until}. Se você não tem conta aqui, ignore este e-mail.",
    "Ссылка действует до {until}. Если у вас нет здесь аккаунта, просто забудьте об этом письме.",
)
MOVING_TITLE: Final = Sentence(
    "Confirm your new e-mail address",
    "Confirmez votre nouvelle adresse e-mail",
    "Confirme seu novo e-mail",
    "Подтвердите новый адрес эл. почты",
)
MOVING_TEXT: Final = Sentence(
    "From then on {email} is the address of your account; until then the present one stays.",
    "Ensuite, {email} sera l’adresse de votre compte ; d’ici là, l’actuelle reste valable.",
    "Depois disso, {email} será o endereço da sua conta; até lá, vale o atual.",
    "После этого адресом вашего аккаунта станет {email}; до тех пор действует прежний.",
)
STOP_TITLE: Final = Sentence(
    "Your e-mail address is about to change",
    "Votre adresse e-mail va changer",
    "Seu e-mail está prestes a mudar",
    "Ваш адрес эл. почты скоро изменится",
)
STOP_TEXT: Final = Sentence(
    "Somebody who knows your password, hopefully you, wants another address than {email} for your account.",
    "Quelqu’un qui connaît votre mot de passe, vous sans doute, veut une autre adresse que {email} pour votre compte.",
    "Alguém que conhece sua senha, esperamos que você, quer outro endereço no lugar de {email} para a sua conta.",
    "Кто-то, кому известен ваш пароль, — надеемся, что вы, — хочет заменить {email} в вашем аккаунте.",
)
STOP_ACTION: Final = Sentence("It was not me", "Ce n’était pas moi", "Não fui eu", "Это был не я")
STOP_AFTER: Final = Sentence(
    "If it was you, there is nothing to do here. If not, the link, good until {until}, keeps your address, "
    "signs out everybody and lets you choose another password.",
    "Si c’était vous, il n’y a rien à faire ici. Sinon, le lien, valable jusqu’au {until}, garde votre adresse, "
    "déconnecte tout le monde et vous laisse choisir un autre mot de passe.",
    "Se foi você, não há nada a fazer aqui. Se não, o link, que vale até {until}, mantém seu endereço, "
    "desconecta todos e permite escolher outra senha.",
    "Если это были вы, ничего делать не нужно. Если нет, ссылка, действующая до {until}, сохранит ваш адрес, "
    "завершит все сеансы и позволит задать другой пароль.",
)
MOVED_TITLE: Final = Sentence(
    "Your e-mail address was changed",
    "Votre adresse e-mail a été modifiée",
    "Seu e-mail foi alterado",
    "Ваш адрес эл. почты изменён",
)
MOVED_TEXT: Final = Sentence(
    "{email} is no longer the address of your account.",
    "{email} n’est plus l’adresse de votre compte.",
    "{email} não é mais o endereço da sua conta.",
    "{email} больше не является адресом вашего аккаунта.",
)
PASSWORD_TITLE: Final = Sentence(
    "Your password was changed", "Votre mot de passe a été modifié", "Sua senha foi alterada", "Ваш пароль изменён"
)
PASSWORD_TEXT: Final = Sentence(
    "The password of {email} is another one now. Your account shows which devices are still signed in.",
    "Le mot de passe de {email} a changé. Votre compte montre quels appareils restent connectés.",
    "A senha de {email} mudou. Sua conta mostra quais dispositivos continuam conectados.",
    "Пароль для {email} изменён. В аккаунте видно, на каких устройствах вход ещё действует.",
)
INVITED_TITLE: Final = Sentence(
    "{inviter} invites you to the team of {partner}",
    "{inviter} vous invite dans l’équipe de {partner}",
    "{inviter} convida você para a equipe de {partner}",
    "{inviter} приглашает вас в команду {partner}",
)
INVITED_TEXT: Final = Sentence(
    "As part of the team you read and answer what people write to {partner}. The invitation is for {email}: "
    "sign in or sign up with this address.",
    "Dans l’équipe, vous lisez ce que l’on écrit à {partner} et y répondez. L’invitation est pour {email} : "
    "connectez-vous ou inscrivez-vous avec cette adresse.",
    "Na equipe, você lê e responde o que as pessoas escrevem para {partner}. O convite é para {email}: "
    "entre ou cadastre-se com este endereço.",
    "В команде вы читаете сообщения для {partner} и отвечаете на них. Приглашение отправлено на {email}: "
    "войдите или зарегистрируйтесь с этим адресом.",
)
INVITED_TO_ADMINISTRATE_TITLE: Final = Sentence(
    "{inviter} invites you to be an administrator",
    "{inviter} vous invite à devenir administrateur",
    "{inviter} convida você para a administração",
    "{inviter} приглашает вас стать администратором",
)
INVITED_TO_ADMINISTRATE_TEXT: Final = Sentence(
    "Administrators look after people, partners and gateways of this service. The invitation is for {email}: "
    "sign in or sign up with this address.",
    "Les administrateurs gèrent les personnes, les partenaires et les passerelles de ce service. "
    "L’invitation est pour {email} : connectez-vous ou inscrivez-vous avec cette adresse.",
    "Administradores cuidam das pessoas, dos parceiros e dos gateways deste serviço. O convite é para {email}: "
    "entre ou cadastre-se com este endereço.",
    "Администраторы управляют людьми, партнёрами и шлюзами этого сервиса. Приглашение отправлено на {email}: "
    "войдите или зарегистрируйтесь с этим адресом.",
)
INVITED_TO_WORK_TITLE: Final = Sentence(
    "{inviter} invites you to chat with your colleagues",
    "{inviter} vous invite à rejoindre vos collègues",
    "{inviter} convida você para conversar com seus colegas",
    "{inviter} приглашает вас в общий чат с коллегами",
)
INVITED_TO_WORK_TEXT: Final = Sentence(
    "Here colleagues write to each other, in groups and in channels. The invitation is for {email}. "
    "One press, a name and a password, and you are in.",
    "Ici, les collègues s’écrivent, en groupe et dans des canaux. L’invitation est pour {email}. "
    "Un clic, un nom, un mot de passe, et vous y êtes.",
    "Aqui os colegas conversam entre si, em grupos e em canais. O convite é para {email}. "
    "Um clique, um nome e uma senha, e pronto.",
    "Здесь коллеги переписываются друг с другом, в группах и каналах. Приглашение отправлено на {email}. "
    "Перейдите по ссылке, укажите имя и пароль — и всё готово.",
)
INVITED_ACTION: Final = Sentence("Look at the invitation", "Voir l’invitation", "Ver o convite", "Открыть приглашение")
INVITED_AFTER: Final = Sentence(
    "The link is good until {until}. If you do not know what this is about, do nothing.",
    "Le lien est valable jusqu’au {until}. Si cela ne vous dit rien, ne faites rien.",
    "O link vale até {until}. Se você não sabe do que se trata, não faça nada.",
    "Ссылка действует до {until}. Если вы не знаете, о чём речь, ничего не делайте.",
)
WHY_INVITED: Final = Sentence(
    "You get this e-mail because somebody here has typed your address.",
    "Vous recevez cet e-mail parce que quelqu’un a saisi votre adresse ici.",
    "Você recebe este e-mail porque alguém informou o seu endereço aqui.",
    "Вы получили это письмо, потому что кто-то указал здесь ваш адрес.",
)
LOOK: Final = Sentence("Look at my account", "Voir mon compte", "Ver minha conta", "Открыть мой аккаунт")
NOT_YOU: Final = Sentence(
    "If it was not you, set a new password at once and tell the people who run this service.",
    "Si ce n’était pas vous, changez tout de suite de mot de passe et prévenez les responsables de ce service.",
    "Se não foi você, defina já uma nova senha e avise quem cuida deste serviço.",
    "Если это были не вы, сразу задайте новый пароль и сообщите тем, кто отвечает за этот сервис.",
)
