"""The words of the common problems and of the codes that fields can have."""

from typing import Final

from estafette.base import errors
from estafette.base.disk import DiskFull
from estafette.base.languages import Sentence
from estafette.base.quotas import QuotaExceeded

PROBLEMS: Final[dict[type[errors.Problem], Sentence]] = {
    errors.Problem: Sentence(
        "Something went wrong on our side. What you saved before is safe.",
        "Un incident s’est produit de notre côté. Ce que vous aviez enregistré est conservé.",
        "Algo deu errado do nosso lado. O que você já salvou está seguro.",
        "На нашей стороне произошла ошибка. Всё сохранённое ранее в безопасности.",
    ),
    errors.NotFound: Sentence(
        "There is nothing here, or nothing that you may see.",
        "Il n’y a rien ici, ou rien que vous puissiez voir.",
        "Não há nada aqui, ou nada que você possa ver.",
        "Здесь ничего нет или это вам недоступно.",
    ),
    errors.Unauthenticated: Sentence(
        "Please sign in first.",
        "Veuillez d’abord vous connecter.",
        "Entre na sua conta primeiro.",
        "Сначала войдите в систему.",
    ),
    errors.Forbidden: Sentence(
        "You may not do this.",
        "Vous n’avez pas le droit de faire cela.",
        "Você não tem permissão para fazer isso.",
        "У вас нет прав на это действие.",
    ),
    errors.Conflict: Sentence(
        "This does not fit the present state. Reload and try again.",
        "Cela ne correspond plus à l’état actuel. Rechargez puis réessayez.",
        "Isso não corresponde ao estado atual. Recarregue e tente de novo.",
        "Это не соответствует текущему состоянию. Обновите страницу и попробуйте снова.",
    ),
    errors.TooLarge: Sentence(
        "This is larger than the {max} bytes allowed.",
        "La taille dépasse les {max} octets autorisés.",
        "O tamanho passa dos {max} bytes permitidos.",
        "Размер превышает допустимые {max} байт.",
    ),
    errors.TooMany: Sentence(
        "Too many attempts. Try again in {retry_after} seconds.",
        "Trop de tentatives. Réessayez dans {retry_after} secondes.",
        "Tentativas demais. Tente de novo em {retry_after} segundos.",
        "Слишком много попыток. Повторите через {retry_after} с.",
    ),
    QuotaExceeded: Sentence(
        "You have reached today’s limit. It is lifted in {retry_after} seconds.",
        "Vous avez atteint la limite du jour. Elle sera levée dans {retry_after} secondes.",
        "Você atingiu o limite de hoje. Ele termina em {retry_after} segundos.",
        "Достигнут дневной лимит. Он обновится через {retry_after} с.",
    ),
    DiskFull: Sentence(
        "The server has no room left. Nothing was kept; please tell its administrator.",
        "Le serveur n’a plus d’espace libre. Rien n’a été enregistré ; prévenez son administrateur.",
        "O servidor está sem espaço. Nada foi salvo; avise o administrador.",
        "На сервере закончилось место. Ничего не сохранено, сообщите администратору.",
    ),
    errors.Unavailable: Sentence(
        "The service is not ready. Nothing was lost; try again in a moment.",
        "Le service n’est pas prêt. Rien n’est perdu ; réessayez dans un instant.",
        "O serviço não está pronto. Nada se perdeu; tente de novo em instantes.",
        "Сервис пока не готов. Ничего не потеряно, повторите через минуту.",
    ),
    errors.Malformed: Sentence(
        "The request cannot be read.",
        "La requête est illisible.",
        "Não foi possível ler a solicitação.",
        "Запрос невозможно прочитать.",
    ),
    errors.MalformedJSON: Sentence(
        "The body is not valid JSON.",
        "Le corps de la requête n’est pas du JSON valide.",
        "O corpo da solicitação não é um JSON válido.",
        "Тело запроса не является корректным JSON.",
    ),
    errors.Invalid: Sentence(
        "Some fields need another look.",
        "Certains champs sont à revoir.",
        "Alguns campos precisam de correção.",
        "Некоторые поля заполнены неверно.",
    ),
}

FIELDS: Final[dict[str, Sentence]] = {
    "required": Sentence(
        "This is needed.", "Ce champ est obligatoire.", "Este campo é obrigatório.", "Обязательное поле."
    ),
    "wrong_type": Sentence(
        "This has the wrong form.",
        "Ce champ n’a pas la bonne forme.",
        "Este campo não tem o formato certo.",
        "Неверный формат.",
    ),
    "unknown_field": Sentence(
        "This field is not known here.",
        "Ce champ n’est pas connu ici.",
        "Este campo não é conhecido aqui.",
        "Такого поля здесь нет.",
    ),
    "too_long": Sentence(
        "At most {max} characters.",
        "{max} caractères au plus.",
        "No máximo {max} caracteres.",
        "Не более {max} знаков.",
    ),
    "too_short": Sentence(
        "At least {min} characters.",
        "{min} caractères au moins.",
        "Pelo menos {min} caracteres.",
        "Не менее {min} знаков.",
    ),
    "too_many": Sentence("At most {max}.", "{max} au plus.", "No máximo {max}.", "Не более {max}."),
    "out_of_range": Sentence(
        "Between {min} and {max}.", "Entre {min} et {max}.", "Entre {min} e {max}.", "От {min} до {max}."
    ),
    "unknown": Sentence(
        "Nothing known under this.",
        "Rien n’est connu sous ce nom.",
        "Nada conhecido com esse valor.",
        "Ничего с таким значением не найдено.",
    ),
    "forbidden_character": Sentence(
        "This holds a character that cannot be stored.",
        "Ce champ contient un caractère qui ne peut pas être enregistré.",
        "Há um caractere que não pode ser guardado.",
        "Содержит недопустимый символ.",
    ),
}
