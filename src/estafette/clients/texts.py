"""The words of the register of clients in the four languages."""

from typing import Final

from estafette.base.errors import Problem
from estafette.base.languages import Language, Sentence
from estafette.clients import errors
from estafette.clients.models.clients import Channel

PROBLEMS: Final[dict[type[Problem], Sentence]] = {
    errors.UnknownClient: Sentence(
        "There is no such client.", "Ce client n’existe pas.", "Este cliente não existe.", "Такого клиента нет."
    ),
    errors.ClientChanged: Sentence(
        "Somebody else has changed this client meanwhile. Look at the newest version and change it again.",
        "Quelqu’un d’autre a modifié ce client entre-temps. Regardez la dernière version et recommencez.",
        "Outra pessoa alterou este cliente enquanto isso. Veja a versão mais nova e altere de novo.",
        "Этого клиента тем временем изменил кто-то другой. Посмотрите новую версию и повторите изменение.",
    ),
    errors.NoConfirmedAccount: Sentence(
        "Nobody has confirmed the e-mail address of this client for an account, or another client has that account.",
        "Personne n’a confirmé l’adresse de ce client pour un compte, ou un autre client a déjà ce compte.",
        "Ninguém confirmou o e-mail deste cliente em uma conta, ou outro cliente já tem essa conta.",
        "Никто не подтвердил адрес этого клиента для учётной записи, или она уже связана с другим клиентом.",
    ),
    errors.UnknownAttribute: Sentence(
        "There is no such attribute.", "Cet attribut n’existe pas.", "Este atributo não existe.", "Такого поля нет."
    ),
    errors.UnknownImport: Sentence(
        "There is no such import.",
        "Cette importation n’existe pas.",
        "Esta importação não existe.",
        "Такого импорта нет.",
    ),
    errors.ImportHasStarted: Sentence(
        "This import has been started already.",
        "Cette importation a déjà commencé.",
        "Esta importação já começou.",
        "Этот импорт уже запущен.",
    ),
    errors.ImportHasEnded: Sentence(
        "This import is over: nothing is left to cancel.",
        "Cette importation est terminée : il n’y a plus rien à annuler.",
        "Esta importação já terminou: não há o que cancelar.",
        "Этот импорт завершён: отменять нечего.",
    ),
    errors.UnknownSegment: Sentence(
        "There is no such segment.", "Ce segment n’existe pas.", "Este segmento não existe.", "Такого сегмента нет."
    ),
    errors.SegmentChanged: Sentence(
        "Somebody else has changed this segment meanwhile. Look at the newest version and change it again.",
        "Quelqu’un d’autre a modifié ce segment entre-temps. Regardez la dernière version et recommencez.",
        "Outra pessoa alterou este segmento enquanto isso. Veja a versão mais nova e altere de novo.",
        "Этот сегмент тем временем изменил кто-то другой. Посмотрите новую версию и повторите изменение.",
    ),
    errors.SegmentOutdated: Sentence(
        "This segment asks for attributes that were removed: {attributes}. Change its rules first.",
        "Ce segment utilise des attributs supprimés : {attributes}. Modifiez d’abord ses règles.",
        "Este segmento usa atributos que foram removidos: {attributes}. Altere as regras primeiro.",
        "Этот сегмент использует удалённые поля: {attributes}. Сначала измените его правила.",
    ),
}

FIELDS: Final[dict[str, Sentence]] = {
    "client_without_anything": Sentence(
        "Give a name, an address, a phone number or an external id.",
        "Indiquez un nom, une adresse, un numéro de téléphone ou un identifiant externe.",
        "Informe um nome, um endereço, um telefone ou um código externo.",
        "Укажите имя, адрес, номер телефона или внешний код.",
    ),
    "external_id_taken": Sentence(
        "Another client has this external id.",
        "Un autre client porte déjà cet identifiant externe.",
        "Outro cliente já tem este código externo.",
        "Такой внешний код уже есть у другого клиента.",
    ),
    "consent_in_the_future": Sentence(
        "Nobody can have agreed in the future.",
        "Personne n’a pu donner son accord dans le futur.",
        "Ninguém pode ter concordado no futuro.",
        "Согласие не может быть дано в будущем.",
    ),
    "time_without_zone": Sentence(
        "Give the time with its offset, such as 2026-05-17T09:30:00+02:00.",
        "Indiquez l’heure avec son décalage, par exemple 2026-05-17T09:30:00+02:00.",
        "Informe a hora com o deslocamento, por exemplo 2026-05-17T09:30:00-03:00.",
        "Укажите время со смещением, например 2026-05-17T09:30:00+03:00.",
    ),
    "attribute_unknown": Sentence(
        "There is no such attribute.", "Cet attribut n’existe pas.", "Este atributo não existe.", "Такого поля нет."
    ),
    "attribute_key_invalid": Sentence(
        "A key has Latin letters in lower case, digits and underscores, begins with a letter and has at most {max}.",
        "Une clé se compose de minuscules latines, de chiffres et de tirets bas, commence par une lettre et en a {max} "
        "au plus.",
        "Uma chave tem letras latinas minúsculas, dígitos e sublinhados, começa com uma letra e tem no máximo {max}.",
        "Ключ состоит из строчных латинских букв, цифр и подчёркиваний, начинается с буквы, не более {max} знаков.",
    ),
    "attribute_key_taken": Sentence(
        "This key is in use, or its former values are being cleared.",
        "Cette clé est utilisée, ou ses anciennes valeurs sont en cours d’effacement.",
        "Esta chave está em uso, ou os valores antigos ainda estão sendo apagados.",
        "Этот ключ занят, или его прежние значения ещё удаляются.",
    ),
    "attribute_label_taken": Sentence(
        "Another attribute has this name.",
        "Un autre attribut porte ce nom.",
        "Outro atributo já tem este nome.",
        "Поле с таким названием уже есть.",
    ),
    "choice_twice": Sentence(
        "A choice is there twice.",
        "Un choix figure deux fois.",
        "Uma opção aparece duas vezes.",
        "Один из вариантов указан дважды.",
    ),
    "choice_unknown": Sentence(
        "This is none of the choices: {choices}.",
        "Ce n’est aucun des choix : {choices}.",
        "Não é nenhuma das opções: {choices}.",
        "Такого варианта нет: {choices}.",
    ),
    "choices_of_choice_alone": Sentence(
        "Only an attribute of the kind “choice” has choices.",
        "Seul un attribut de type « choix » a des choix.",
        "Só um atributo do tipo “opção” tem opções.",
        "Варианты есть только у поля с выбором.",
    ),
    "date_invalid": Sentence(
        "This is no day. Write it as 2026-05-17.",
        "Ce n’est pas une date. Écrivez-la ainsi : 2026-05-17.",
        "Isto não é uma data. Escreva assim: 2026-05-17.",
        "Это не дата. Напишите её так: 2026-05-17.",
    ),
    "date_ambiguous": Sentence(
        "Day and month could be told either way round. Write the day as 2026-05-17.",
        "Le jour et le mois peuvent se lire dans les deux sens. Écrivez la date ainsi : 2026-05-17.",
        "Dia e mês podem ser lidos nas duas ordens. Escreva a data assim: 2026-05-17.",
        "День и месяц можно прочесть двояко. Напишите дату так: 2026-05-17.",
    ),
    "number_invalid": Sentence(
        "This is no number.", "Ce n’est pas un nombre.", "Isto não é um número.", "Это не число."
    ),
    "yes_or_no_unknown": Sentence(
        "Write yes or no.", "Écrivez oui ou non.", "Escreva sim ou não.", "Напишите «да» или «нет»."
    ),
    "line_unreadable": Sentence(
        "This line cannot be read.",
        "Cette ligne est illisible.",
        "Não foi possível ler esta linha.",
        "Эту строку невозможно прочитать.",
    ),
    "line_too_long": Sentence(
        "A line may have {max} characters at most.",
        "Une ligne peut avoir {max} caractères au plus.",
        "Uma linha pode ter no máximo {max} caracteres.",
        "В строке может быть не более {max} знаков.",
    ),
    "value_nested": Sentence(
        "A value is a list or an object; only words, numbers, yes and no can be read.",
        "Une valeur est une liste ou un objet ; seuls des textes, des nombres, vrai et faux se lisent.",
        "Um valor é uma lista ou um objeto; só textos, números, verdadeiro e falso podem ser lidos.",
        "Одно из значений — список или объект; читаются только строки, числа, true и false.",
    ),
    "table_too_large": Sentence(
        "This workbook is too large when it is unpacked. Save it as CSV and try again.",
        "Ce classeur est trop grand une fois décompressé. Enregistrez-le en CSV et réessayez.",
        "Esta planilha é grande demais quando descompactada. Salve como CSV e tente de novo.",
        "В распакованном виде эта книга слишком велика. Сохраните её в CSV и попробуйте снова.",
    ),
    "columns_uneven": Sentence(
        "The file has {max} columns: say of each what stands in it.",
        "Le fichier a {max} colonnes : dites de chacune ce qu’elle contient.",
        "O arquivo tem {max} colunas: diga o que há em cada uma.",
        "В файле столбцов: {max}. Укажите, что стоит в каждом.",
    ),
    "match_column_missing": Sentence(
        "No column holds that by which known clients are found.",
        "Aucune colonne ne contient ce qui permet de reconnaître les clients.",
        "Nenhuma coluna contém o que identifica os clientes.",
        "Нет столбца, по которому узнаются известные клиенты.",
    ),
    "client_known": Sentence(
        "This client is in the register already.",
        "Ce client est déjà dans le registre.",
        "Este cliente já está no cadastro.",
        "Этот клиент уже есть в реестре.",
    ),
    "client_known_twice": Sentence(
        "More than one client of the register has this: which one is meant cannot be told.",
        "Plusieurs clients du registre ont cette valeur : impossible de savoir lequel est visé.",
        "Mais de um cliente do cadastro tem este valor: não dá para saber qual é.",
        "Это значение есть у нескольких клиентов реестра: непонятно, о ком речь.",
    ),
    "imports_waiting": Sentence(
        "{max} imports are waiting already. Wait until one is over.",
        "{max} importations attendent déjà. Patientez jusqu’à la fin de l’une d’elles.",
        "Já há {max} importações esperando. Aguarde até que uma termine.",
        "Уже ожидают импорты: {max}. Дождитесь окончания одного из них.",
    ),
    "segment_name_taken": Sentence(
        "Another segment has this name.",
        "Un autre segment porte ce nom.",
        "Outro segmento já tem este nome.",
        "Сегмент с таким названием уже есть.",
    ),
    "filter_too_deep": Sentence(
        "Groups may stand {max} deep at most.",
        "Les groupes peuvent s’imbriquer sur {max} niveaux au plus.",
        "Os grupos podem ter no máximo {max} níveis.",
        "Группы могут быть вложены не глубже {max} уровней.",
    ),
    "comparison_unfit": Sentence(
        "An attribute of this kind cannot be compared like this.",
        "Un attribut de ce type ne se compare pas ainsi.",
        "Um atributo deste tipo não pode ser comparado assim.",
        "Поле такого типа нельзя сравнивать таким образом.",
    ),
    "comparison_without_value": Sentence(
        "This comparison takes no value.",
        "Cette comparaison ne prend pas de valeur.",
        "Esta comparação não usa valor.",
        "Для такого сравнения значение не нужно.",
    ),
}

_NAME: Final = Sentence("Name", "Nom complet", "Nome", "Имя")
_EMAIL: Final = Sentence("E-mail", "E-mail", "E-mail", "Эл. почта")
_PHONE: Final = Sentence("Phone", "Téléphone", "Telefone", "Телефон")
_WHATSAPP: Final = Sentence("WhatsApp", "WhatsApp", "WhatsApp", "WhatsApp")
_ID: Final = Sentence("Client id", "Identifiant", "Código do cliente", "Код клиента")
_LANGUAGE: Final = Sentence("Language", "Langue", "Idioma", "Язык")
_ZONE: Final = Sentence("Time zone", "Fuseau horaire", "Fuso horário", "Часовой пояс")

COLUMNS: Final = (_ID, _NAME, _EMAIL, _PHONE, _WHATSAPP, _LANGUAGE, _ZONE)
"""What stands above the columns of the exported table; an import knows them again."""
AGREED: Final[dict[Channel, Sentence]] = {
    "email": Sentence("Consent e-mail", "Consentement e-mail", "Consentimento e-mail", "Согласие e-mail"),
    "sms": Sentence("Consent SMS", "Consentement SMS", "Consentimento SMS", "Согласие SMS"),
    "whatsapp": Sentence("Consent WhatsApp", "Consentement WhatsApp", "Consentimento WhatsApp", "Согласие WhatsApp"),
}
YES: Final = Sentence("yes", "oui", "sim", "да")
NO: Final = Sentence("no", "non", "não", "нет")
LINE: Final = Sentence("Line", "Ligne", "Linha", "Строка")
REASON: Final = Sentence("Reason", "Motif", "Motivo", "Причина")

_TARGETS: Final[dict[str, Sentence]] = {
    "external_id": _ID,
    "name": _NAME,
    "first_name": _NAME,
    "last_name": _NAME,
    "email": _EMAIL,
    "phone": _PHONE,
    "whatsapp": _WHATSAPP,
    "language": _LANGUAGE,
    "time_zone": _ZONE,
    **{f"consent_{channel}": sentence for channel, sentence in AGREED.items()},
}


def target_name(target: str, language: Language) -> str:
    """What people call a column of an import; of an attribute it is the key."""
    sentence = _TARGETS.get(target)
    return sentence.say(language) if sentence else target.removeprefix("attribute:")
