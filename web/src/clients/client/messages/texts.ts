/** Words of what was sent to a client and what came back. */
import { defineTexts } from '../../../i18n/index.ts';

export const messageTexts = defineTexts({
  en: {
    title: 'Messages',
    text: 'Everything that communications sent to this client, and what the client wrote back.',
    none: 'Nothing was sent to this client yet, and nothing came in.',
    meanings: { message: 'From the client', stop: 'Wants no more messages', start: 'Wants messages again', automatic: 'Automatic answer' },
    due: 'Goes out',
    unmade: 'Its words are made when it goes out.',
  },
  fr: {
    title: 'Messages',
    text: 'Tout ce que les communications ont envoyé à ce client, et ce qu’il a répondu.',
    none: 'Rien n’a encore été envoyé à ce client, et rien n’est venu de lui.',
    meanings: { message: 'Du client', stop: 'Ne veut plus de messages', start: 'Veut de nouveau des messages', automatic: 'Réponse automatique' },
    due: 'Part',
    unmade: 'Ses mots sont composés au moment du départ.',
  },
  pt: {
    title: 'Mensagens',
    text: 'Tudo o que as comunicações enviaram a este cliente e o que ele respondeu.',
    none: 'Nada foi enviado a este cliente ainda, e nada veio dele.',
    meanings: { message: 'Do cliente', stop: 'Não quer mais mensagens', start: 'Quer mensagens de novo', automatic: 'Resposta automática' },
    due: 'Sai',
    unmade: 'O texto é montado quando ela sai.',
  },
  ru: {
    title: 'Сообщения',
    text: 'Всё, что рассылки отправили этому клиенту, и что он ответил.',
    none: 'Этому клиенту ещё ничего не отправляли, и от него ничего не приходило.',
    meanings: { message: 'От клиента', stop: 'Больше не хочет сообщений', start: 'Снова хочет сообщений', automatic: 'Автоответ' },
    due: 'Уйдёт',
    unmade: 'Текст составляется в момент отправки.',
  },
});
