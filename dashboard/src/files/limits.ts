import type { FileView } from '../api/schema';

export type FileKind = FileView['kind'];

const mebibyte = 2 ** 20;

/** Most bytes of a file by its kind (docs/files.md). */
export const mostBytes: Record<FileKind, number> = { user: 50 * mebibyte, artefact: 5 * 1024 * mebibyte };

/** The endings of files that people may hand in. */
export const endings = 'jpg jpeg png gif webp pdf txt log csv xls xlsx json sql zip gz tgz tar yaml yml sh conf'.split(' ');

/** What speaks against sending a file, before a byte of it is sent. */
export function fileFault({ name, size }: { name: string; size: number }, kind: FileKind): 'tooLarge' | 'badEnding' | 'empty' | undefined {
  if (size === 0) return 'empty';
  if (size > mostBytes[kind]) return 'tooLarge';
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  return kind === 'artefact' || endings.includes(ending) ? undefined : 'badEnding';
}
