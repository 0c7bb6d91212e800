import type { Box } from '../../../model/geo.ts';
import type { ReleaseContent } from '../../../model/release.ts';
import type { DataWords } from '../../../model/text/parsed-query.ts';

/** The part of an index that is stored as JSON: the release without its vendors, and the values to which columns refer by index. */
export type IndexMetadata = {
  readonly content: Omit<ReleaseContent, 'vendors'>;
  /** The smallest box around all branches. */
  readonly bounds: Box;
  readonly vendors: number;
  readonly branches: number;
  readonly statuses: readonly string[];
  readonly facilities: readonly string[];
  /** `null` is the area of branches that have none. */
  readonly areas: readonly (string | null)[];
  readonly categories: readonly string[];
  /** Patterns of permit page URLs; U+0000 is the placeholder for the permit. */
  readonly permitPages: readonly string[];
  /** What the query parser must know of the data. */
  readonly words: DataWords;
  /** The totals of each status. */
  readonly statusTotals: readonly { readonly vendors: number; readonly branches: number }[];
};

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function writeJson(value: unknown): Uint8Array {
  return encoder.encode(JSON.stringify(value));
}

export function readJson(bytes: Uint8Array): unknown {
  return JSON.parse(decoder.decode(bytes));
}
