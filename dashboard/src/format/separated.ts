/** Rows as comma- or tab-separated text (RFC 4180). What is unknown is an empty field, an empty text a quoted one. */
export function separated(header: string[], rows: (string | null)[][], separator: ',' | '\t'): string {
  const field = (text: string | null) => {
    if (text === null) return '';
    return text === '' || text.includes(separator) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [header, ...rows].map((row) => row.map(field).join(separator) + '\r\n').join('');
}
