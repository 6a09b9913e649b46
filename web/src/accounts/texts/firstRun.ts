/** Words of the first run of a server. */
import { defineTexts } from '../../i18n/index.ts';

export const firstRun = defineTexts({
  en: {
    title: 'Set up your server',
    text: 'You are the first one here. Create the administrator; they invite everyone else.',
    code: 'Set-up code',
    codeHelp: 'The server printed it when it started; it shows that this server is yours.',
    submit: 'Create administrator',
    doneTitle: 'This server is already set up',
    doneText: 'It has its administrator. Sign in to go on.',
  },
  fr: {
    title: 'Installez votre serveur',
    text: 'Il n’y a encore personne ici. Créez le compte d’administration ; il invitera tous les autres.',
    code: 'Code d’installation',
    codeHelp: 'Le serveur l’a affiché à son démarrage ; il prouve que ce serveur est le vôtre.',
    submit: 'Créer l’administrateur',
    doneTitle: 'Ce serveur est déjà installé',
    doneText: 'Il a son administrateur. Connectez-vous pour continuer.',
  },
  pt: {
    title: 'Configure seu servidor',
    text: 'Você é a primeira pessoa aqui. Crie a conta de administração; ela convida todas as outras.',
    code: 'Código de configuração',
    codeHelp: 'O servidor o mostrou ao iniciar; ele prova que este servidor é seu.',
    submit: 'Criar administrador',
    doneTitle: 'Este servidor já está configurado',
    doneText: 'Ele já tem quem o administre. Entre para continuar.',
  },
  ru: {
    title: 'Настройте свой сервер',
    text: 'Здесь ещё никого нет. Создайте администратора — он пригласит всех остальных.',
    code: 'Код настройки',
    codeHelp: 'Сервер напечатал его при запуске: код подтверждает, что сервер ваш.',
    submit: 'Создать администратора',
    doneTitle: 'Сервер уже настроен',
    doneText: 'Администратор у него есть. Войдите, чтобы продолжить.',
  },
});
