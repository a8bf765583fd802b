import { language } from '../language/language';

const numbers = new Map<string, Intl.NumberFormat>();
const times = new Map<string, Intl.DateTimeFormat>();

/** A formatter of the language of now. Making one costs far more than using it, so each is made once. */
export function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return kept(numbers, language() === 'zh' ? 'zh-CN' : 'en', options, (locale) => new Intl.NumberFormat(locale, options));
}

/** The same for times, in the viewer's zone. */
export function timeFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return kept(times, language() === 'zh' ? 'zh-CN' : 'en-GB', options, (locale) => new Intl.DateTimeFormat(locale, options));
}

function kept<T>(known: Map<string, T>, locale: string, options: object, make: (locale: string) => T): T {
  const key = locale + JSON.stringify(options);
  const found = known.get(key) ?? make(locale);
  known.set(key, found);
  return found;
}
