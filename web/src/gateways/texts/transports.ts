/** What the kinds of gateways are called, and what each is. */
import { defineTexts } from '../../i18n/index.ts';

export const transports = defineTexts({
  en: {
    names: {
      smpp: 'SMPP 3.4',
      smtp: 'E-mail (SMTP)',
      web_push: 'Web Push',
      twilio: 'Twilio-like HTTP',
      kannel: 'Kannel over HTTP',
      whatsapp: 'WhatsApp (Cloud API)',
      folder: 'Folder on this server',
    },
    help: {
      smpp: 'A lasting connection to an SMS centre.',
      smtp: 'A mail server that takes e-mail for others.',
      web_push: 'Notifications to the browsers of people who allowed them here.',
      twilio: 'SMS and MMS over HTTP, as Twilio and others offer it.',
      kannel: 'A Kannel of your own, or what takes messages as its smsbox does.',
      whatsapp: 'A number of a WhatsApp Business account, over Meta’s Cloud API.',
      folder: 'Writes messages into files. For trying out: nothing is sent.',
    },
  },
  fr: {
    names: {
      smpp: 'SMPP 3.4',
      smtp: 'E-mail (SMTP)',
      web_push: 'Web Push',
      twilio: 'HTTP à la Twilio',
      kannel: 'Kannel par HTTP',
      whatsapp: 'WhatsApp (Cloud API)',
      folder: 'Dossier sur ce serveur',
    },
    help: {
      smpp: 'Une liaison durable avec un centre SMS.',
      smtp: 'Un serveur de messagerie qui prend des e-mails pour d’autres.',
      web_push: 'Des notifications vers les navigateurs de ceux qui les ont autorisées ici.',
      twilio: 'SMS et MMS par HTTP, comme Twilio et d’autres les proposent.',
      kannel: 'Votre propre Kannel, ou ce qui reçoit les messages comme son smsbox.',
      whatsapp: 'Un numéro d’un compte WhatsApp Business, par la Cloud API de Meta.',
      folder: 'Écrit les messages dans des fichiers. Pour essayer : rien n’est envoyé.',
    },
  },
  pt: {
    names: {
      smpp: 'SMPP 3.4',
      smtp: 'E-mail (SMTP)',
      web_push: 'Web Push',
      twilio: 'HTTP tipo Twilio',
      kannel: 'Kannel por HTTP',
      whatsapp: 'WhatsApp (Cloud API)',
      folder: 'Pasta neste servidor',
    },
    help: {
      smpp: 'Uma conexão duradoura com uma central de SMS.',
      smtp: 'Um servidor de e-mail que aceita mensagens para outros.',
      web_push: 'Notificações para os navegadores de quem as permitiu aqui.',
      twilio: 'SMS e MMS por HTTP, como a Twilio e outras oferecem.',
      kannel: 'Um Kannel próprio, ou o que recebe mensagens como o smsbox dele.',
      whatsapp: 'Um número de uma conta WhatsApp Business, pela Cloud API da Meta.',
      folder: 'Grava as mensagens em arquivos. Para experimentar: nada é enviado.',
    },
  },
  ru: {
    names: {
      smpp: 'Протокол SMPP 3.4',
      smtp: 'Эл. почта (SMTP)',
      web_push: 'Уведомления Web Push',
      twilio: 'HTTP, как у Twilio',
      kannel: 'Kannel по HTTP',
      whatsapp: 'WhatsApp (облачный API)',
      folder: 'Папка на этом сервере',
    },
    help: {
      smpp: 'Постоянное соединение с центром SMS.',
      smtp: 'Почтовый сервер, который принимает письма для других.',
      web_push: 'Уведомления в браузеры тех, кто разрешил их здесь.',
      twilio: 'SMS и MMS по HTTP, как предлагают Twilio и другие.',
      kannel: 'Собственный Kannel или служба, которая принимает сообщения, как его smsbox.',
      whatsapp: 'Номер учётной записи WhatsApp Business через Cloud API компании Meta.',
      folder: 'Пишет сообщения в файлы. Для пробы: ничего не отправляется.',
    },
  },
});
