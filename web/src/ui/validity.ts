/**
 * What the browser finds wrong with a form, said by us: beside the field, and in the reader's language. Its own bubbles
 * speak the language of the browser, beside errors of ours that look different.
 */
import { defineTexts } from '../i18n/define.ts';
import { language } from '../i18n/language.svelte.ts';
import { localNumber } from '../i18n/reader.ts';

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

export const validity = defineTexts({
  en: {
    missing: 'Please fill this in.',
    choose: 'Please choose one.',
    email: 'This should look like name@example.com.',
    url: 'This should be a whole address, such as https://www.example.com.',
    number: 'Please give a number.',
    time: 'Please give a whole date or time.',
    short: (least: number) => `At least ${localNumber(least)} characters, please.`,
    long: (most: number) => `At most ${localNumber(most)} characters, please.`,
    low: (least: string) => `At least ${least}, please.`,
    high: (most: string) => `At most ${most}, please.`,
    early: (day: string) => `Not before ${day}, please.`,
    late: (day: string) => `Not after ${day}, please.`,
    whole: 'Please give a whole number.',
    other: 'Please look at this once more.',
  },
  fr: {
    missing: 'Veuillez remplir ce champ.',
    choose: 'Veuillez faire un choix.',
    email: 'Cela devrait ressembler à nom@exemple.fr.',
    url: 'Il faut une adresse entière, comme https://www.exemple.fr.',
    number: 'Veuillez indiquer un nombre.',
    time: 'Veuillez indiquer une date ou une heure complète.',
    short: (least) => `Au moins ${localNumber(least)} caractères, s’il vous plaît.`,
    long: (most) => `Au plus ${localNumber(most)} caractères, s’il vous plaît.`,
    low: (least) => `Au minimum ${least}, s’il vous plaît.`,
    high: (most) => `Au maximum ${most}, s’il vous plaît.`,
    early: (day) => `Pas avant le ${day}, s’il vous plaît.`,
    late: (day) => `Pas après le ${day}, s’il vous plaît.`,
    whole: 'Veuillez indiquer un nombre entier.',
    other: 'Veuillez vérifier ce champ.',
  },
  pt: {
    missing: 'Preencha este campo.',
    choose: 'Escolha uma opção.',
    email: 'Deve ser parecido com nome@exemplo.com.br.',
    url: 'Informe o endereço completo, como https://www.exemplo.com.br.',
    number: 'Informe um número.',
    time: 'Informe uma data ou hora completa.',
    short: (least) => `Use pelo menos ${localNumber(least)} caracteres.`,
    long: (most) => `Use no máximo ${localNumber(most)} caracteres.`,
    low: (least) => `O mínimo é ${least}.`,
    high: (most) => `O máximo é ${most}.`,
    early: (day) => `Não antes de ${day}.`,
    late: (day) => `Não depois de ${day}.`,
    whole: 'Informe um número inteiro.',
    other: 'Confira este campo.',
  },
  ru: {
    missing: 'Заполните это поле.',
    choose: 'Выберите что-нибудь.',
    email: 'Адрес выглядит так: name@example.ru.',
    url: 'Нужен полный адрес, например https://www.example.ru.',
    number: 'Укажите число.',
    time: 'Укажите дату или время полностью.',
    short: (least) => `Не короче ${localNumber(least)} знаков.`,
    long: (most) => `Не длиннее ${localNumber(most)} знаков.`,
    low: (least) => `Не меньше ${least}.`,
    high: (most) => `Не больше ${most}.`,
    early: (day) => `Не раньше: ${day}.`,
    late: (day) => `Не позже: ${day}.`,
    whole: 'Укажите целое число.',
    other: 'Проверьте это поле.',
  },
});

/** Handles the sending of a form whose fields are in order; else each wrong one says so, and the first has the focus. */
export function checked(handle: (event: SubmitEvent) => unknown): (event: SubmitEvent) => unknown {
  return (event) => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    if (form.checkValidity()) return handle(event);
    const first = form.querySelector<HTMLElement>(':is(input, select, textarea):invalid');
    first?.closest('details')?.setAttribute('open', '');
    first?.focus();
  };
}

/** What is wrong with a field, as the browser found; `''` when nothing is. */
export function wrongWith(control: Control): string {
  const { validity: found, type } = control;
  if (found.valid) return '';
  const { min = '', max = '', minLength = 0, maxLength = 0 } = control as HTMLInputElement;
  const moment = /^(date|time|datetime-local|month|week)$/.test(type);
  if (found.badInput) return moment ? validity.time : validity.number;
  if (found.valueMissing) return control instanceof HTMLSelectElement ? validity.choose : moment ? validity.time : validity.missing;
  if (found.typeMismatch) return type === 'email' ? validity.email : validity.url;
  if (found.tooShort) return validity.short(minLength);
  if (found.tooLong) return validity.long(maxLength);
  if (found.rangeUnderflow) return moment ? validity.early(inWords(min, type)) : validity.low(localNumber(Number(min)));
  if (found.rangeOverflow) return moment ? validity.late(inWords(max, type)) : validity.high(localNumber(Number(max)));
  return found.stepMismatch && !moment ? validity.whole : validity.other;
}

/** A limit as it stands in the attribute of a date or time field, in the reader's words. */
function inWords(limit: string, type: string): string {
  const at = new Date(type === 'time' ? `2000-01-01T${limit}Z` : type === 'date' ? limit : `${limit}Z`);
  const style = { dateStyle: type === 'time' ? undefined : 'medium', timeStyle: type === 'date' ? undefined : 'short' } as const;
  return Number.isNaN(at.getTime()) ? limit : new Intl.DateTimeFormat(language.locale, { ...style, timeZone: 'UTC' }).format(at);
}
