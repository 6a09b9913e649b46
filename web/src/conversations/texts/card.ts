/** The words of the card about a customer. */
import { defineTexts } from '../../i18n/index.ts';

export const card = defineTexts({
  en: {
    language: 'Language',
    localTime: 'Local time',
    email: 'E-mail',
    phone: 'Phone',
    since: 'First message',
    messageCount: 'Messages',
    lastSeen: 'Last read',
    team: 'Read by your team',
  },
  fr: {
    language: 'Langue',
    localTime: 'Heure locale',
    email: 'E-mail',
    phone: 'Téléphone',
    since: 'Premier message',
    messageCount: 'Messages',
    lastSeen: 'Dernière lecture',
    team: 'Lu par votre équipe',
  },
  pt: {
    language: 'Idioma',
    localTime: 'Hora local',
    email: 'E-mail',
    phone: 'Telefone',
    since: 'Primeira mensagem',
    messageCount: 'Mensagens',
    lastSeen: 'Última leitura',
    team: 'Lida pela sua equipe',
  },
  ru: {
    language: 'Язык',
    localTime: 'Местное время',
    email: 'Эл. почта',
    phone: 'Телефон',
    since: 'Первое сообщение',
    messageCount: 'Сообщений',
    lastSeen: 'Последнее прочтение',
    team: 'Кто прочитал в команде',
  },
});
