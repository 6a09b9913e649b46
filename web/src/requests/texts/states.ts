/** The states of a contact request in words: for the partner's team, and for the person who left it. */
import { defineTexts } from '../../i18n/index.ts';

export const states = defineTexts({
  en: {
    partner: { new: 'New', seen: 'Seen', in_progress: 'In progress', done: 'Done', spam: 'Spam' },
    customer: { new: 'Sent', seen: 'Seen', in_progress: 'In progress', done: 'Done' },
    meanings: {
      new: 'Your request has arrived. Nobody has opened it yet.',
      seen: 'Your request has been read.',
      in_progress: 'Somebody is taking care of it.',
      done: 'Your request has been dealt with.',
    },
  },
  fr: {
    partner: { new: 'Nouvelle', seen: 'Vue', in_progress: 'En cours', done: 'Traitée', spam: 'Indésirable' },
    customer: { new: 'Envoyée', seen: 'Vue', in_progress: 'En cours', done: 'Traitée' },
    meanings: {
      new: 'Votre demande est arrivée. Personne ne l’a encore ouverte.',
      seen: 'Votre demande a été lue.',
      in_progress: 'Quelqu’un s’en occupe.',
      done: 'Votre demande a été traitée.',
    },
  },
  pt: {
    partner: { new: 'Novo', seen: 'Visto', in_progress: 'Em andamento', done: 'Concluído', spam: 'Spam' },
    customer: { new: 'Enviado', seen: 'Visto', in_progress: 'Em andamento', done: 'Concluído' },
    meanings: {
      new: 'Seu pedido chegou. Ninguém o abriu ainda.',
      seen: 'Seu pedido foi lido.',
      in_progress: 'Alguém está cuidando dele.',
      done: 'Seu pedido foi atendido.',
    },
  },
  ru: {
    partner: { new: 'Новая', seen: 'Просмотрена', in_progress: 'В работе', done: 'Готово', spam: 'Спам' },
    customer: { new: 'Отправлена', seen: 'Просмотрена', in_progress: 'В работе', done: 'Готово' },
    meanings: {
      new: 'Заявка доставлена. Её пока никто не открыл.',
      seen: 'Заявку прочитали.',
      in_progress: 'Заявкой уже занимаются.',
      done: 'Заявка выполнена.',
    },
  },
});
