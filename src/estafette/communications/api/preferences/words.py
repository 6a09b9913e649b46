"""The words of the page in the four languages."""

from typing import Final

from estafette.base.languages import Sentence
from estafette.clients import Channel
from estafette.communications.actions.preferences import Missing

TITLE: Final = Sentence(
    "What may we send you?",
    "Que pouvons-nous vous envoyer ?",
    "O que podemos enviar a você?",
    "Что вам можно присылать?",
)
LEAD: Final = Sentence(
    "Choose by which ways you wish to hear from us. Your choice counts at once.",
    "Choisissez par quels moyens vous souhaitez avoir de nos nouvelles. Votre choix prend effet aussitôt.",
    "Escolha por quais meios deseja receber notícias nossas. Sua escolha vale imediatamente.",
    "Выберите, какими способами вы хотите получать наши сообщения. Выбор действует сразу.",
)
NAMES: Final[dict[Channel, Sentence]] = {
    "email": Sentence("E-mail", "E-mail", "E-mail", "Эл. почта"),
    "sms": Sentence("SMS", "SMS", "SMS", "SMS"),
    "whatsapp": Sentence("WhatsApp", "WhatsApp", "WhatsApp", "WhatsApp"),
}
MEANINGS: Final[dict[Channel, Sentence]] = {
    "email": Sentence(
        "News, offers and invitations in your mailbox.",
        "Des nouvelles, des offres et des invitations dans votre boîte aux lettres.",
        "Novidades, ofertas e convites na sua caixa de entrada.",
        "Новости, предложения и приглашения на вашу почту.",
    ),
    "sms": Sentence(
        "Short messages to your phone, when something cannot wait.",
        "De courts messages sur votre téléphone, quand cela ne peut attendre.",
        "Mensagens curtas no seu celular, quando algo não pode esperar.",
        "Короткие сообщения на телефон, когда дело не терпит.",
    ),
    "whatsapp": Sentence(
        "Messages in WhatsApp, which you can answer.",
        "Des messages dans WhatsApp, auxquels vous pouvez répondre.",
        "Mensagens no WhatsApp, às quais você pode responder.",
        "Сообщения в WhatsApp, на которые можно ответить.",
    ),
}
SAVE: Final = Sentence("Save", "Enregistrer", "Salvar", "Сохранить")
NOTHING: Final = Sentence("Send me nothing", "Ne plus rien m’envoyer", "Não me enviar nada", "Ничего не присылать")
SAVED: Final = Sentence("Saved.", "Enregistré.", "Salvo.", "Сохранено.")
UNSUBSCRIBED: Final = Sentence(
    "Done: you will get no more messages from us this way.",
    "C’est fait : vous ne recevrez plus de messages de notre part par ce moyen.",
    "Pronto: você não receberá mais mensagens nossas por este meio.",
    "Готово: этим способом вы больше не будете получать наши сообщения.",
)
NO_WAY: Final = Sentence(
    "We have no address of yours, so nothing reaches you.",
    "Nous n’avons aucune adresse de vous : rien ne vous parvient.",
    "Não temos nenhum endereço seu: nada chega até você.",
    "У нас нет вашего адреса, поэтому вам ничего не приходит.",
)
FOOT: Final = Sentence(
    "Messages about something that you have asked for yourself, such as a new password, reach you all the same.",
    "Les messages que vous avez vous-même demandés, comme un nouveau mot de passe, vous parviennent toujours.",
    "Mensagens sobre algo que você mesmo pediu, como uma nova senha, chegam de qualquer forma.",
    "Сообщения о том, что вы запросили сами, например новый пароль, приходят в любом случае.",
)
LANGUAGE: Final = Sentence("Language", "Langue", "Idioma", "Язык")
MISSING_TITLES: Final[dict[Missing, Sentence]] = {
    "no_link": Sentence(
        "This link is not complete",
        "Ce lien n’est pas complet",
        "Este link não está completo",
        "Ссылка неполная",
    ),
    "too_old": Sentence(
        "This link is too old",
        "Ce lien est trop ancien",
        "Este link é antigo demais",
        "Ссылка устарела",
    ),
    "erased": Sentence(
        "We have nothing stored about you",
        "Nous n’avons rien gardé sur vous",
        "Não temos nada guardado sobre você",
        "У нас ничего о вас не хранится",
    ),
}
MISSING: Final[dict[Missing, Sentence]] = {
    "no_link": Sentence(
        "Perhaps only a part of it was copied. Open it from the message once more.",
        "Peut-être n’en a-t-on copié qu’une partie. Ouvrez-le encore une fois depuis le message.",
        "Talvez só uma parte tenha sido copiada. Abra-o mais uma vez pela mensagem.",
        "Возможно, скопирована только часть. Откройте её ещё раз из сообщения.",
    ),
    "too_old": Sentence(
        "Please use the link of a newer message, or answer it with one word: STOP.",
        "Utilisez le lien d’un message plus récent, ou répondez-y d’un seul mot : STOP.",
        "Use o link de uma mensagem mais nova ou responda a ela com uma só palavra: PARAR.",
        "Воспользуйтесь ссылкой из более нового сообщения или ответьте на него одним словом: СТОП.",
    ),
    "erased": Sentence(
        "Your data were erased. You will get no messages from us, and there is nothing to choose.",
        "Vos données ont été effacées. Vous ne recevrez plus de messages, et il n’y a rien à choisir.",
        "Seus dados foram apagados. Você não receberá mensagens nossas, e não há nada a escolher.",
        "Ваши данные удалены. Сообщений от нас не будет, и выбирать нечего.",
    ),
}
