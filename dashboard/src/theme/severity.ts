/** Colours of how bad something is. Never the only sign: the word stands beside it. */
export const severityColor = { critical: 'red', warning: 'orange', info: 'blue' } as const;

export const statusColor = { online: 'green', degraded: 'orange', offline: 'red' } as const;

/** The colour of a share of something that can run full, by the limits of the built-in alert rules. */
export function fillColor(percent: number, warning = 80, critical = 90): string {
  return percent > critical ? 'red' : percent > warning ? 'orange' : 'ink';
}
