"""The words of conversations in the four languages."""

from typing import Final

from estafette.base.errors import Problem
from estafette.base.languages import Sentence
from estafette.conversations import errors

PROBLEMS: Final[dict[type[Problem], Sentence]] = {
    errors.UnknownConversation: Sentence(
        "There is no such conversation.",
        "Cette conversation n’existe pas.",
        "Esta conversa não existe.",
        "Такой беседы нет.",
    ),
    errors.UnknownMessage: Sentence(
        "There is no such message.", "Ce message n’existe pas.", "Esta mensagem não existe.", "Такого сообщения нет."
    ),
    errors.UnknownPartner: Sentence(
        "There is no such partner.", "Ce partenaire n’existe pas.", "Este parceiro não existe.", "Такого партнёра нет."
    ),
    errors.NotYourMessage: Sentence(
        "Only the person who wrote a message may change it.",
        "Seule la personne qui a écrit un message peut le modifier.",
        "Só quem escreveu a mensagem pode alterá-la.",
        "Изменить сообщение может только его автор.",
    ),
    errors.MessageDeleted: Sentence(
        "This message was deleted.",
        "Ce message a été supprimé.",
        "Esta mensagem foi apagada.",
        "Это сообщение удалено.",
    ),
    errors.ConversationBusy: Sentence(
        "Somebody else is writing in this conversation. Try again in a moment.",
        "Quelqu’un d’autre écrit dans cette conversation. Réessayez dans un instant.",
        "Outra pessoa está escrevendo nesta conversa. Tente de novo em instantes.",
        "В этой беседе сейчас пишет кто-то другой. Повторите через мгновение.",
    ),
    errors.OwnPartner: Sentence(
        "You act for this partner yourself, so you cannot write to it as a customer.",
        "Vous faites partie de ce partenaire : vous ne pouvez pas lui écrire comme client.",
        "Você faz parte deste parceiro e não pode escrever a ele como cliente.",
        "Вы сами представляете этого партнёра и не можете писать ему как клиент.",
    ),
}

FIELDS: Final[dict[str, Sentence]] = {
    "empty_message": Sentence(
        "Write something, or attach a file.",
        "Écrivez quelque chose ou joignez un fichier.",
        "Escreva algo ou anexe um arquivo.",
        "Напишите что-нибудь или приложите файл.",
    ),
}

TO_PARTNER: Final = Sentence(
    "{who} wrote to {partner}", "{who} a écrit à {partner}", "{who} escreveu para {partner}", "{who} пишет: {partner}"
)
SEVERAL_TO_PARTNER: Final = Sentence(
    "{who} wrote {count} messages to {partner}",
    "{who} a écrit {count} messages à {partner}",
    "{who} escreveu {count} mensagens para {partner}",
    "{who}: новых сообщений — {count} ({partner})",
)
TO_PERSON: Final = Sentence(
    "{who} of {partner} has answered",
    "{who} ({partner}) vous a répondu",
    "{who}, de {partner}, respondeu",
    "{who} ({partner}): новое сообщение",
)
SEVERAL_TO_PERSON: Final = Sentence(
    "{who} of {partner} wrote {count} messages",
    "{who} ({partner}) vous a écrit {count} messages",
    "{who}, de {partner}, escreveu {count} mensagens",
    "{who} ({partner}): новых сообщений — {count}",
)
ANSWER: Final = Sentence("Open the conversation", "Ouvrir la conversation", "Abrir a conversa", "Открыть переписку")
FILES: Final = Sentence(
    "Attached files: {count}", "Fichiers joints : {count}", "Arquivos anexados: {count}", "Вложений: {count}"
)
