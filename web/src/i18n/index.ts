/** Words, numbers and times in the reader's language. */
export { defineTexts, type SameTexts } from './define.ts';
export { dateFormat } from './formats.ts';
export { language, languages, languageNames, locales, spoken, type Language } from './language.svelte.ts';
export { plural } from './plural.ts';
export { localBytes, localNumber, reader } from './reader.ts';
export { clockTime, dateOnly, dayTitle, daysAgo, fullTime, listTime, relativeTime, type Reader } from './time.ts';
export { deviceZone, knownZones, zone } from './zone.svelte.ts';
