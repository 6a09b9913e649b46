/** Words of the fields that several forms have. */
import { defineTexts } from '../../i18n/index.ts';

export const fields = defineTexts({
  en: {
    name: 'Name',
    email: 'E-mail',
    password: 'Password',
    passwordHelp: 'At least 10 characters. A short sentence is easy to remember.',
    phone: 'Phone',
    phoneHelp: 'With the country code, such as +33 6 12 34 56 78.',
    language: 'Language',
    timeZone: 'Time zone',
  },
  fr: {
    name: 'Nom',
    email: 'E-mail',
    password: 'Mot de passe',
    passwordHelp: 'Au moins 10 caractères. Une courte phrase se retient facilement.',
    phone: 'Téléphone',
    phoneHelp: 'Avec l’indicatif du pays, par exemple +33 6 12 34 56 78.',
    language: 'Langue',
    timeZone: 'Fuseau horaire',
  },
  pt: {
    name: 'Nome',
    email: 'E-mail',
    password: 'Senha',
    passwordHelp: 'Pelo menos 10 caracteres. Uma frase curta é fácil de lembrar.',
    phone: 'Telefone',
    phoneHelp: 'Com o código do país, por exemplo +55 11 91234-5678.',
    language: 'Idioma',
    timeZone: 'Fuso horário',
  },
  ru: {
    name: 'Имя',
    email: 'Эл. почта',
    password: 'Пароль',
    passwordHelp: 'Не короче 10 символов. Проще всего запомнить короткую фразу.',
    phone: 'Телефон',
    phoneHelp: 'С кодом страны, например +7 912 345-67-89.',
    language: 'Язык',
    timeZone: 'Часовой пояс',
  },
});
