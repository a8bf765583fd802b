import type { DiagnosisReport, Finding } from '../api/schema';

/** What has changed between two reports of one expert about one agent. */
export interface Difference {
  score: { before: number | null; now: number | null } | null;
  added: Finding[];
  gone: Finding[];
  /** Findings that have another severity now. */
  changed: { finding: Finding; before: string }[];
  facts: { name: string; before: string | undefined; now: string | undefined }[];
}

type Report = Pick<DiagnosisReport, 'score' | 'findings' | 'facts'>;

/** A finding is the same one when code and subject are; of several such, the first is the first's. */
export function differenceOf(before: Report, now: Report): Difference {
  const old = byIdentity(before.findings);
  const added: Finding[] = [];
  const changed: Difference['changed'] = [];
  for (const [identity, finding] of byIdentity(now.findings)) {
    const was = old.get(identity);
    old.delete(identity);
    if (!was) added.push(finding);
    else if (was.severity !== finding.severity) changed.push({ finding, before: was.severity });
  }
  return {
    score: before.score === now.score ? null : { before: before.score, now: now.score },
    added,
    gone: [...old.values()],
    changed,
    facts: changedFacts(before.facts, now.facts),
  };
}

export function isSame({ score, added, gone, changed, facts }: Difference): boolean {
  return score === null && added.length === 0 && gone.length === 0 && changed.length === 0 && facts.length === 0;
}

function byIdentity(findings: Finding[]): Map<string, Finding> {
  const found = new Map<string, Finding>();
  for (const finding of findings) {
    const identity = JSON.stringify([finding.code, finding.subject ?? null]);
    let place = 0;
    while (found.has(`${identity} ${place}`)) place++;
    found.set(`${identity} ${place}`, finding);
  }
  return found;
}

function changedFacts(before: Record<string, string>, now: Record<string, string>): Difference['facts'] {
  const names = [...Object.keys(now), ...Object.keys(before).filter((name) => !Object.hasOwn(now, name))];
  const of = (facts: Record<string, string>, name: string) => (Object.hasOwn(facts, name) ? facts[name] : undefined);
  return names.map((name) => ({ name, before: of(before, name), now: of(now, name) }))
    .filter((fact) => fact.before !== fact.now && !(isTime(fact.before) && isTime(fact.now)));
}

/** Clocks go on; that is no news. */
function isTime(text: string | undefined): boolean {
  return text !== undefined && /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d/.test(text);
}
