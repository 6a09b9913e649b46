/** The words of the state of the connection, and of what has not gone out yet. */
import { defineTexts, plural } from '../i18n/index.ts';

export const connection = defineTexts({
  en: {
    state: { connecting: 'Connecting…', offline: 'No connection.', catching_up: 'Catching up…', caught_up: 'Up to date again', away: 'The server cannot reach its database right now. Nothing is lost: what you write goes out as soon as it is back.' },
    waitingToSend: (n: number) => plural.en(n, { one: '# message goes out once you are back.', other: '# messages go out once you are back.' }),
    tryNow: 'Try now',
  },
  fr: {
    state: { connecting: 'Connexion…', offline: 'Pas de connexion.', catching_up: 'Mise à jour…', caught_up: 'De nouveau à jour', away: 'Le serveur ne joint pas sa base de données pour le moment. Rien n’est perdu : ce que vous écrivez partira dès son retour.' },
    waitingToSend: (n) => plural.fr(n, { one: '# message partira à votre retour en ligne.', other: '# messages partiront à votre retour en ligne.' }),
    tryNow: 'Réessayer maintenant',
  },
  pt: {
    state: { connecting: 'Conectando…', offline: 'Sem conexão.', catching_up: 'Atualizando…', caught_up: 'Tudo em dia de novo', away: 'O servidor não alcança seu banco de dados agora. Nada se perdeu: o que você escrever sai assim que ele voltar.' },
    waitingToSend: (n) => plural.pt(n, { one: '# mensagem sai quando a conexão voltar.', other: '# mensagens saem quando a conexão voltar.' }),
    tryNow: 'Tentar agora',
  },
  ru: {
    state: { connecting: 'Подключаемся…', offline: 'Нет связи.', catching_up: 'Обновляем…', caught_up: 'Снова на связи', away: 'Серверу сейчас не отвечает его база данных. Ничего не потеряно: написанное уйдёт, как только она ответит.' },
    waitingToSend: (n) =>
      plural.ru(n, { one: '# сообщение уйдёт, когда связь восстановится.', few: '# сообщения уйдут, когда связь восстановится.', many: '# сообщений уйдут, когда связь восстановится.' }),
    tryNow: 'Попробовать сейчас',
  },
});
