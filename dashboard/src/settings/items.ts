/** The items of a text that separates them by commas or line breaks. */
export function itemsOf(text: string, separator: RegExp = /[,，\n]/): string[] {
  return text.split(separator).map((item) => item.trim()).filter((item) => item !== '');
}
