import i18n from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';

/** The languages of the page, by their own names. */
export const languages = { en: 'English', zh: '中文' } as const;

export type Language = keyof typeof languages;

const storageKey = 'outrider-language';

/** The viewer's choice, or what the browser asks for. */
function preferred(): Language {
  const chosen = localStorage.getItem(storageKey);
  if (chosen === 'en' || chosen === 'zh') return chosen;
  return navigator.languages.some((one) => one.toLowerCase().startsWith('zh')) && !navigator.language.startsWith('en') ? 'zh' : 'en';
}

void i18n.use(initReactI18next).init({
  lng: preferred(),
  fallbackLng: 'en',
  resources: {},
  // React escapes what it shows.
  interpolation: { escapeValue: false },
  initAsync: false,
});
mark(i18n.language as Language);

export function language(): Language {
  return i18n.language as Language;
}

export async function setLanguage(chosen: Language): Promise<void> {
  localStorage.setItem(storageKey, chosen);
  await i18n.changeLanguage(chosen);
  mark(chosen);
}

function mark(chosen: Language) {
  document.documentElement.lang = chosen === 'zh' ? 'zh-CN' : 'en';
}

/** Says one text; `values` fill its `{{names}}`, and `count` chooses `_one` or `_other` in English. */
export type Say<K extends string> = (key: K, values?: Record<string, unknown>) => string;

type Keys<T> = { [K in keyof T & string]: K extends `${infer Base}_one` | `${infer Base}_other` ? Base : K }[keyof T & string];

/**
 * The texts of one page or concept, in both languages, loaded with it. A key that Chinese lacks doesn't compile. Plurals: `x_one` and
 * `x_other`, which Chinese has as `x_other` too.
 * @returns a hook that says them in the language of now.
 */
export function defineText<T extends Record<string, string>>(
  namespace: string,
  en: T,
  zh: { [K in keyof T as K extends `${string}_one` ? never : K]: string },
): () => Say<Keys<T>> {
  i18n.addResourceBundle('en', namespace, en, true, true);
  i18n.addResourceBundle('zh', namespace, zh, true, true);
  return () => useTranslation(namespace).t as unknown as Say<Keys<T>>;
}
