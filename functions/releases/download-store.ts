import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable, type Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

export const CODINGS = ['identity', 'gzip'] as const;
export type Coding = (typeof CODINGS)[number];

export type Download = {
  readonly coding: Coding;
  /** The length of the stream; `null` if it is not known. */
  readonly bytes: number | null;
  readonly stream: ReadableStream<Uint8Array>;
};

/** Keeps the files of releases on disk, as they are and compressed. */
export type DownloadStore = {
  /**
   * Opens a file of a release. The first call for it writes it, which other callers wait for. If the disk is full or cannot be written, the
   * text is computed while it is sent.
   * @param parts its text, piece by piece; read only if the file must be written
   */
  open(version: string, name: string, coding: Coding, parts: () => AsyncGenerator<string>): Promise<Download>;
};

/** Files are kept of the current release and of the previous one, which callers may still be downloading. */
const KEPT_VERSIONS = 2;
/** Bytes that are read from the disk at once. */
const READ_BYTES = 65_536;

/**
 * Keeps files in a directory, which is emptied at the first use: another version of this program may write other bytes.
 * @param directory on a disk, not in memory: the files of 100,000 branches have 130 MB
 */
export function createDownloadStore(directory: string): DownloadStore {
  let emptied: Promise<void> | undefined;
  const written = new Map<string, Promise<void>>();
  const versions = new Set<string>();

  async function removeOldVersions(version: string): Promise<void> {
    versions.delete(version);
    versions.add(version);
    for (const old of [...versions].slice(0, -KEPT_VERSIONS)) {
      versions.delete(old);
      for (const path of written.keys()) if (path.startsWith(join(directory, old, '/'))) written.delete(path);
      await rm(join(directory, old), { recursive: true, force: true });
    }
  }

  function ensureWritten(path: string, version: string, parts: () => AsyncGenerator<string>): Promise<void> {
    const known = written.get(path);
    if (known) return known;
    const writing = (async () => {
      emptied ??= rm(directory, { recursive: true, force: true });
      await emptied;
      await removeOldVersions(version);
      await writeBoth(path, parts());
    })();
    written.set(path, writing);
    writing.catch(() => written.delete(path));
    return writing;
  }

  async function openWritten(version: string, name: string, coding: Coding, parts: () => AsyncGenerator<string>) {
    const path = join(directory, version, name);
    await ensureWritten(path, version, parts);
    const coded = pathOf(path, coding);
    const file = await open(coded).catch(() => undefined);
    if (file) return toDownload(file, coding);
    // Somebody has emptied the directory.
    written.delete(path);
    await ensureWritten(path, version, parts);
    return toDownload(await open(coded), coding);
  }

  return {
    open: (version, name, coding, parts) =>
      openWritten(version, name, coding, parts).catch(() => unstoredDownload(parts())),
  };
}

const pathOf = (path: string, coding: Coding) => (coding === 'gzip' ? `${path}.gz` : path);

async function toDownload(file: FileHandle, coding: Coding): Promise<Download> {
  const { size } = await file.stat();
  const stream = Readable.toWeb(file.createReadStream({ highWaterMark: READ_BYTES }));
  return { coding, bytes: size, stream: stream as ReadableStream<Uint8Array> };
}

function unstoredDownload(parts: AsyncGenerator<string>): Download {
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => void (await parts.return(undefined)),
  });
  return { coding: 'identity', bytes: null, stream };
}

/** Writes a text as it is and compressed, slice by slice, and never holds more of it than a piece. */
async function writeBoth(path: string, parts: AsyncGenerator<string>): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  const [plain, gzip, compressed] = [createWriteStream(draft), createGzip(), createWriteStream(`${draft}.gz`)];
  gzip.pipe(compressed);
  const ends = Promise.all([plain, gzip, compressed].map((stream) => finished(stream)));
  try {
    const writing = (async () => {
      for await (const piece of parts) await Promise.all([write(plain, piece), write(gzip, piece)]);
      plain.end();
      gzip.end();
    })();
    await Promise.all([writing, ends]);
    for (const coding of CODINGS) await rename(pathOf(draft, coding), pathOf(path, coding));
  } catch (error) {
    for (const stream of [plain, gzip, compressed]) stream.destroy();
    for (const coding of CODINGS) await rm(pathOf(draft, coding), { force: true });
    throw error;
  }
}

/** Waits until the stream can take more. */
function write(stream: Writable, piece: string): Promise<void> {
  return new Promise((resolve, reject) => stream.write(piece, (error) => (error ? reject(error) : resolve())));
}
