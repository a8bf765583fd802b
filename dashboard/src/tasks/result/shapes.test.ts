import { expect, test } from 'vitest';
import { prettyJson, shapeOf } from './shapes';

test('the output of a command is text, whatever it looks like', () => {
  expect(shapeOf('shell', '{"statements": []}')).toEqual({ kind: 'text', text: '{"statements": []}' });
  expect(shapeOf('shell', null)).toEqual({ kind: 'none' });
});

test('statements have their rows, and what is unknown is absent', () => {
  const shape = shapeOf('mysql', {
    database: 'mysql', affected_rows: 1, statements: [
      { index: 1, form: 'UPDATE', sql: 'UPDATE t', status: 'success', risk: 'medium', affected_rows: 1, elapsed_ms: 0.8 },
      { index: 2, form: 'SELECT', status: 'failed', row_count: 2, columns: ['a', 'b'], rows: [['1', null], ['x', { y: 1 }]] },
      'nonsense',
    ],
  });
  expect(shape).toMatchObject({ kind: 'statements', result: { affectedRows: 1, truncated: false } });
  if (shape.kind !== 'statements') throw new Error();
  expect(shape.result.statements).toHaveLength(2);
  expect(shape.result.statements[0]).toMatchObject({ sql: 'UPDATE t', affectedRows: 1, rowCount: undefined, rows: [] });
  expect(shape.result.statements[1]).toMatchObject({ sql: 'SELECT', columns: ['a', 'b'], rows: [['1', null], ['x', '{"y":1}']] });
});

test('an HTTP answer has its status and body', () => {
  expect(shapeOf('api', { status: 404, reason: 'Not Found', headers: { a: 'b' }, body: '{"x":1}', encoding: 'utf-8', bytes: 7, truncated: false })).toEqual({
    kind: 'http', result: { status: 404, reason: 'Not Found', headers: [['a', 'b']], body: '{\n  "x": 1\n}', encoding: 'utf-8', bytes: 7, truncated: false },
  });
});

test('manifests are named by what they are', () => {
  const object = { kind: 'ConfigMap', metadata: { namespace: 'shop', name: 'settings' } };
  expect(shapeOf('k8s', { objects: [{ done: 'created', object }, { done: 'updated', object: 'Deployment shop/web' }], truncated: true })).toEqual({
    kind: 'objects', truncated: true,
    objects: [{ done: 'created', name: 'ConfigMap shop/settings', object }, { done: 'updated', name: 'Deployment shop/web', object: null }],
  });
});

test('a file has its path, and its id if it was fetched', () => {
  expect(shapeOf('file', { path: '/a', bytes: 3, sha256: 'ff', file_id: 'f' })).toEqual({ kind: 'file', path: '/a', bytes: 3, sha256: 'ff', fileId: 'f', entries: undefined });
});

test('what is not known is shown as it is', () => {
  expect(shapeOf('elasticsearch', { hits: {} })).toEqual({ kind: 'json', value: { hits: {} } });
  expect(shapeOf('api', { odd: true })).toEqual({ kind: 'json', value: { odd: true } });
});

test.each([['{"a":1}', '{\n  "a": 1\n}'], ['{no', '{no'], ['12', '12'], ['text', 'text']])('%s as JSON', (text, expected) => {
  expect(prettyJson(text)).toBe(expected);
});
