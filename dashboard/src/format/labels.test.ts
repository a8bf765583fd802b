import { expect, test } from 'vitest';
import { labelParts, labelsText, parseLabels } from './labels';

test.each([
  [['mount=/var'], { mount: '/var' }],
  [['a=b=c', ' d = e '], { a: 'b=c', d: 'e' }],
  [['gone='], { gone: '' }],
  [['no', '=x'], {}],
  [['a=1', 'a=2'], { a: '2' }],
])('%j are labels', (texts, expected) => {
  expect(parseLabels(texts)).toEqual(expected);
});

test('labels are written as they are read', () => {
  const labels = { mount: '/var', device: 'sda=1' };
  expect(parseLabels(labelParts(labels))).toEqual(labels);
  expect(labelsText(labels)).toBe('mount=/var, device=sda=1');
  expect(labelsText(null)).toBe('');
});
