"""The words of documents in the four languages."""

from typing import Final

from estafette.base.errors import Problem
from estafette.base.languages import Sentence
from estafette.documents import errors

PROBLEMS: Final[dict[type[Problem], Sentence]] = {
    errors.UnknownDocumentSystem: Sentence(
        "There is no such document system.",
        "Ce système documentaire n’existe pas.",
        "Este sistema de documentos não existe.",
        "Такой системы документооборота нет.",
    ),
    errors.UnknownDocument: Sentence(
        "There is no such document, or you have no access to it.",
        "Ce document n’existe pas, ou vous n’y avez pas accès.",
        "Este documento não existe ou você não tem acesso a ele.",
        "Такого документа нет, или у вас нет к нему доступа.",
    ),
    errors.NothingToAcknowledge: Sentence(
        "You are not asked to acknowledge this document.",
        "Il ne vous est pas demandé d’attester avoir lu ce document.",
        "Não é preciso que você confirme a leitura deste documento.",
        "Ознакомление с этим документом от вас не требуется.",
    ),
    errors.DocumentChanged: Sentence(
        "There is another version of this document now. Look at it first.",
        "Il existe désormais une autre version de ce document. Consultez-la d’abord.",
        "Agora há outra versão deste documento. Veja-a primeiro.",
        "У документа появилась другая версия. Сначала посмотрите её.",
    ),
    errors.EmailNotConfirmed: Sentence(
        "Confirm your e-mail address first: document systems know you by it.",
        "Confirmez d’abord votre adresse e-mail : c’est elle qui vous identifie auprès des systèmes documentaires.",
        "Confirme primeiro seu e-mail: é por ele que os sistemas de documentos reconhecem você.",
        "Сначала подтвердите адрес эл. почты: по нему вас узнают системы документооборота.",
    ),
    errors.DocumentSystemUnreachable: Sentence(
        "The document system does not answer as it should. Nothing was lost; try again in a moment.",
        "Le système documentaire ne répond pas correctement. Rien n’est perdu ; réessayez dans un instant.",
        "O sistema de documentos não responde como deveria. Nada se perdeu; tente de novo em instantes.",
        "Система документооборота не отвечает как следует. Ничего не потеряно, повторите чуть позже.",
    ),
}

FIELDS: Final[dict[str, Sentence]] = {
    "document_pattern_invalid": Sentence(
        "Write a whole address in which {{id}} stands once, as a segment of the path or a value: "
        "https://documents.example.com/view/{{id}}.",
        "Indiquez une adresse entière où {{id}} figure une seule fois, comme segment du chemin ou valeur : "
        "https://documents.example.com/view/{{id}}.",
        "Informe um endereço completo em que {{id}} apareça uma vez, como parte do caminho ou valor: "
        "https://documents.example.com/view/{{id}}.",
        "Укажите полный адрес, где {{id}} стоит один раз: как часть пути или значение, например "
        "https://documents.example.com/view/{{id}}.",
    ),
    "document_pattern_taken": Sentence(
        "Another system has this pattern.",
        "Un autre système utilise déjà ce modèle.",
        "Outro sistema já usa este modelo.",
        "Этот шаблон уже занят другой системой.",
    ),
    "document_connector_invalid": Sentence(
        "This must be a public address that begins with https:// and holds no user name and no question mark.",
        "L’adresse doit être publique, commencer par https:// et ne contenir ni nom d’utilisateur "
        "ni point d’interrogation.",
        "O endereço deve ser público, começar com https:// e não conter nome de usuário nem ponto de interrogação.",
        "Адрес должен быть общедоступным, начинаться с https:// и не содержать ни имени пользователя, "
        "ни вопросительного знака.",
    ),
    "document_credential_invalid": Sentence(
        "Letters, digits and signs of ASCII, without spaces.",
        "Lettres, chiffres et signes ASCII, sans espaces.",
        "Letras, números e sinais ASCII, sem espaços.",
        "Латинские буквы, цифры и знаки без пробелов.",
    ),
    "credential_needed": Sentence(
        "The connector has moved: give its credential anew.",
        "Le connecteur a changé d’adresse : indiquez de nouveau son secret.",
        "O conector mudou de endereço: informe a credencial de novo.",
        "Адрес коннектора изменился: введите ключ доступа заново.",
    ),
}
