import { expect, test } from 'vitest';
import type { Finding } from '../api/schema';
import { differenceOf, isSame } from './difference';

const finding = (code: string, subject: string | null, severity = 'warning'): Finding => ({ code, subject, severity, message: code, evidence: [], advice: [] });
const report = (score: number | null, findings: Finding[] = [], facts: Record<string, string> = {}) => ({ score, findings, facts });

test('a report is no different from itself', () => {
  const one = report(40, [finding('disk', 'a'), finding('disk', 'a')], { nodes: '3' });
  expect(isSame(differenceOf(one, one))).toBe(true);
});

test('findings are new, gone, or have another severity', () => {
  const before = report(80, [finding('disk', 'a'), finding('disk', 'b'), finding('node', null)]);
  const now = report(60, [finding('disk', 'a', 'critical'), finding('disk', 'c'), finding('node', null)]);
  const difference = differenceOf(before, now);
  expect(difference.score).toEqual({ before: 80, now: 60 });
  expect(difference.added.map((one) => one.subject)).toEqual(['c']);
  expect(difference.gone.map((one) => one.subject)).toEqual(['b']);
  expect(difference.changed).toEqual([{ finding: now.findings[0], before: 'warning' }]);
});

test('of several findings of one subject each counts', () => {
  const difference = differenceOf(report(1, [finding('disk', 'a')]), report(1, [finding('disk', 'a'), finding('disk', 'a')]));
  expect(difference.added).toHaveLength(1);
  expect(difference.gone).toEqual([]);
});

test('a score that could not be told differs from one that could', () => {
  expect(differenceOf(report(null), report(0)).score).toEqual({ before: null, now: 0 });
});

test('facts that changed, came or went; a fact may have any name', () => {
  const before = report(1, [], { nodes: '3', version: '3.3', gone: 'x' });
  const now = report(1, [], { version: '3.4', nodes: '3', constructor: 'y' });
  expect(differenceOf(before, now).facts).toEqual([
    { name: 'version', before: '3.3', now: '3.4' },
    { name: 'constructor', before: undefined, now: 'y' },
    { name: 'gone', before: 'x', now: undefined },
  ]);
});

test('that a clock went on is no change', () => {
  const difference = differenceOf(report(1, [], { cluster_time: '2026-11-30 21:02:57' }), report(1, [], { cluster_time: '2026-11-30 21:09:46' }));
  expect(isSame(difference)).toBe(true);
});
