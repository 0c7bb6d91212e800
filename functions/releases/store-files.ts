import { StoreUnavailableError } from '../engine/engine.ts';

/** The files of a store of releases: of a directory, or of a bucket. */
export type StoreFiles = {
  /** The name of a file in messages. */
  place(path: string): string;
  /** `undefined`: the file does not exist. @param path relative to the store @throws StoreUnavailableError */
  read(path: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** All folders that may be releases, in no order, and when each was written. @throws StoreUnavailableError */
  folders(): Promise<readonly { readonly name: string; readonly writtenMs: number }[]>;
};

/** @throws Error when there is no such file. @throws StoreUnavailableError */
export async function readExisting(files: StoreFiles, path: string): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await files.read(path);
  if (!bytes) throw new Error(`${path.slice(path.indexOf('/') + 1)} is not there (no such file)`);
  return bytes;
}

/** For what counts as missing when it is damaged. @throws StoreUnavailableError for what cannot be read now, but may be whole */
export function unlessUnavailable(error: unknown): undefined {
  if (error instanceof StoreUnavailableError) throw error;
}

export function textOf(bytes: Uint8Array<ArrayBuffer>): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
}
