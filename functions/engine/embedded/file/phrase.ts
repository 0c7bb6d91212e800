/** A phrase is an entry too; the blank before it keeps it apart from words, which never have one. */
export function phraseTerm(stems: readonly string[]): string {
  return ` ${stems.join(' ')}`;
}
