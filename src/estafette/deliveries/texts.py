"""The words of deliveries in the four languages."""

from typing import Final

from estafette.base.errors import Problem
from estafette.base.languages import Sentence
from estafette.deliveries import errors
from estafette.deliveries.models.link_faults import LinkRefused

PROBLEMS: Final[dict[type[Problem], Sentence]] = {
    errors.UnknownDelivery: Sentence(
        "There is no such message.", "Ce message n’existe pas.", "Esta mensagem não existe.", "Такого сообщения нет."
    ),
    errors.UnknownGateway: Sentence(
        "There is no such gateway.",
        "Cette passerelle n’existe pas.",
        "Este gateway não existe.",
        "Такого шлюза нет.",
    ),
    errors.UnknownSubscription: Sentence(
        "This device is not registered for push messages.",
        "Cet appareil n’est pas inscrit aux messages push.",
        "Este dispositivo não está inscrito para mensagens push.",
        "Это устройство не подписано на push-сообщения.",
    ),
    errors.NewsNotOffered: Sentence(
        "No news by notification are offered here.",
        "Aucune nouvelle par notification n’est proposée ici.",
        "Não são oferecidas novidades por notificação aqui.",
        "Новости через уведомления здесь не предлагаются.",
    ),
    errors.MayNotSend: Sentence(
        "Only service accounts and administrators may send messages.",
        "Seuls les comptes de service et les administrateurs peuvent envoyer des messages.",
        "Só contas de serviço e administradores podem enviar mensagens.",
        "Отправлять сообщения могут только служебные учётные записи и администраторы.",
    ),
    errors.TooLateToCancel: Sentence(
        "This message has gone out already.",
        "Ce message est déjà parti.",
        "Esta mensagem já saiu.",
        "Это сообщение уже отправлено.",
    ),
    errors.DeliveryKeyReused: Sentence(
        "This idempotency key was used for another message.",
        "Cette clé d’idempotence a servi pour un autre message.",
        "Esta chave de idempotência foi usada para outra mensagem.",
        "Этот ключ идемпотентности уже использован для другого сообщения.",
    ),
    errors.ManagedElsewhere: Sentence(
        "This gateway comes from the settings file; change it there.",
        "Cette passerelle vient du fichier de réglages ; modifiez-la là-bas.",
        "Este gateway vem do arquivo de configuração; altere-o lá.",
        "Этот шлюз задан в файле настроек; измените его там.",
    ),
    LinkRefused: Sentence("{reason}", "{reason}", "{reason}", "{reason}"),
    errors.CallbackRefused: Sentence(
        "This callback is not signed as the gateway would sign it.",
        "Ce rappel n’est pas signé comme la passerelle le signerait.",
        "Este retorno não está assinado como o gateway assinaria.",
        "Этот вызов подписан не так, как подписал бы шлюз.",
    ),
}

FIELDS: Final[dict[str, Sentence]] = {
    "channel_not_carried": Sentence(
        "A gateway of this kind does not carry this channel.",
        "Une passerelle de ce type n’achemine pas ce canal.",
        "Um gateway deste tipo não transporta este canal.",
        "Шлюз этого вида не работает с этим каналом.",
    ),
    "gateway_name_taken": Sentence(
        "There is a gateway of this name already.",
        "Une passerelle porte déjà ce nom.",
        "Já existe um gateway com este nome.",
        "Шлюз с таким названием уже есть.",
    ),
    "needed_again": Sentence(
        "The gateway’s address changes: enter this again.",
        "L’adresse de la passerelle change : saisissez ceci à nouveau.",
        "O endereço do gateway muda: digite isto de novo.",
        "Адрес шлюза меняется: введите это ещё раз.",
    ),
    "wrong_settings": Sentence("{reason}", "{reason}", "{reason}", "{reason}"),
    "sender_invalid": Sentence(
        "Between {min} and {max} characters.",
        "Entre {min} et {max} caractères.",
        "Entre {min} e {max} caracteres.",
        "От {min} до {max} знаков.",
    ),
    "not_for_channel": Sentence(
        "Messages of this kind cannot have this.",
        "Les messages de ce type ne peuvent pas en avoir.",
        "Mensagens deste tipo não podem ter isto.",
        "У сообщений этого вида такого поля быть не может.",
    ),
    "url_invalid": Sentence(
        "This does not look like a web address.",
        "Cela ne ressemble pas à une adresse web.",
        "Isso não parece um endereço da web.",
        "Это не похоже на веб-адрес.",
    ),
    "path_invalid": Sentence(
        "This must be a path of this server, such as /messages.",
        "Indiquez un chemin de ce serveur, par exemple /messages.",
        "Indique um caminho deste servidor, por exemplo /messages.",
        "Укажите путь на этом сервере, например /messages.",
    ),
    "template_name_invalid": Sentence(
        "At most {max} small letters, digits and underscores.",
        "{max} lettres minuscules, chiffres et traits de soulignement au plus.",
        "No máximo {max} letras minúsculas, algarismos e sublinhados.",
        "Не более {max} строчных букв латиницы, цифр и подчёркиваний.",
    ),
    "language_code_invalid": Sentence(
        "This must be the code of a language, such as pt_BR.",
        "Indiquez le code d’une langue, par exemple pt_BR.",
        "Indique o código de um idioma, por exemplo pt_BR.",
        "Укажите код языка, например pt_BR.",
    ),
    "no_template": Sentence(
        "Variables need a template.",
        "Des variables demandent un modèle.",
        "Variáveis precisam de um modelo.",
        "Переменным нужен шаблон.",
    ),
    "template_unknown": Sentence(
        "No gateway has a template of this name.",
        "Aucune passerelle n’a de modèle de ce nom.",
        "Nenhum gateway tem um modelo com este nome.",
        "Ни у одного шлюза нет шаблона с таким названием.",
    ),
    "template_not_in_language": Sentence(
        "This template does not exist in this language; there are: {languages}.",
        "Ce modèle n’existe pas dans cette langue ; il y a : {languages}.",
        "Este modelo não existe neste idioma; há: {languages}.",
        "На этом языке такого шаблона нет; есть: {languages}.",
    ),
    "template_not_approved": Sentence(
        "This template is not approved; its state is {state}.",
        "Ce modèle n’est pas approuvé ; son état est {state}.",
        "Este modelo não está aprovado; o estado dele é {state}.",
        "Этот шаблон не одобрен; его состояние: {state}.",
    ),
    "template_unsupported": Sentence(
        "This template asks for more than the variables of its text, which cannot be sent from here.",
        "Ce modèle demande plus que les variables de son texte, ce qui ne peut pas partir d’ici.",
        "Este modelo pede mais do que as variáveis do texto, o que não pode ser enviado daqui.",
        "Этому шаблону нужны не только переменные текста; отсюда такой отправить нельзя.",
    ),
    "template_variables": Sentence(
        "This template has {count} places for variables.",
        "Ce modèle a {count} emplacements pour des variables.",
        "Este modelo tem {count} lugares para variáveis.",
        "Мест для переменных в этом шаблоне: {count}.",
    ),
    "template_needs_media": Sentence(
        "This template begins with a picture, film or document: give its address.",
        "Ce modèle commence par une image, un film ou un document : indiquez son adresse.",
        "Este modelo começa com uma imagem, um vídeo ou um documento: informe o endereço.",
        "Этот шаблон начинается с изображения, видео или документа: укажите его адрес.",
    ),
    "template_without_media": Sentence(
        "This template has no place for a picture, film or document.",
        "Ce modèle n’a pas de place pour une image, un film ou un document.",
        "Este modelo não tem lugar para imagem, vídeo ou documento.",
        "В этом шаблоне нет места для изображения, видео или документа.",
    ),
    "topic_invalid": Sentence(
        "At most {max} letters, digits, hyphens and underscores.",
        "{max} lettres, chiffres, tirets et traits de soulignement au plus.",
        "No máximo {max} letras, algarismos, hifens e sublinhados.",
        "Не более {max} букв латиницы, цифр, дефисов и подчёркиваний.",
    ),
    "payload_too_large": Sentence(
        "Title, text and address together take at most {max} bytes.",
        "Titre, texte et adresse tiennent ensemble en {max} octets au plus.",
        "Título, texto e endereço juntos ocupam no máximo {max} bytes.",
        "Заголовок, текст и адрес вместе занимают не более {max} байт.",
    ),
    "too_far_ahead": Sentence(
        "At most {days} days ahead.",
        "{days} jours à l’avance au plus.",
        "No máximo {days} dias à frente.",
        "Не более чем на {days} дней вперёд.",
    ),
    "ends_before_it_begins": Sentence(
        "This is before the message may go out.",
        "C’est avant que le message puisse partir.",
        "Isso é antes de a mensagem poder sair.",
        "Это раньше, чем сообщение может быть отправлено.",
    ),
}
"""What can be wrong with a field of a message or a gateway."""

PUSH_TEST: Final = Sentence(
    "This is how this device will be told.",
    "Voici comment cet appareil sera prévenu.",
    "É assim que este dispositivo será avisado.",
    "Так это устройство будет получать уведомления.",
)
"""What a browser is told to see whether it works."""
