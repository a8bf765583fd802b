import type { ProblemView } from './schema';

/** A request that the centre refused or couldn't do: `code` says why, the message what to change. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly retryAfterSeconds?: number,
    readonly details: Record<string, string> = {},
  ) {
    super(message);
    this.name = 'Problem';
  }

  /** The answer of a failed request, whatever stands in it. */
  static async of(response: Response): Promise<Problem> {
    const body = (await response.json().catch(() => undefined)) as Partial<ProblemView> | undefined;
    return new Problem(
      response.status,
      body?.code ?? 'no_answer',
      body?.detail ?? `HTTP ${response.status} ${response.statusText}`,
      body?.retry_after_seconds ?? undefined,
      body?.details ?? {},
    );
  }
}

/** What to tell of any failure. */
export function messageOf(failure: unknown): string {
  return failure instanceof Error ? failure.message : String(failure);
}

/** Whether the centre could not be asked at all: it restarts, or the network is gone. */
export function isUnreachable(failure: unknown): boolean {
  return failure instanceof TypeError || (failure instanceof Problem && (failure.status === 502 || failure.status === 503 || failure.status === 504));
}
