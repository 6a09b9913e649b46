"""The words of communications in the four languages."""

from typing import Final

from estafette.base.errors import Problem
from estafette.base.languages import Sentence
from estafette.communications import errors

PROBLEMS: Final[dict[type[Problem], Sentence]] = {
    errors.UnknownCommunication: Sentence(
        "There is no such communication.",
        "Cette communication n’existe pas.",
        "Esta comunicação não existe.",
        "Такой рассылки нет.",
    ),
    errors.UnknownAnswer: Sentence(
        "There is no such answer.",
        "Cette réponse n’existe pas.",
        "Esta resposta não existe.",
        "Такого ответа нет.",
    ),
    errors.UnknownRecipient: Sentence(
        "This client is not among the recipients on this channel.",
        "Ce client ne fait pas partie des destinataires sur ce canal.",
        "Este cliente não está entre os destinatários neste canal.",
        "Этого клиента нет среди получателей по этому каналу.",
    ),
    errors.UnknownList: Sentence(
        "There is no such list of clients.",
        "Cette liste de clients n’existe pas.",
        "Esta lista de clientes não existe.",
        "Такого списка клиентов нет.",
    ),
    errors.CommunicationChanged: Sentence(
        "Somebody else has changed this communication meanwhile. Look at the newest version (revision {revision}) and "
        "change it again.",
        "Quelqu’un d’autre a modifié cette communication entre-temps. Regardez la dernière version (révision "
        "{revision}) et recommencez.",
        "Outra pessoa alterou esta comunicação enquanto isso. Veja a versão mais nova (revisão {revision}) e altere de "
        "novo.",
        "Эту рассылку тем временем изменил кто-то другой. Посмотрите новую версию (ревизия {revision}) и повторите "
        "изменение.",
    ),
    errors.InState: Sentence(
        "This cannot be done with a communication in this state ({state}).",
        "Impossible dans l’état actuel de cette communication ({state}).",
        "Isso não é possível no estado atual desta comunicação ({state}).",
        "В нынешнем состоянии рассылки ({state}) это невозможно.",
    ),
    errors.HasBegun: Sentence(
        "This communication is being sent. Pause it before you change it.",
        "Cette communication est en cours d’envoi. Mettez-la en pause avant de la modifier.",
        "Esta comunicação está sendo enviada. Pause-a antes de alterar.",
        "Эта рассылка уже отправляется. Приостановите её, прежде чем менять.",
    ),
    errors.IsPaused: Sentence(
        "A part of this communication may have gone out: only its name, texts, pace and quiet hours can be changed.",
        "Une partie est peut-être déjà partie : seuls le nom, les textes, le rythme et les heures calmes sont "
        "modifiables.",
        "Uma parte pode já ter saído: só é possível alterar nome, textos, ritmo e horário de silêncio.",
        "Часть рассылки могла уже уйти: изменить можно только название, тексты, темп и тихие часы.",
    ),
    errors.HasEnded: Sentence(
        "This communication is over.",
        "Cette communication est terminée.",
        "Esta comunicação já terminou.",
        "Эта рассылка завершена.",
    ),
    errors.NotADraft: Sentence(
        "This communication is no draft any more.",
        "Cette communication n’est plus un brouillon.",
        "Esta comunicação não é mais um rascunho.",
        "Эта рассылка уже не черновик.",
    ),
    errors.NotEnded: Sentence(
        "This communication is not over yet.",
        "Cette communication n’est pas encore terminée.",
        "Esta comunicação ainda não terminou.",
        "Эта рассылка ещё не завершена.",
    ),
    errors.NothingFailed: Sentence(
        "Nothing has failed that could be sent again.",
        "Aucun échec ne peut être renvoyé.",
        "Não há falhas que possam ser reenviadas.",
        "Нет неудачных отправок, которые можно повторить.",
    ),
}

COLUMNS: Final = (
    Sentence("Client id", "Identifiant du client", "Id do cliente", "Id клиента"),
    Sentence("External id", "Identifiant externe", "Código externo", "Внешний код"),
    Sentence("Name", "Nom", "Nome", "Имя"),
    Sentence("Channel", "Canal", "Canal", "Канал"),
    Sentence("Address", "Adresse", "Endereço", "Адрес"),
    Sentence("Status", "Statut", "Status", "Статус"),
    Sentence("Reason", "Motif", "Motivo", "Причина"),
    Sentence("Not before", "Pas avant", "Não antes de", "Не раньше"),
    Sentence("Changed", "Modifié", "Alterado", "Изменено"),
)
"""The heads of exported recipients."""

FIELDS: Final[dict[str, Sentence]] = {
    "currency_unknown": Sentence(
        "There is no such currency. Write its three letters, such as EUR.",
        "Cette devise n’existe pas. Écrivez ses trois lettres, par exemple EUR.",
        "Esta moeda não existe. Escreva as três letras, por exemplo BRL.",
        "Такой валюты нет. Укажите её три буквы, например RUB.",
    ),
    "no_browser": Sentence(
        "Switch on notifications in one of your browsers first: the test goes there.",
        "Activez d’abord les notifications dans l’un de vos navigateurs : le test y sera envoyé.",
        "Ative primeiro as notificações em um dos seus navegadores: o teste vai para lá.",
        "Сначала включите уведомления в одном из ваших браузеров: проверка придёт туда.",
    ),
    "nothing_to_say": Sentence(
        "Nothing would go out to this client: a text is empty or too long, or a variable does not fit.",
        "Rien ne partirait pour ce client : un texte est vide ou trop long, ou une variable ne convient pas.",
        "Nada sairia para este cliente: um texto está vazio ou longo demais, ou uma variável não serve.",
        "Этому клиенту ничего не уйдёт: текст пуст или слишком длинный, либо не подходит переменная.",
    ),
    "template_broken": Sentence(
        "The variables cannot be read: look at line {line}. They are written {{{{ name }}}}, conditions "
        "{{% if name %}} … {{% endif %}}.",
        "Les variables sont illisibles : voyez la ligne {line}. Elles s’écrivent {{{{ name }}}}, les conditions "
        "{{% if name %}} … {{% endif %}}.",
        "Não foi possível ler as variáveis: veja a linha {line}. Elas se escrevem {{{{ name }}}}, as condições "
        "{{% if name %}} … {{% endif %}}.",
        "Переменные не читаются: проверьте строку {line}. Они пишутся {{{{ name }}}}, условия — "
        "{{% if name %}} … {{% endif %}}.",
    ),
    "template_tag_unknown": Sentence(
        "There is no “{tag}” here: only conditions (if, unless, case), assign and comment.",
        "Il n’y a pas de « {tag} » ici : seulement les conditions (if, unless, case), assign et comment.",
        "Não há “{tag}” aqui: só condições (if, unless, case), assign e comment.",
        "Здесь нет «{tag}»: есть только условия (if, unless, case), assign и comment.",
    ),
    "template_filter_unknown": Sentence(
        "There is no filter “{filter}”.",
        "Il n’y a pas de filtre « {filter} ».",
        "Não há filtro “{filter}”.",
        "Нет фильтра «{filter}».",
    ),
    "template_too_complex": Sentence(
        "At most {max} variables, conditions and filters.",
        "{max} variables, conditions et filtres au plus.",
        "No máximo {max} variáveis, condições e filtros.",
        "Не более {max} переменных, условий и фильтров.",
    ),
    "template_failed": Sentence(
        "A filter does not fit its value, or makes it too large.",
        "Un filtre ne convient pas à sa valeur, ou la rend trop grande.",
        "Um filtro não serve para o valor, ou o torna grande demais.",
        "Фильтр не подходит к значению или делает его слишком большим.",
    ),
    "variable_unknown": Sentence(
        "There is no variable “{variable}”.",
        "Il n’y a pas de variable « {variable} ».",
        "Não há variável “{variable}”.",
        "Нет переменной «{variable}».",
    ),
    "variable_missing": Sentence(
        '{count} clients have no “{variable}”. Give it a default, such as {{{{ {variable} | default: "…" }}}}.',
        "{count} clients n’ont pas de « {variable} ». Donnez une valeur par défaut : "
        '{{{{ {variable} | default: "…" }}}}.',
        '{count} clientes não têm “{variable}”. Dê um valor padrão: {{{{ {variable} | default: "…" }}}}.',
        'Клиентов без «{variable}»: {count}. Укажите значение по умолчанию: {{{{ {variable} | default: "…" }}}}.',
    ),
    "too_many_segments": Sentence(
        "A text message may have {max} segments at most.",
        "Un SMS peut compter {max} segments au plus.",
        "Um SMS pode ter no máximo {max} segmentos.",
        "В SMS может быть не более {max} сегментов.",
    ),
    "channel_twice": Sentence(
        "Each channel once.", "Chaque canal une seule fois.", "Cada canal uma só vez.", "Каждый канал только один раз."
    ),
    "push_in_ladder": Sentence(
        "Push notifications go to all subscribers: they cannot be a step of a ladder.",
        "Les notifications push vont à tous les abonnés : elles ne peuvent pas être une étape.",
        "As notificações push vão a todos os inscritos: não podem ser uma etapa.",
        "Push-уведомления уходят всем подписчикам: они не могут быть ступенью.",
    ),
    "ladder_too_short": Sentence(
        "Choose at least two channels: the second is tried when the first does not arrive.",
        "Choisissez au moins deux canaux : le second est essayé si le premier n’arrive pas.",
        "Escolha ao menos dois canais: o segundo é tentado se o primeiro não chegar.",
        "Выберите не меньше двух каналов: второй используется, если первый не доставил.",
    ),
    "push_takes_no_clients": Sentence(
        "Push notifications alone go to the subscribers, not to clients.",
        "Les notifications push seules vont aux abonnés, pas à des clients.",
        "As notificações push sozinhas vão aos inscritos, não a clientes.",
        "Одни push-уведомления уходят подписчикам, а не клиентам.",
    ),
    "subscribers_get_push_alone": Sentence(
        "Subscribers are reached by push notifications alone. Choose clients for the other channels.",
        "Les abonnés ne reçoivent que les notifications push. Choisissez des clients pour les autres canaux.",
        "Os inscritos só recebem notificações push. Escolha clientes para os outros canais.",
        "Подписчики получают только push-уведомления. Для других каналов выберите клиентов.",
    ),
    "transactional_without_push": Sentence(
        "A message to one client cannot be a push notification: these go to all subscribers.",
        "Un message à un seul client ne peut pas être une notification push : elles vont à tous les abonnés.",
        "Uma mensagem a um só cliente não pode ser push: essas vão a todos os inscritos.",
        "Сообщение одному клиенту не может быть push-уведомлением: они уходят всем подписчикам.",
    ),
    "transactional_to_one": Sentence(
        "A transactional message is for exactly one client, named by its id.",
        "Un message transactionnel s’adresse à un seul client, désigné par son identifiant.",
        "Uma mensagem transacional é para exatamente um cliente, indicado pelo seu id.",
        "Транзакционное сообщение предназначено ровно одному клиенту, указанному по id.",
    ),
    "one_time_alone": Sentence(
        "Give either a moment or a local time, not both.",
        "Indiquez soit un instant, soit une heure locale, pas les deux.",
        "Informe um instante ou um horário local, não ambos.",
        "Укажите либо момент, либо местное время, но не оба.",
    ),
    "time_with_zone": Sentence(
        "A local time has no offset: name the zone beside it.",
        "Une heure locale n’a pas de décalage : indiquez le fuseau à côté.",
        "Um horário local não tem deslocamento: indique o fuso ao lado.",
        "У местного времени нет смещения: укажите часовой пояс отдельно.",
    ),
    "time_too_far": Sentence(
        "At most ten years from now.",
        "Dans dix ans au plus.",
        "No máximo daqui a dez anos.",
        "Не позже чем через десять лет.",
    ),
    "time_past": Sentence(
        "This time is past. Choose a later one, or none to send at once.",
        "Cette date est passée. Choisissez-en une plus tard, ou aucune pour envoyer tout de suite.",
        "Este horário já passou. Escolha outro mais tarde, ou nenhum para enviar já.",
        "Это время прошло. Выберите более позднее или никакого, чтобы отправить сразу.",
    ),
    "needs_local_time": Sentence(
        "Give a local time: each client gets the message at that time of their own clock.",
        "Indiquez une heure locale : chaque client reçoit le message à cette heure chez lui.",
        "Informe um horário local: cada cliente recebe a mensagem nesse horário do próprio relógio.",
        "Укажите местное время: каждый клиент получит сообщение в это время по своим часам.",
    ),
    "quiet_hours_wrong": Sentence(
        "Quiet hours begin and end at different times of the clock, without an offset.",
        "Les heures calmes commencent et finissent à des heures différentes, sans décalage.",
        "O horário de silêncio começa e termina em horas diferentes, sem deslocamento.",
        "Тихие часы начинаются и кончаются в разное время, без смещения.",
    ),
    "unknown_clients": Sentence(
        "{count} of these ids are those of no client. Nothing was scheduled.",
        "{count} de ces identifiants ne correspondent à aucun client. Rien n’a été programmé.",
        "{count} destes ids não são de nenhum cliente. Nada foi agendado.",
        "Среди этих id {count} не принадлежат ни одному клиенту. Ничего не запланировано.",
    ),
    "list_names_nobody": Sentence(
        "Nobody of the register is named in this file by an id, an e-mail address or a phone number.",
        "Ce fichier ne nomme aucun client du registre par un identifiant, une adresse ou un numéro de téléphone.",
        "Este arquivo não indica nenhum cliente do cadastro por id, e-mail ou telefone.",
        "В этом файле никто из реестра не указан ни по id, ни по адресу, ни по номеру телефона.",
    ),
    "list_is_empty": Sentence(
        "Nobody is on this list.",
        "Cette liste est vide.",
        "Esta lista está vazia.",
        "Этот список пуст.",
    ),
    "segment_outdated": Sentence(
        "This segment asks for attributes that were removed: {attributes}. Change its rules first.",
        "Ce segment utilise des attributs supprimés : {attributes}. Modifiez d’abord ses règles.",
        "Este segmento usa atributos que foram removidos: {attributes}. Altere as regras primeiro.",
        "Этот сегмент использует удалённые поля: {attributes}. Сначала измените его правила.",
    ),
    "channel_required": Sentence(
        "Several channels have failed: choose one of them.",
        "Plusieurs canaux ont échoué : choisissez-en un.",
        "Vários canais falharam: escolha um deles.",
        "Сбои были по нескольким каналам: выберите один из них.",
    ),
    "client_without_address": Sentence(
        "This client has no address for any of the chosen channels.",
        "Ce client n’a d’adresse pour aucun des canaux choisis.",
        "Este cliente não tem endereço para nenhum dos canais escolhidos.",
        "У этого клиента нет адреса ни для одного из выбранных каналов.",
    ),
    "client_refused": Sentence(
        "This client does not wish to be written to by any of the chosen channels.",
        "Ce client ne souhaite être contacté par aucun des canaux choisis.",
        "Este cliente não deseja ser contatado por nenhum dos canais escolhidos.",
        "Этот клиент не хочет получать сообщения ни по одному из выбранных каналов.",
    ),
}

STOPPED: Final = Sentence(
    "You will get no more messages from us here. Reply START to have them back.",
    "Vous ne recevrez plus de messages de notre part ici. Répondez START pour les recevoir à nouveau.",
    "Você não receberá mais mensagens nossas aqui. Responda START para voltar a receber.",
    "Вы больше не будете получать здесь наши сообщения. Чтобы возобновить, ответьте СТАРТ.",
)
STARTED: Final = Sentence(
    "You will get our messages here again. Reply STOP to end them.",
    "Vous recevrez à nouveau nos messages ici. Répondez STOP pour les arrêter.",
    "Você voltará a receber nossas mensagens aqui. Responda PARAR para encerrar.",
    "Вы снова будете получать здесь наши сообщения. Чтобы отказаться, ответьте СТОП.",
)
