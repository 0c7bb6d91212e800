import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compileFood } from '../../../seed/city-file/compile-food.ts';
import { undescribedTable } from '../../../seed/proposal/found-table.ts';
import type { Proposal } from '../../../seed/proposal/proposal.ts';
import { proposalText } from '../../../seed/proposal/proposal-text.ts';
import { propose } from '../../../seed/proposal/propose.ts';
import { readTable } from '../../../seed/table/read-table.ts';

/** The path of an invented list. */
export const list = (name: string) => fileURLToPath(new URL(`lists/${name}`, import.meta.url));

/** The proposal for a file that nobody has described, and its text. */
export function proposalFor(
  path: string,
  bytes: Uint8Array = readFileSync(path),
): { proposal: Proposal; text: string } {
  const table = readTable(bytes, path);
  const proposal = propose(undescribedTable(path, 'a file'), table, compileFood());
  return { proposal, text: proposalText(proposal, table) };
}

/** Our fields to the proposed columns, places included. */
export function columnsOf({ places, fields }: Proposal): Record<string, string> {
  return Object.fromEntries([
    ...Object.entries(places.columns).map(([field, { name }]) => [field, name]),
    ...fields.map(({ field, column }) => [field, column.name]),
  ]);
}
