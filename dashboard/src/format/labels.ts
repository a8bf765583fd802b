/** Labels on one line: `device=sda, mount=/var`. */
export function labelsText(labels: Record<string, string> | null | undefined): string {
  return labelParts(labels).join(', ');
}

/** Labels one by one, as they are typed: `name=value`. */
export function labelParts(labels: Record<string, string> | null | undefined): string[] {
  return Object.entries(labels ?? {}).map(([name, value]) => `${name}=${value}`);
}

/** Whether a text is `name=value`; the value may be empty. */
export function isLabel(text: string): boolean {
  return text.indexOf('=') > 0;
}

/** The labels of `name=value` texts; of those that name the same the last one counts, what is none is left out. */
export function parseLabels(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(texts.filter(isLabel).map((text) => {
    const at = text.indexOf('=');
    return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
  }));
}
