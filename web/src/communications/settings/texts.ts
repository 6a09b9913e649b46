/** Words of the settings of communications. */
import { defineTexts } from '../../i18n/index.ts';

export const settingsTexts = defineTexts({
  en: {
    title: 'Settings of communications',
    whoTitle: 'Who writes',
    whoText: 'Letters to clients name it at their head and foot, and as their sender; texts as {{ organisation }}.',
    organisation: 'Name of the organisation',
    pricesTitle: 'Prices',
    pricesText: 'What one message costs you, of SMS one segment. They are used for estimates alone; leave empty what you do not know.',
    currency: 'Currency',
    wrong: 'Write a number such as 0.045.',
    readOnly: 'Administrators change these settings.',
  },
  fr: {
    title: 'Réglages des communications',
    whoTitle: 'Qui écrit',
    whoText: 'Les lettres aux clients portent ce nom en tête, en pied et comme expéditeur ; les textes l’écrivent {{ organisation }}.',
    organisation: 'Nom de l’organisation',
    pricesTitle: 'Prix',
    pricesText: 'Ce que vous coûte un message, ou un segment pour les SMS. Ils ne servent qu’aux estimations ; laissez vide ce que vous ignorez.',
    currency: 'Devise',
    wrong: 'Écrivez un nombre, par exemple 0,045.',
    readOnly: 'Les administrateurs modifient ces réglages.',
  },
  pt: {
    title: 'Configurações das comunicações',
    whoTitle: 'Quem escreve',
    whoText: 'As cartas aos clientes levam este nome no alto, no pé e como remetente; os textos o escrevem {{ organisation }}.',
    organisation: 'Nome da organização',
    pricesTitle: 'Preços',
    pricesText: 'Quanto custa uma mensagem ou, no SMS, um segmento. Servem só para estimativas; deixe vazio o que não souber.',
    currency: 'Moeda',
    wrong: 'Escreva um número, por exemplo 0,045.',
    readOnly: 'Os administradores alteram estas configurações.',
  },
  ru: {
    title: 'Настройки рассылок',
    whoTitle: 'Кто пишет',
    whoText: 'Это имя стоит в начале и в конце писем клиентам и как отправитель; в текстах — {{ organisation }}.',
    organisation: 'Название организации',
    pricesTitle: 'Цены',
    pricesText: 'Сколько стоит одно сообщение, для SMS — один сегмент. Нужны только для оценок; что неизвестно, оставьте пустым.',
    currency: 'Валюта',
    wrong: 'Введите число, например 0,045.',
    readOnly: 'Эти настройки меняют администраторы.',
  },
});
