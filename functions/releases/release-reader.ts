import type { Provenance, Release } from '../model/release.ts';
import type { ReleasePointer } from './pointer.ts';

/** Reads the releases of one store: a directory or a bucket. */
export type ReleaseReader = {
  /** `undefined` before the first publication. @throws EngineError when it is damaged or cannot be read. */
  pointer(): Promise<ReleasePointer | undefined>;
  /** @throws EngineError when the release is missing, damaged, or of another format. */
  release(version: string): Promise<Release>;
  /** @throws EngineError */
  provenance(version: string): Promise<Provenance>;
  /** The index file; `undefined` when the release has none. @throws Error */
  index(version: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /**
   * The text of another file of a release; `undefined` when the release has none of that name.
   * @param name never a path from a caller @throws EngineError
   */
  text(version: string, name: string): Promise<string | undefined>;
};
