/** What mail servers answer. */
import { defineTexts } from '../../../i18n/index.ts';

export const mail = defineTexts({
  en: {
    mailbox_full: 'The mailbox is full.',
    sender_refused: 'The mail server does not allow this sender.',
    recipient_refused: 'The mail server does not accept this recipient.',
    content_refused: 'The mail server did not accept the content.',
    unusable_message: 'The message cannot be written in the form that this channel needs.',
    mailbox_unavailable: 'The mailbox cannot be used.',
    policy: 'The mail server has a rule against it.',
    deferred: 'The mail server asked to try later.',
  },
  fr: {
    mailbox_full: 'La boîte mail est pleine.',
    sender_refused: 'Le serveur de messagerie n’autorise pas cet expéditeur.',
    recipient_refused: 'Le serveur de messagerie n’accepte pas ce destinataire.',
    content_refused: 'Le serveur de messagerie n’a pas accepté le contenu.',
    unusable_message: 'Le message ne peut pas prendre la forme que ce canal demande.',
    mailbox_unavailable: 'La boîte mail n’est pas utilisable.',
    policy: 'Une règle du serveur de messagerie s’y oppose.',
    deferred: 'Le serveur de messagerie a demandé de réessayer plus tard.',
  },
  pt: {
    mailbox_full: 'A caixa de e-mail está cheia.',
    sender_refused: 'O servidor de e-mail não permite este remetente.',
    recipient_refused: 'O servidor de e-mail não aceita este destinatário.',
    content_refused: 'O servidor de e-mail não aceitou o conteúdo.',
    unusable_message: 'A mensagem não pode ser escrita na forma que este canal exige.',
    mailbox_unavailable: 'A caixa de e-mail não pode ser usada.',
    policy: 'Uma regra do servidor de e-mail não permite.',
    deferred: 'O servidor de e-mail pediu para tentar depois.',
  },
  ru: {
    mailbox_full: 'Почтовый ящик переполнен.',
    sender_refused: 'Почтовый сервер не разрешает такого отправителя.',
    recipient_refused: 'Почтовый сервер не принимает такого получателя.',
    content_refused: 'Почтовый сервер не принял содержание.',
    unusable_message: 'Сообщение нельзя записать в том виде, какой нужен каналу.',
    mailbox_unavailable: 'Почтовый ящик недоступен.',
    policy: 'Правила почтового сервера этого не допускают.',
    deferred: 'Почтовый сервер попросил повторить позже.',
  },
});
