"""The words of what can go wrong with files."""

from typing import Final

from estafette.base.errors import Problem
from estafette.base.languages import Sentence
from estafette.files.errors import (
    NoPreview,
    PictureTooLarge,
    StorageFailed,
    TooManyParts,
    TooManyUploads,
    UploadIncomplete,
    UploadMoved,
)

PROBLEMS: Final[dict[type[Problem], Sentence]] = {
    StorageFailed: Sentence(
        "The file storage cannot be reached or is full. Nothing was kept; try again in a moment.",
        "Le stockage des fichiers est inaccessible ou plein. Rien n’a été enregistré ; réessayez dans un instant.",
        "O armazenamento de arquivos está inacessível ou cheio. Nada foi salvo; tente de novo em instantes.",
        "Хранилище файлов недоступно или заполнено. Ничего не сохранено, повторите попытку через минуту.",
    ),
    NoPreview: Sentence(
        "This document cannot be shown here. Download it to open it.",
        "Ce document ne peut pas être affiché ici. Téléchargez-le pour l’ouvrir.",
        "Este documento não pode ser exibido aqui. Baixe-o para abri-lo.",
        "Этот документ нельзя показать здесь. Скачайте его, чтобы открыть.",
    ),
    UploadMoved: Sentence(
        "This upload has moved on elsewhere. It goes on from where it is now.",
        "Cet envoi a avancé ailleurs. Il reprend là où il en est.",
        "Este envio avançou em outro lugar. Ele continua de onde está agora.",
        "Эта загрузка продвинулась в другом месте. Она продолжится с того места, где сейчас находится.",
    ),
    UploadIncomplete: Sentence(
        "The file has not arrived completely yet: {received} of {size} bytes.",
        "Le fichier n’est pas encore arrivé en entier : {received} octets sur {size}.",
        "O arquivo ainda não chegou por completo: {received} de {size} bytes.",
        "Файл ещё не загружен полностью: {received} из {size} байт.",
    ),
    TooManyParts: Sentence(
        "This file arrived in too many small pieces. Please send it again.",
        "Ce fichier est arrivé en trop de petits morceaux. Veuillez l’envoyer à nouveau.",
        "Este arquivo chegou em pedaços pequenos demais. Envie-o de novo.",
        "Этот файл пришёл слишком мелкими частями. Отправьте его ещё раз.",
    ),
    PictureTooLarge: Sentence(
        "This picture is too large: at most {max} bytes are allowed for pictures.",
        "Cette image est trop volumineuse : {max} octets au maximum pour une image.",
        "Esta imagem é grande demais: o máximo para imagens é de {max} bytes.",
        "Изображение слишком большое: для изображений допускается не больше {max} байт.",
    ),
    TooManyUploads: Sentence(
        "You have {max} unfinished uploads. Finish or cancel one of them first.",
        "Vous avez {max} envois inachevés. Terminez ou annulez d’abord l’un d’eux.",
        "Você tem {max} envios inacabados. Conclua ou cancele um deles primeiro.",
        "У вас {max} незавершённых загрузок. Сначала завершите или отмените одну из них.",
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
