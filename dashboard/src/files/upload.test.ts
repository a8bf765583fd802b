import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { sha256Of } from './upload';

/** A file of which the pieces that are read are made when they are asked for. */
function fileOf(content: Uint8Array): Blob {
  return { size: content.length, slice: (from: number, to: number) => ({ arrayBuffer: async () => content.slice(from, to).buffer }) } as unknown as Blob;
}

test.each([0, 1, 4 * 2 ** 20, 4 * 2 ** 20 + 3])('the checksum of %d bytes is that of all pieces', async (size) => {
  const content = new Uint8Array(size).map((_, index) => index % 251);
  const shares: number[] = [];
  expect(await sha256Of(fileOf(content), (share) => shares.push(share), new AbortController().signal)).toBe(createHash('sha256').update(content).digest('hex'));
  if (size > 0) expect(shares.at(-1)).toBe(1);
});

test('a checksum that is canceled ends', async () => {
  const canceled = new AbortController();
  canceled.abort();
  await expect(sha256Of(fileOf(new Uint8Array(1)), () => undefined, canceled.signal)).rejects.toThrow();
});
