import { createTheme, type MantineColorsTuple } from '@mantine/core';

// Dark enough for white text on it, and its light steps for dark text (WCAG AA).
const ink: MantineColorsTuple = ['#e7f1fb', '#cfe1f3', '#9cc3e8', '#66a3dc', '#3b88d2', '#2077cb', '#1864ab', '#115595', '#0b4a86', '#033e76'];

export const theme = createTheme({
  primaryColor: 'ink',
  primaryShade: { light: 6, dark: 5 },
  colors: { ink },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Noto Sans Mono CJK SC", monospace',
  defaultRadius: 'sm',
  cursorType: 'pointer',
  autoContrast: true,
});

/** The nonce that the centre wrote into the page: style elements without it are refused. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}
