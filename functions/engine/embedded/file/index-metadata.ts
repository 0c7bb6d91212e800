import type { Box } from '../../../model/geo.ts';
import type { ReleaseContent } from '../../../model/release.ts';

/** What is small and stands in an index as JSON: the release without its vendors, and what the columns' numbers mean. */
export type IndexMetadata = {
  readonly content: Omit<ReleaseContent, 'vendors'>;
  /** The smallest box around all branches. */
  readonly bounds: Box;
  readonly vendors: number;
  readonly branches: number;
  /** Values as the data has them; area `null` is that of branches without one. */
  readonly statuses: readonly string[];
  readonly facilities: readonly string[];
  readonly areas: readonly (string | null)[];
  readonly categories: readonly string[];
  /** Addresses of permits' pages, U+0000 for the permit's name. */
  readonly permitPages: readonly string[];
  /** Vendors and branches of each status. */
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
