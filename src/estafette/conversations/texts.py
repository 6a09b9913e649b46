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
    errors.OnlyReading: Sentence(
        "You may read here, and not write.",
        "Vous pouvez lire ici, mais pas écrire.",
        "Você pode ler aqui, mas não escrever.",
        "Здесь вы можете читать, но не писать.",
    ),
    errors.NotAMember: Sentence(
        "You are not a member of this conversation. Join it first.",
        "Vous ne faites pas partie de cette conversation. Rejoignez-la d’abord.",
        "Você não participa desta conversa. Entre nela primeiro.",
        "Вы не участник этой беседы. Сначала вступите в неё.",
    ),
    errors.ConversationArchived: Sentence(
        "This conversation is archived: nobody writes in it any more.",
        "Cette conversation est archivée : plus personne n’y écrit.",
        "Esta conversa está arquivada: ninguém mais escreve nela.",
        "Эта беседа в архиве: в ней больше не пишут.",
    ),
    errors.NotAllowedHere: Sentence(
        "Your role in this conversation does not allow this.",
        "Votre rôle dans cette conversation ne le permet pas.",
        "Seu papel nesta conversa não permite isso.",
        "Ваша роль в этой беседе этого не позволяет.",
    ),
    errors.ThreadInThread: Sentence(
        "A thread has no threads: answer in it.",
        "Un fil n’a pas de fils : répondez dans celui-ci.",
        "Uma discussão não tem discussões dentro dela: responda nesta mesma.",
        "В обсуждении нет вложенных обсуждений: ответьте прямо в нём.",
    ),
    errors.NoThreadsHere: Sentence(
        "There are no threads in the conversation of a customer and a partner.",
        "Il n’y a pas de fils dans la conversation d’un client et d’un partenaire.",
        "Não há discussões na conversa entre um cliente e um parceiro.",
        "В переписке клиента с партнёром нет обсуждений.",
    ),
    errors.LastOwner: Sentence(
        "A conversation needs an owner: make somebody else one first.",
        "Une conversation a besoin d’un propriétaire : désignez d’abord quelqu’un d’autre.",
        "Uma conversa precisa de um proprietário: indique outra pessoa antes.",
        "У беседы должен быть владелец: сначала назначьте другого.",
    ),
    errors.TooManyPinned: Sentence(
        "100 messages are pinned here. Unpin one first.",
        "100 messages sont déjà épinglés ici. Détachez-en un d’abord.",
        "Já há 100 mensagens fixadas aqui. Desafixe uma antes.",
        "Здесь уже закреплено 100 сообщений. Сначала открепите одно.",
    ),
    errors.TooManyReactions: Sentence(
        "30 different emoji stand under this message. Choose one of them.",
        "Ce message a déjà 30 émojis différents. Choisissez l’un d’eux.",
        "Esta mensagem já tem 30 emojis diferentes. Escolha um deles.",
        "Под этим сообщением уже 30 разных эмодзи. Выберите один из них.",
    ),
    errors.UnknownScheduledMessage: Sentence(
        "This scheduled message is no longer there; it may have been sent.",
        "Ce message programmé n’existe plus ; il est peut-être déjà parti.",
        "Esta mensagem agendada não existe mais; talvez já tenha sido enviada.",
        "Этого отложенного сообщения больше нет: возможно, оно уже отправлено.",
    ),
    errors.TooManyScheduled: Sentence(
        "200 messages of yours are scheduled already. Send or cancel one first.",
        "Vous avez déjà 200 messages programmés. Envoyez-en ou annulez-en un d’abord.",
        "Você já tem 200 mensagens agendadas. Envie ou cancele uma antes.",
        "У вас уже 200 отложенных сообщений. Сначала отправьте или отмените одно из них.",
    ),
    errors.DraftChanged: Sentence(
        "This draft was changed on another device meanwhile.",
        "Ce brouillon a été modifié entre-temps sur un autre appareil.",
        "Este rascunho foi alterado em outro dispositivo nesse meio-tempo.",
        "Этот черновик тем временем изменён на другом устройстве.",
    ),
    errors.TooManyReminders: Sentence(
        "You have 500 reminders already. Take one away first.",
        "Vous avez déjà 500 rappels. Supprimez-en un d’abord.",
        "Você já tem 500 lembretes. Remova um antes.",
        "У вас уже 500 напоминаний. Сначала удалите одно из них.",
    ),
    errors.UnknownPerson: Sentence(
        "There is no such person.", "Cette personne n’existe pas.", "Esta pessoa não existe.", "Такого человека нет."
    ),
    errors.OwnPartner: Sentence(
        "You act for this partner yourself, so you cannot write to it as a customer.",
        "Vous faites partie de ce partenaire : vous ne pouvez pas lui écrire comme client.",
        "Você faz parte deste parceiro e não pode escrever a ele como cliente.",
        "Вы сами представляете этого партнёра и не можете писать ему как клиент.",
    ),
}

FIELDS: Final[dict[str, Sentence]] = {
    # Of one conversation among those to which a message is forwarded.
    **{
        kind.code: PROBLEMS[kind]
        for kind in (
            errors.UnknownConversation,
            errors.NotAMember,
            errors.OnlyReading,
            errors.ConversationArchived,
            errors.NotAllowedHere,
        )
    },
    "search_unknown": Sentence(
        "“{piece}” (character {place}) is no search operator. To look for it as text, put it in quotes.",
        "« {piece} » (caractère {place}) n’est pas un opérateur. Pour chercher ce texte, mettez-le entre guillemets.",
        "“{piece}” (caractere {place}) não é um operador de busca. Para buscar esse texto, coloque-o entre aspas.",
        "«{piece}» (символ {place}) — не оператор поиска. Чтобы найти это как текст, возьмите его в кавычки.",
    ),
    "search_value": Sentence(
        "“{piece}” (character {place}) has a value that this operator does not know.",
        "« {piece} » (caractère {place}) : cet opérateur ne connaît pas cette valeur.",
        "“{piece}” (caractere {place}): esse operador não conhece esse valor.",
        "«{piece}» (символ {place}): такого значения у этого оператора нет.",
    ),
    "search_missing": Sentence(
        "“{piece}” (character {place}) lacks what to look for after the colon.",
        "« {piece} » (caractère {place}) : il manque ce qui est cherché après les deux-points.",
        "“{piece}” (caractere {place}): falta dizer depois dos dois-pontos o que buscar.",
        "«{piece}» (символ {place}): после двоеточия не указано, что искать.",
    ),
    "search_negation": Sentence(
        "“{piece}” (character {place}) cannot be turned round by a minus.",
        "« {piece} » (caractère {place}) ne peut pas être inversé par un signe moins.",
        "“{piece}” (caractere {place}) não pode ser invertido com um sinal de menos.",
        "«{piece}» (символ {place}) нельзя обратить минусом.",
    ),
    "search_too_many": Sentence(
        "This is too much for one search: from “{piece}” (character {place}) on leave something out.",
        "C’est trop pour une seule recherche : à partir de « {piece} » (caractère {place}), retirez des éléments.",
        "É demais para uma só busca: a partir de “{piece}” (caractere {place}), retire alguma coisa.",
        "Слишком много для одного поиска: начиная с «{piece}» (символ {place}) уберите лишнее.",
    ),
    "search_nobody": Sentence(
        "“{piece}” (character {place}): you know nobody of this name.",
        "« {piece} » (caractère {place}) : vous ne connaissez personne de ce nom.",
        "“{piece}” (caractere {place}): você não conhece ninguém com esse nome.",
        "«{piece}» (символ {place}): среди тех, кого вы знаете, такого имени нет.",
    ),
    "search_nowhere": Sentence(
        "“{piece}” (character {place}): you have no chat of this name.",
        "« {piece} » (caractère {place}) : vous n’avez aucune discussion de ce nom.",
        "“{piece}” (caractere {place}): você não tem nenhuma conversa com esse nome.",
        "«{piece}» (символ {place}): чата с таким названием у вас нет.",
    ),
    "search_one_kind": Sentence(
        "Ask for the next page of one kind alone.",
        "Demandez la page suivante d’un seul type à la fois.",
        "Peça a próxima página de um só tipo por vez.",
        "Следующую страницу запрашивайте только для одного вида.",
    ),
    "only_channels": Sentence(
        "Only a channel can be open to all.",
        "Seul un canal peut être ouvert à tous.",
        "Só um canal pode ser aberto a todos.",
        "Открытым для всех может быть только канал.",
    ),
    "not_an_emoji": Sentence(
        "Give exactly one emoji.",
        "Indiquez exactement un émoji.",
        "Informe exatamente um emoji.",
        "Укажите ровно один эмодзи.",
    ),
    "only_among_several": Sentence(
        "In a direct chat it is all or nothing.",
        "Dans une discussion à deux, c’est tout ou rien.",
        "Em uma conversa direta é tudo ou nada.",
        "В личном чате — либо всё, либо ничего.",
    ),
    "too_soon": Sentence(
        "At least a minute from now.",
        "Au moins une minute à partir de maintenant.",
        "Pelo menos um minuto a partir de agora.",
        "Не раньше чем через минуту.",
    ),
    "unknown_message": Sentence(
        "This message is not here, or was deleted.",
        "Ce message n’est pas ici ou a été supprimé.",
        "Esta mensagem não está aqui ou foi apagada.",
        "Такого сообщения здесь нет, или оно удалено.",
    ),
    "yourself": Sentence(
        "Choose somebody else.",
        "Choisissez quelqu’un d’autre.",
        "Escolha outra pessoa.",
        "Выберите кого-нибудь другого.",
    ),
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
DIRECT: Final = Sentence("{who} wrote to you", "{who} vous a écrit", "{who} escreveu para você", "{who} пишет вам")
SEVERAL_DIRECT: Final = Sentence(
    "{who} wrote you {count} messages",
    "{who} vous a écrit {count} messages",
    "{who} escreveu {count} mensagens para você",
    "{who}: новых сообщений — {count}",
)
IN_GROUP: Final = Sentence(
    "{who} wrote in {partner}",
    "{who} a écrit dans {partner}",
    "{who} escreveu em {partner}",
    "{who} пишет в «{partner}»",
)
SEVERAL_IN_GROUP: Final = Sentence(
    "{count} new messages in {partner}",
    "{count} nouveaux messages dans {partner}",
    "{count} novas mensagens em {partner}",
    "Новых сообщений в «{partner}» — {count}",
)
IN_THREAD: Final = Sentence(
    "{who} replied in a thread in {partner}",
    "{who} a répondu dans un fil de {partner}",
    "{who} respondeu em uma discussão em {partner}",
    "{who} отвечает в обсуждении в «{partner}»",
)
SEVERAL_IN_THREAD: Final = Sentence(
    "{count} new replies in a thread in {partner}",
    "{count} nouvelles réponses dans un fil de {partner}",
    "{count} novas respostas em uma discussão em {partner}",
    "Новых ответов в обсуждении в «{partner}» — {count}",
)
NEWS_IN_THREAD: Final = Sentence(
    "New replies in {partner}",
    "Nouvelles réponses dans {partner}",
    "Novas respostas em {partner}",
    "Новые ответы в «{partner}»",
)
IN_DIRECT_THREAD: Final = Sentence(
    "{who} replied in your thread",
    "{who} a répondu dans votre fil",
    "{who} respondeu na discussão de vocês",
    "{who} отвечает в вашем обсуждении",
)
SEVERAL_IN_DIRECT_THREAD: Final = Sentence(
    "{who} wrote {count} replies in your thread",
    "{who} a écrit {count} réponses dans votre fil",
    "{who} escreveu {count} respostas na discussão de vocês",
    "{who}: новых ответов в вашем обсуждении — {count}",
)
NEWS_OF_PARTNER: Final = Sentence(
    "News from {partner}", "Des nouvelles de {partner}", "Novidades de {partner}", "Ответы от {partner}"
)
NEWS_IN_GROUP: Final = Sentence(
    "New messages in {partner}",
    "Nouveaux messages dans {partner}",
    "Novas mensagens em {partner}",
    "Новые сообщения в «{partner}»",
)
ANSWER: Final = Sentence("Open the conversation", "Ouvrir la conversation", "Abrir a conversa", "Открыть переписку")
FILES: Final = Sentence(
    "Attached files: {count}", "Fichiers joints : {count}", "Arquivos anexados: {count}", "Вложений: {count}"
)
NOT_SENT: Final = Sentence(
    "Your scheduled message to {place} was not sent",
    "Votre message programmé pour {place} n’est pas parti",
    "Sua mensagem agendada para {place} não foi enviada",
    "Отложенное сообщение не отправлено: {place}",
)
NOT_SENT_NOWHERE: Final = Sentence(
    "Your scheduled message was not sent",
    "Votre message programmé n’est pas parti",
    "Sua mensagem agendada não foi enviada",
    "Отложенное сообщение не отправлено",
)
LOOK_AT_SCHEDULED: Final = Sentence("Look at the message", "Voir le message", "Ver a mensagem", "Открыть сообщение")
REMINDER: Final = Sentence(
    "Reminder: {who}, in {place}",
    "Rappel : {who}, dans {place}",
    "Lembrete: {who}, em {place}",
    "Напоминание: {who}, «{place}»",
)
REMINDER_DIRECT: Final = Sentence("Reminder: {who}", "Rappel : {who}", "Lembrete: {who}", "Напоминание: {who}")
