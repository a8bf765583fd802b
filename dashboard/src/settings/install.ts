import type { InstallView } from '../api/schema';

/** What a new agent is told when it is installed. */
export interface Newcomer {
  /** Where agents find the centre. */
  url: string;
  /** An enrolment token. */
  token: string;
  /** The patterns of the token. */
  patterns: string[];
}

/** The whole command that brings an agent in: the centre's own with the token in it, or for a machine that has the program already. */
export function installCommand(install: InstallView | undefined, { url, token, patterns }: Newcomer): string {
  const name = exampleName(patterns[0] ?? '*');
  if (!install?.available) return `OUTRIDER_URL=${url} OUTRIDER_AGENT_NAME=${name} OUTRIDER_ENROLMENT_TOKEN=${token} outrider-agent`;
  return install.command
    .replace(/OUTRIDER_ENROLMENT_TOKEN=\S+/, () => `OUTRIDER_ENROLMENT_TOKEN=${token}`)
    .replace(/--name \S+/, () => `--name ${name}`);
}

/** A name that a pattern lets in. */
export function exampleName(pattern: string): string {
  const name = pattern.replace(/\*+/g, '1');
  return /^1+$/.test(name) ? 'agent-1' : name;
}
