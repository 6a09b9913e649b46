/** The words of the emoji picker. */
import { defineTexts, plural } from '../i18n/index.ts';

export const texts = defineTexts({
  en: {
    picker: 'Choose an emoji',
    insert: 'Insert an emoji',
    list: 'Emoji you can insert',
    found: (n: number) => plural.en(n, { one: '# emoji', other: '# emoji' }),
    search: 'Search emoji',
    nothing: (words: string) => `No emoji for “${words}”`,
    groups: { recent: 'Recently used', g0: 'Smileys', g1: 'People and gestures', g3: 'Animals and nature', g4: 'Food and drink', g5: 'Travel and places', g6: 'Activities', g7: 'Objects', g8: 'Symbols', g9: 'Flags' },
    tone: 'Skin tone',
    tones: { t0: 'No skin tone', t1: 'Light skin', t2: 'Medium-light skin', t3: 'Medium skin', t4: 'Medium-dark skin', t5: 'Dark skin' },
  },
  fr: {
    picker: 'Choisir un émoji',
    insert: 'Insérer un émoji',
    list: 'Émojis à insérer',
    found: (n) => plural.fr(n, { one: '# émoji', other: '# émojis' }),
    search: 'Chercher un émoji',
    nothing: (words) => `Aucun émoji pour « ${words} »`,
    groups: { recent: 'Utilisés récemment', g0: 'Visages', g1: 'Personnes et gestes', g3: 'Animaux et nature', g4: 'Nourriture et boissons', g5: 'Voyages et lieux', g6: 'Activités', g7: 'Objets', g8: 'Symboles', g9: 'Drapeaux' },
    tone: 'Couleur de peau',
    tones: { t0: 'Sans couleur de peau', t1: 'Peau claire', t2: 'Peau moyennement claire', t3: 'Peau mate', t4: 'Peau foncée', t5: 'Peau très foncée' },
  },
  pt: {
    picker: 'Escolher um emoji',
    insert: 'Inserir um emoji',
    list: 'Emojis que você pode inserir',
    found: (n) => plural.pt(n, { one: '# emoji', other: '# emojis' }),
    search: 'Buscar emoji',
    nothing: (words) => `Nenhum emoji para “${words}”`,
    groups: { recent: 'Usados recentemente', g0: 'Carinhas', g1: 'Pessoas e gestos', g3: 'Animais e natureza', g4: 'Comidas e bebidas', g5: 'Viagens e lugares', g6: 'Atividades', g7: 'Objetos', g8: 'Símbolos', g9: 'Bandeiras' },
    tone: 'Tom de pele',
    tones: { t0: 'Sem tom de pele', t1: 'Pele clara', t2: 'Pele morena clara', t3: 'Pele morena', t4: 'Pele morena escura', t5: 'Pele escura' },
  },
  ru: {
    picker: 'Выбрать эмодзи',
    insert: 'Вставить эмодзи',
    list: 'Эмодзи, которые можно вставить',
    found: (n) => plural.ru(n, { one: '# эмодзи', few: '# эмодзи', many: '# эмодзи' }),
    search: 'Найти эмодзи',
    nothing: (words) => `Нет эмодзи по запросу «${words}»`,
    groups: { recent: 'Недавние', g0: 'Смайлики', g1: 'Люди и жесты', g3: 'Животные и природа', g4: 'Еда и напитки', g5: 'Путешествия и места', g6: 'Занятия', g7: 'Предметы', g8: 'Символы', g9: 'Флаги' },
    tone: 'Тон кожи',
    tones: { t0: 'Без тона кожи', t1: 'Светлая кожа', t2: 'Умеренно светлая кожа', t3: 'Средний тон кожи', t4: 'Умеренно тёмная кожа', t5: 'Тёмная кожа' },
  },
});
