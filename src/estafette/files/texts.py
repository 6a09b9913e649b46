"""The words of what can go wrong with files."""

from typing import Final

from estafette.base.errors import Problem
from estafette.base.languages import Sentence
from estafette.files.errors import StorageFailed

PROBLEMS: Final[dict[type[Problem], Sentence]] = {
    StorageFailed: Sentence(
        "The file storage cannot be reached or is full. Nothing was kept; try again in a moment.",
        "Le stockage des fichiers est inaccessible ou plein. Rien n’a été enregistré ; réessayez dans un instant.",
        "O armazenamento de arquivos está inacessível ou cheio. Nada foi salvo; tente de novo em instantes.",
        "Хранилище файлов недоступно или заполнено. Ничего не сохранено, повторите попытку через минуту.",
    ),
}

FIELDS: Final[dict[str, Sentence]] = {
    "unknown_file": Sentence(
        "This file is no longer there. Please add it again.",
        "Ce fichier n’est plus disponible. Veuillez l’ajouter à nouveau.",
        "Este arquivo não está mais disponível. Adicione-o de novo.",
        "Этого файла больше нет. Добавьте его ещё раз.",
    ),
    "file_already_used": Sentence(
        "This file is already in use. Please add it again.",
        "Ce fichier est déjà utilisé ailleurs. Veuillez l’ajouter à nouveau.",
        "Este arquivo já está em uso. Adicione-o de novo.",
        "Этот файл уже используется. Добавьте его ещё раз.",
    ),
    "not_an_image": Sentence(
        "This file is not an image.",
        "Ce fichier n’est pas une image.",
        "Este arquivo não é uma imagem.",
        "Этот файл не является изображением.",
    ),
}
