/** Words of setting the hours of a week. */
import { defineTexts } from '../i18n/index.ts';

export const weekTexts = defineTexts({
  en: {
    closed: 'Closed',
    opens: (day: string) => `${day}: opens`,
    closes: (day: string) => `${day}: closes`,
    addSpan: (day: string) => `Add hours on ${day}`,
    removeSpan: (day: string) => `Remove these hours on ${day}`,
    copyDown: 'Use Monday’s hours for all working days',
    wrongSpan: 'The closing time must be later than the opening time.',
    overlap: 'These hours overlap.',
  },
  fr: {
    closed: 'Fermé',
    opens: (day) => `${day} : ouverture`,
    closes: (day) => `${day} : fermeture`,
    addSpan: (day) => `Ajouter des heures le ${day}`,
    removeSpan: (day) => `Retirer ces heures le ${day}`,
    copyDown: 'Reprendre les heures du lundi pour tous les jours ouvrés',
    wrongSpan: 'L’heure de fermeture doit suivre l’heure d’ouverture.',
    overlap: 'Ces heures se chevauchent.',
  },
  pt: {
    closed: 'Fechado',
    opens: (day) => `${day}: abre`,
    closes: (day) => `${day}: fecha`,
    addSpan: (day) => `Adicionar horário: ${day}`,
    removeSpan: (day) => `Remover este horário: ${day}`,
    copyDown: 'Usar o horário de segunda em todos os dias úteis',
    wrongSpan: 'A hora de fechar precisa ser depois da hora de abrir.',
    overlap: 'Estes horários se sobrepõem.',
  },
  ru: {
    closed: 'Закрыто',
    opens: (day) => `${day}: открытие`,
    closes: (day) => `${day}: закрытие`,
    addSpan: (day) => `Добавить часы: ${day}`,
    removeSpan: (day) => `Убрать эти часы: ${day}`,
    copyDown: 'Часы понедельника — на все будни',
    wrongSpan: 'Закрытие должно быть позже открытия.',
    overlap: 'Часы пересекаются.',
  },
});
