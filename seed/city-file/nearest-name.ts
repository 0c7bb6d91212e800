import { editDistance } from '../../functions/model/text/edit-distance.ts';

/** The name that a misspelt one was probably meant to be: the same letters in another case, at most two edits, or a longer form of it. */
export function nearestName(given: string, names: readonly string[]): string | undefined {
  const folded = fold(given);
  const distances = names.map((name) => editDistance(folded, fold(name), 2) ?? Number.POSITIVE_INFINITY);
  const least = Math.min(...distances);
  if (least < Math.max(1, folded.length / 2)) return names[distances.indexOf(least)];
  return names.find((name) => folded.length > 2 && (fold(name).startsWith(folded) || folded.startsWith(fold(name))));
}

function fold(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
