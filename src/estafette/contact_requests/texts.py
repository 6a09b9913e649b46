"""The words of contact requests in the four languages."""

from typing import Final

from estafette.base.errors import Problem
from estafette.base.languages import Sentence
from estafette.contact_requests import errors
from estafette.contact_requests.models.requests import State

PROBLEMS: Final[dict[type[Problem], Sentence]] = {
    errors.UnknownAdvert: Sentence(
        "There is no such advert.", "Cette annonce n’existe pas.", "Este anúncio não existe.", "Такого объявления нет."
    ),
    errors.UnknownRequest: Sentence(
        "There is no such contact request.",
        "Cette demande de contact n’existe pas.",
        "Este pedido de contato não existe.",
        "Такой заявки нет.",
    ),
    errors.AdvertHasRequests: Sentence(
        "There are contact requests about this advert. Make it inactive instead.",
        "Cette annonce a reçu des demandes de contact. Désactivez-la plutôt.",
        "Há pedidos de contato sobre este anúncio. Desative-o em vez disso.",
        "По этому объявлению уже есть заявки. Лучше снимите его с публикации.",
    ),
}

FIELDS: Final[dict[str, Sentence]] = {
    "own_partner": Sentence(
        "You act for this partner yourself.",
        "Vous faites vous-même partie de ce partenaire.",
        "Você mesmo faz parte deste parceiro.",
        "Вы сами представляете этого партнёра.",
    ),
    "link_invalid": Sentence(
        "Write a whole web address, such as https://example.org/advert.",
        "Indiquez une adresse web complète, par exemple https://example.org/annonce.",
        "Escreva um endereço web completo, como https://example.org/anuncio.",
        "Укажите полный веб-адрес, например https://example.org/advert.",
    ),
    "reference_taken": Sentence(
        "Another advert has this reference.",
        "Une autre annonce porte déjà cette référence.",
        "Outro anúncio já tem esta referência.",
        "Другое объявление уже использует этот код.",
    ),
}

STATE_NAMES: Final[dict[State, Sentence]] = {
    "new": Sentence("New", "Nouvelle", "Novo", "Новая"),
    "seen": Sentence("Seen", "Vue", "Visto", "Просмотрена"),
    "in_progress": Sentence("In progress", "En cours", "Em andamento", "В работе"),
    "done": Sentence("Done", "Traitée", "Concluído", "Выполнена"),
    "spam": Sentence("Spam", "Indésirable", "Spam", "Спам"),
}

REQUESTED: Final = Sentence(
    "New contact request from {name} for “{advert}”",
    "Nouvelle demande de contact de {name} pour « {advert} »",
    "Novo pedido de contato de {name} sobre “{advert}”",
    "Новая заявка: {name}, «{advert}»",
)
ASSIGNED: Final = Sentence(
    "You now handle the request of {name} for “{advert}”",
    "La demande de {name} pour « {advert} » vous est confiée",
    "O pedido de {name} sobre “{advert}” agora é seu",
    "Вам поручена заявка: {name}, «{advert}»",
)
WISHES: Final = Sentence(
    "{name} wishes to be contacted from {day}.",
    "{name} souhaite être contacté(e) à partir du {day}.",
    "{name} deseja receber contato a partir de {day}.",
    "{name}: просьба связаться начиная с {day}.",
)
OPEN: Final = Sentence("Open the request", "Ouvrir la demande", "Abrir o pedido", "Открыть заявку")

NAME: Final = Sentence("Name", "Nom", "Nome", "Имя")
EMAIL: Final = Sentence("E-mail", "E-mail", "E-mail", "Эл. почта")
PHONE: Final = Sentence("Phone", "Téléphone", "Telefone", "Телефон")
WISHED: Final = Sentence("Contact from", "À contacter à partir du", "Contato a partir de", "Связаться с")
ADVERT: Final = Sentence("Advert", "Annonce", "Anúncio", "Объявление")
MESSAGE: Final = Sentence("Message", "Message", "Mensagem", "Сообщение")

COLUMNS: Final = (
    Sentence("Received", "Reçue le", "Recebido em", "Получена"),
    Sentence("State", "État", "Situação", "Статус"),
    Sentence("Reference", "Référence", "Referência", "Код"),
    ADVERT,
    NAME,
    EMAIL,
    PHONE,
    WISHED,
    MESSAGE,
    Sentence("Handled by", "Suivie par", "Responsável", "Ответственный"),
    Sentence("Request", "Demande", "Pedido", "Заявка"),
    Sentence("Repeats", "Répète", "Repete", "Повторяет"),
)
"""What stands above the columns of the exported table."""
