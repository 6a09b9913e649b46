"""The words of the edge in the four languages."""

from typing import Final

from estafette.base.errors import Problem
from estafette.base.idempotency import CredentialNotRepeated, KeyReused
from estafette.base.languages import Sentence
from estafette.web import errors

PROBLEMS: Final[dict[type[Problem], Sentence]] = {
    errors.CrossSite: Sentence(
        "This request came from another site and was refused.",
        "Cette requête provient d’un autre site et a été refusée.",
        "Esta solicitação veio de outro site e foi recusada.",
        "Запрос пришёл с другого сайта и отклонён.",
    ),
    errors.ReadOnlyToken: Sentence(
        "This token may only read.",
        "Ce jeton ne permet que la lecture.",
        "Este token só permite leitura.",
        "Этот токен позволяет только читать.",
    ),
    errors.BadIdempotencyKey: Sentence(
        "The Idempotency-Key header must be 1 to 200 printable ASCII characters.",
        "L’en-tête Idempotency-Key doit compter de 1 à 200 caractères ASCII imprimables.",
        "O cabeçalho Idempotency-Key deve ter de 1 a 200 caracteres ASCII imprimíveis.",
        "Заголовок Idempotency-Key должен содержать от 1 до 200 печатных символов ASCII.",
    ),
    errors.UnknownRoute: Sentence(
        "There is nothing at this address.",
        "Il n’y a rien à cette adresse.",
        "Não há nada neste endereço.",
        "По этому адресу ничего нет.",
    ),
    errors.MethodNotAllowed: Sentence(
        "This address does not know this method.",
        "Cette adresse n’accepte pas cette méthode.",
        "Este endereço não aceita este método.",
        "Этот адрес не поддерживает такой метод.",
    ),
    errors.TooManyRequests: Sentence(
        "Too many requests. Try again in {retry_after} seconds.",
        "Trop de requêtes. Réessayez dans {retry_after} secondes.",
        "Solicitações demais. Tente de novo em {retry_after} segundos.",
        "Слишком много запросов. Повторите через {retry_after} с.",
    ),
    KeyReused: Sentence(
        "This idempotency key was already used for another request.",
        "Cette clé d’idempotence a déjà servi pour une autre requête.",
        "Esta chave de idempotência já foi usada em outra solicitação.",
        "Этот ключ идемпотентности уже использован для другого запроса.",
    ),
    CredentialNotRepeated: Sentence(
        "This was done already. What it showed once is not kept and cannot be shown again.",
        "C’est déjà fait. Ce qui a été affiché une fois n’est pas conservé et ne peut l’être à nouveau.",
        "Isso já foi feito. O que foi mostrado uma vez não fica guardado e não pode ser mostrado de novo.",
        "Это уже выполнено. Показанное один раз не хранится и повторно показано быть не может.",
    ),
}

FIELDS: Final[dict[str, Sentence]] = {
    "bad_idempotency_key": Sentence(
        "1 to 200 printable ASCII characters.",
        "De 1 à 200 caractères ASCII imprimables.",
        "De 1 a 200 caracteres ASCII imprimíveis.",
        "От 1 до 200 печатных символов ASCII.",
    ),
    "too_great": Sentence("At most {max}.", "{max} au plus.", "No máximo {max}.", "Не более {max}."),
    "too_small": Sentence("At least {min}.", "{min} au moins.", "No mínimo {min}.", "Не менее {min}."),
}
