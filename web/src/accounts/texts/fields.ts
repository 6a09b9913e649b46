/** Words of the fields that several forms have. */
import { defineTexts } from '../../i18n/index.ts';

export const fields = defineTexts({
  en: {
    name: 'Name',
    email: 'E-mail',
    password: 'Password',
    passwordHelp: 'At least 10 characters. A short sentence is easy to remember.',
    phone: 'Phone',
    phoneHelp: 'Numbers of other countries with + and the country code.',
    language: 'Language',
    timeZone: 'Time zone',
  },
  fr: {
    name: 'Nom',
    email: 'E-mail',
    password: 'Mot de passe',
    passwordHelp: 'Au moins 10 caractères. Une courte phrase se retient facilement.',
    phone: 'Téléphone',
    phoneHelp: 'Numéro d’un autre pays : avec + et l’indicatif.',
    language: 'Langue',
    timeZone: 'Fuseau horaire',
  },
  pt: {
    name: 'Nome',
    email: 'E-mail',
    password: 'Senha',
    passwordHelp: 'Pelo menos 10 caracteres. Uma frase curta é fácil de lembrar.',
    phone: 'Telefone',
    phoneHelp: 'Número de outro país: com + e o código do país.',
    language: 'Idioma',
    timeZone: 'Fuso horário',
  },
  ru: {
    name: 'Имя',
    email: 'Эл. почта',
    password: 'Пароль',
    passwordHelp: 'Не короче 10 символов. Проще всего запомнить короткую фразу.',
    phone: 'Телефон',
    phoneHelp: 'Номер другой страны — с + и её кодом.',
    language: 'Язык',
    timeZone: 'Часовой пояс',
  },
});
