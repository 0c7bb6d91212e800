import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { SourceError } from '../load-errors.ts';
import { MAX_SOURCE_BYTES, tooLarge } from '../table/bytes.ts';

type FileOptions = {
  /** The file's name in messages. */
  readonly label: string;
  readonly onBytes: (done: number, total: number | null) => void;
};

/**
 * Reads a file, or a pipe such as `/dev/stdin`, of at most {@link MAX_SOURCE_BYTES}. `changedAt` is its modification time as RFC 3339.
 * @throws SourceError
 */
export async function readLocalFile(
  path: string,
  { label, onBytes }: FileOptions,
): Promise<{ body: Uint8Array; changedAt: string }> {
  try {
    const { size, mtime } = await stat(path);
    if (size > MAX_SOURCE_BYTES) throw tooLarge(label);
    const chunks: Buffer[] = [];
    let done = 0;
    for await (const chunk of createReadStream(path)) {
      chunks.push(chunk);
      done += chunk.length;
      if (done > MAX_SOURCE_BYTES) throw tooLarge(label);
      onBytes(done, size > 0 ? size : null);
    }
    return { body: Buffer.concat(chunks), changedAt: mtime.toISOString() };
  } catch (error) {
    throw error instanceof SourceError ? error : unreadable(error, label);
  }
}

const CAUSES: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file: check the path',
  ENOTDIR: 'there is no such file: check the path',
  EISDIR: 'is a directory: give the path of a file',
  EACCES: 'cannot be read: change its permissions',
  EPERM: 'cannot be read: change its permissions',
};

function unreadable(error: unknown, label: string): SourceError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const what = CAUSES[code] ?? `cannot be read (${error instanceof Error ? error.message : String(error)})`;
  return new SourceError(label, what, {}, { cause: error });
}
