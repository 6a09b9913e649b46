/** Words of the page that a link in an e-mail leads to. */
import { defineTexts } from '../../i18n/index.ts';

export const unsubscribeTexts = defineTexts({
  en: {
    title: 'No more of these e-mails?',
    what: {
      message: 'You will get no more e-mails about new messages.',
      contact_request: 'You will get no more e-mails about new contact requests.',
      contact_request_assigned: 'You will get no more e-mails about contact requests that are given to you.',
      reminder: 'You will get no more e-mails about your reminders.',
      scheduled_message_failed: 'You will get no more e-mails about scheduled messages that were not sent.',
    },
    rest: 'All of it still shows in the app, and other e-mails go on.',
    stop: 'Stop these e-mails',
    unknown: 'This link has no e-mails to stop',
    doneTitle: 'These e-mails have ended',
    doneText: 'One that is on its way may still arrive. You can switch them on again at any time.',
    settings: 'Notification settings',
  },
  fr: {
    title: 'Arrêter ces e-mails ?',
    what: {
      message: 'Vous ne recevrez plus d’e-mails au sujet des nouveaux messages.',
      contact_request: 'Vous ne recevrez plus d’e-mails au sujet des nouvelles demandes de contact.',
      contact_request_assigned: 'Vous ne recevrez plus d’e-mails au sujet des demandes de contact qui vous sont confiées.',
      reminder: 'Vous ne recevrez plus d’e-mails au sujet de vos rappels.',
      scheduled_message_failed: 'Vous ne recevrez plus d’e-mails au sujet des messages programmés qui ne sont pas partis.',
    },
    rest: 'Tout reste visible dans l’app, et les autres e-mails continuent.',
    stop: 'Arrêter ces e-mails',
    unknown: 'Ce lien n’arrête aucun e-mail',
    doneTitle: 'Ces e-mails sont arrêtés',
    doneText: 'Un e-mail déjà en route peut encore arriver. Vous pouvez les réactiver à tout moment.',
    settings: 'Réglages des notifications',
  },
  pt: {
    title: 'Parar estes e-mails?',
    what: {
      message: 'Você não receberá mais e-mails sobre novas mensagens.',
      contact_request: 'Você não receberá mais e-mails sobre novos pedidos de contato.',
      contact_request_assigned: 'Você não receberá mais e-mails sobre pedidos de contato atribuídos a você.',
      reminder: 'Você não receberá mais e-mails sobre seus lembretes.',
      scheduled_message_failed: 'Você não receberá mais e-mails sobre mensagens agendadas que não foram enviadas.',
    },
    rest: 'Tudo continua aparecendo no app, e os outros e-mails continuam.',
    stop: 'Parar estes e-mails',
    unknown: 'Este link não para nenhum e-mail',
    doneTitle: 'Estes e-mails pararam',
    doneText: 'Um que já esteja a caminho ainda pode chegar. Você pode ligá-los de novo quando quiser.',
    settings: 'Configurações de notificações',
  },
  ru: {
    title: 'Больше не присылать таких писем?',
    what: {
      message: 'Вы больше не будете получать письма о новых сообщениях.',
      contact_request: 'Вы больше не будете получать письма о новых заявках.',
      contact_request_assigned: 'Вы больше не будете получать письма о заявках, которые поручены вам.',
      reminder: 'Вы больше не будете получать письма о напоминаниях.',
      scheduled_message_failed: 'Вы больше не будете получать письма об отложенных сообщениях, которые не удалось отправить.',
    },
    rest: 'В приложении всё останется на месте, остальные письма будут приходить.',
    stop: 'Не присылать таких писем',
    unknown: 'Эта ссылка ничего не отключает',
    doneTitle: 'Таких писем больше не будет',
    doneText: 'Письмо, которое уже в пути, может ещё прийти. Включить их снова можно в любое время.',
    settings: 'Настройки уведомлений',
  },
});
