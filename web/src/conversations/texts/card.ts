/** The words of the card about a customer. */
import { defineTexts } from '../../i18n/index.ts';

export const card = defineTexts({
  en: {
    since: 'First message',
    messageCount: 'Messages',
    lastSeen: 'Last read',
    team: 'Read by your team',
  },
  fr: {
    since: 'Premier message',
    messageCount: 'Messages',
    lastSeen: 'Dernière lecture',
    team: 'Lu par votre équipe',
  },
  pt: {
    since: 'Primeira mensagem',
    messageCount: 'Mensagens',
    lastSeen: 'Última leitura',
    team: 'Lida pela sua equipe',
  },
  ru: {
    since: 'Первое сообщение',
    messageCount: 'Сообщений',
    lastSeen: 'Последнее прочтение',
    team: 'Кто прочитал в команде',
  },
});
