"""The words of webhooks in the four languages."""

from typing import Final

from estafette.base.errors import Problem
from estafette.base.languages import Sentence
from estafette.webhooks import errors

PROBLEMS: Final[dict[type[Problem], Sentence]] = {
    errors.UnknownWebhook: Sentence(
        "There is no such webhook.",
        "Ce webhook n’existe pas.",
        "Este webhook não existe.",
        "Такого вебхука нет.",
    ),
}

FIELDS: Final[dict[str, Sentence]] = {
    "webhook_url_invalid": Sentence(
        "This must be a public address that begins with https:// and holds no user name.",
        "L’adresse doit être publique, commencer par https:// et ne contenir aucun nom d’utilisateur.",
        "O endereço deve ser público, começar com https:// e não conter nome de usuário.",
        "Адрес должен быть общедоступным, начинаться с https:// и не содержать имени пользователя.",
    ),
    "too_many_webhooks": Sentence(
        "There can be {max} webhooks at most.",
        "Il peut y avoir {max} webhooks au plus.",
        "Pode haver no máximo {max} webhooks.",
        "Может быть не более {max} вебхуков.",
    ),
}
