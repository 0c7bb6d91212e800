import { readSections } from './index-format.ts';
import { type IndexMetadata, readJson } from './index-metadata.ts';

/**
 * The version of the release that an index file holds, without the code that searches it.
 * @throws EngineError if the bytes are not an index, have another format, or are damaged
 */
export function indexedRelease(bytes: Uint8Array<ArrayBuffer>): string {
  return (readJson(readSections(bytes).metadata) as IndexMetadata).content.version;
}
