/** Words of whether a partner is open. */
import { defineTexts } from '../i18n/index.ts';

export const openingTexts = defineTexts({
  en: {
    openNow: 'Open now',
    closedNow: 'Closed now',
    until: (time: string) => `until ${time}`,
    opensToday: (time: string) => `opens at ${time}`,
    opensTomorrow: (time: string) => `opens tomorrow at ${time}`,
    opensOn: (day: string, time: string) => `opens ${day} at ${time}`,
  },
  fr: {
    openNow: 'Ouvert',
    closedNow: 'Fermé',
    until: (time) => `jusqu’à ${time}`,
    opensToday: (time) => `ouvre à ${time}`,
    opensTomorrow: (time) => `ouvre demain à ${time}`,
    opensOn: (day, time) => `ouvre ${day} à ${time}`,
  },
  pt: {
    openNow: 'Aberto agora',
    closedNow: 'Fechado agora',
    until: (time) => `até ${time}`,
    opensToday: (time) => `abre às ${time}`,
    opensTomorrow: (time) => `abre amanhã às ${time}`,
    opensOn: (day, time) => `abre ${day} às ${time}`,
  },
  ru: {
    openNow: 'Сейчас открыто',
    closedNow: 'Сейчас закрыто',
    until: (time) => `до ${time}`,
    opensToday: (time) => `откроется в ${time}`,
    opensTomorrow: (time) => `откроется завтра в ${time}`,
    opensOn: (day, time) => `откроется: ${day}, ${time}`,
  },
});
