/** Colours of a report's level and of its status; the word stands beside. */
const colors: Record<string, string> = { EXCELLENT: 'green', HEALTHY: 'green', GOOD: 'teal', FAIR: 'yellow', WARNING: 'orange', POOR: 'red', CRITICAL: 'red', UNKNOWN: 'gray' };

export function levelColor(level: string): string {
  return colors[level] ?? 'gray';
}

/** The word for a level or status among the texts; one that the page doesn't know is unknown to it. */
export function levelText(level: string) {
  return (Object.hasOwn(colors, level) ? level : 'UNKNOWN') as 'EXCELLENT' | 'GOOD' | 'FAIR' | 'POOR' | 'HEALTHY' | 'WARNING' | 'CRITICAL' | 'UNKNOWN';
}
