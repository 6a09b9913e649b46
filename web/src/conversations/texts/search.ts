/** The words of searching for messages. */
import { defineTexts } from '../../i18n/index.ts';

export const search = defineTexts({
  en: {
    searchHere: 'Search in this conversation',
    closeSearch: 'Close the search',
    searching: 'Searching…',
    nothingFound: (words: string) => `Nothing found for “${words}”`,
    nothingFoundText: 'Try another word, or fewer of them.',
  },
  fr: {
    searchHere: 'Rechercher dans la conversation',
    closeSearch: 'Fermer la recherche',
    searching: 'Recherche…',
    nothingFound: (words) => `Aucun résultat pour « ${words} »`,
    nothingFoundText: 'Essayez un autre mot, ou moins de mots.',
  },
  pt: {
    searchHere: 'Buscar nesta conversa',
    closeSearch: 'Fechar a busca',
    searching: 'Buscando…',
    nothingFound: (words) => `Nada encontrado para “${words}”`,
    nothingFoundText: 'Tente outra palavra, ou menos palavras.',
  },
  ru: {
    searchHere: 'Поиск в переписке',
    closeSearch: 'Закрыть поиск',
    searching: 'Ищем…',
    nothingFound: (words) => `По запросу «${words}» ничего не найдено`,
    nothingFoundText: 'Попробуйте другое слово или сократите запрос.',
  },
});
