import { StoreUnavailableError } from '../engine/engine.ts';

export type FileChunks = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** The files of a store of releases: of a directory, or of a bucket. */
export type StoreFiles = {
  /** The name of a file in messages. */
  place(path: string): string;
  /** `undefined`: the file does not exist. @param path relative to the store @throws StoreUnavailableError */
  read(path: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /**
   * The same, chunk by chunk. A chunk may be overwritten by the next one. Iterate over all of them, or call `return`.
   * @throws StoreUnavailableError, also while it is iterated over
   */
  chunks(path: string): Promise<FileChunks | undefined>;
  /** All folders that may be releases, in no order, and when each was written. @throws StoreUnavailableError */
  folders(): Promise<readonly { readonly name: string; readonly writtenMs: number }[]>;
};

/** @throws Error when there is no such file. @throws StoreUnavailableError */
export async function readExisting(files: StoreFiles, path: string): Promise<Uint8Array<ArrayBuffer>> {
  return (await files.read(path)) ?? missing(path);
}

/** Like {@link readExisting}, chunk by chunk. */
export async function existingChunks(files: StoreFiles, path: string): Promise<FileChunks> {
  return (await files.chunks(path)) ?? missing(path);
}

function missing(path: string): never {
  throw new Error(`${path.slice(path.indexOf('/') + 1)} is not there (no such file)`);
}

/** For what counts as missing when it is damaged. @throws StoreUnavailableError for what cannot be read now, but may be whole */
export function unlessUnavailable(error: unknown): undefined {
  if (error instanceof StoreUnavailableError) throw error;
}

export function textOf(bytes: Uint8Array<ArrayBuffer>): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
}
