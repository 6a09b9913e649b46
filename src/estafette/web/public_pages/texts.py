"""The words of public pages ahead of the web app: the same that it shows, in the four languages."""

from typing import Final

from estafette.base.languages import Sentence

TITLE: Final = Sentence(
    "Ask the people who know",
    "Demandez à ceux qui savent",
    "Pergunte a quem entende",
    "Спросите тех, кто знает",
)
TEXT: Final = Sentence(
    "Write to a house, a shop or a workshop straight from its page. The answer arrives here, live, and everything said "
    "stays in one place.",
    "Écrivez à une maison, une boutique ou un atelier depuis sa page. La réponse arrive ici, en direct, et tous les "
    "échanges restent au même endroit.",
    "Escreva para uma casa, uma loja ou uma oficina direto da página dela. A resposta chega aqui, ao vivo, e tudo o "
    "que foi dito fica em um só lugar.",
    "Напишите дому, магазину или мастерской прямо с их страницы. Ответ придёт сюда сразу, а вся переписка останется в "
    "одном месте.",
)
DIRECTORY: Final = Sentence("Directory", "Annuaire", "Diretório", "Каталог")
DIRECTORY_TEXT: Final = Sentence(
    "Everyone you can write to.",
    "Tous ceux à qui vous pouvez écrire.",
    "Todos para quem você pode escrever.",
    "Все, кому вы можете написать.",
)
ABOUT: Final = Sentence("About us", "À propos", "Sobre nós", "О нас")
OFFERS: Final = Sentence("What we offer", "Nos offres", "O que oferecemos", "Что мы предлагаем")
NO_STOREFRONT: Final = Sentence(
    "There is no such storefront", "Cette vitrine n’existe pas", "Esta vitrine não existe", "Такой витрины нет"
)
NO_STOREFRONT_TEXT: Final = Sentence(
    "The address may have changed, or the partner is no longer here.",
    "L’adresse a peut-être changé, ou le partenaire n’est plus ici.",
    "O endereço pode ter mudado ou o parceiro não está mais aqui.",
    "Возможно, адрес изменился или партнёра здесь больше нет.",
)
ALL_PARTNERS: Final = Sentence("All partners", "Tous les partenaires", "Todos os parceiros", "Все партнёры")
WRITE_TO: Final = Sentence(
    "Write to {name} here.", "Écrivez ici à {name}.", "Escreva aqui para {name}.", "Напишите здесь: {name}."
)
"""What is said of a partner that says nothing of itself."""
