/** Formats of dates, each made once and when it is first needed: making one takes a telephone milliseconds. */
const known = new Map<string, Intl.DateTimeFormat>();

export function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale}|${JSON.stringify(options)}`;
  let format = known.get(key);
  if (!format) known.set(key, (format = new Intl.DateTimeFormat(locale, options)));
  return format;
}
