/** A number with its noun: `1 row`, `2 rows`, `3 branches`. */
export function amount(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}
