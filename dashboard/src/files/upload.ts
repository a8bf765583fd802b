import { changeHeaders, orProblem } from '../api/client';
import type { FileView } from '../api/schema';
import type { FileKind } from './limits';

/** How far an upload is: its checksum is computed, or its bytes are sent. `share` is 0 to 1. */
export interface Progress {
  phase: 'checksum' | 'sending';
  share: number;
}

export interface Uploaded {
  file: FileView;
  /** The tenant had a file of this content already. */
  known: boolean;
}

// Small enough that the page goes on answering in between.
const block = 4 * 2 ** 20;

/** SHA-256 of a file in hexadecimal, read piece by piece. */
export async function sha256Of(file: Blob, onShare: (share: number) => void, signal: AbortSignal): Promise<string> {
  const { sha256 } = await import('@noble/hashes/sha2.js');
  const hash = sha256.create();
  for (let at = 0; at < file.size; at += block) {
    signal.throwIfAborted();
    hash.update(new Uint8Array(await file.slice(at, at + block).arrayBuffer()));
    onShare(Math.min(1, (at + block) / file.size));
  }
  return [...hash.digest()].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Sends a file; of an artefact its checksum is computed first, so that the centre can compare.
 * @throws Problem where the centre refuses it; AbortError once `signal` fires; TypeError where the centre can't be reached
 */
export async function uploadFile(file: File, kind: FileKind, onProgress: (progress: Progress) => void, signal: AbortSignal): Promise<Uploaded> {
  const query = new URLSearchParams({ name: file.name, kind });
  if (kind === 'artefact') query.set('sha256', await sha256Of(file, (share) => onProgress({ phase: 'checksum', share }), signal));
  return send(file, query, (share) => onProgress({ phase: 'sending', share }), signal);
}

// fetch tells nothing of how far the sending is.
function send(file: File, query: URLSearchParams, onShare: (share: number) => void, signal: AbortSignal): Promise<Uploaded> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const request = new XMLHttpRequest();
    request.open('POST', `/api/v1/files?${query.toString()}`);
    for (const [name, value] of Object.entries(changeHeaders())) request.setRequestHeader(name, value);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.upload.onprogress = ({ loaded }) => onShare(file.size === 0 ? 1 : Math.min(1, loaded / file.size));
    request.onload = () => void answer(request).then(resolve, reject);
    request.onerror = () => reject(new TypeError('network'));
    request.onabort = () => reject(new DOMException('', 'AbortError'));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}

async function answer(request: XMLHttpRequest): Promise<Uploaded> {
  const { responseText, status, statusText } = request;
  const file = (await (await orProblem(new Response(responseText, { status, statusText }))).json()) as FileView;
  return { file, known: status === 200 };
}
