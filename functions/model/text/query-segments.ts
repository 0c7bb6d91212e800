/** A piece of a question: what is written in quotation marks or after a minus stays as it is. */
export type Segment = {
  readonly kind: 'plain' | 'quoted' | 'excluded';
  /** Without quotation marks and minus. */
  readonly text: string;
  /** Where `text` begins in the question. */
  readonly start: number;
};

/** A minus counts at the start of a word only: `hot-dog` has none. Quotation marks come in pairs, straight or as languages write them. */
const MARKED =
  /(?<![^\s,;(])(-)?(?:"([^"]+)"|\u201c([^\u201d]+)\u201d|\u201e([^\u201c\u201d]+)[\u201c\u201d]|\u00ab([^\u00bb]+)\u00bb|\u300c([^\u300d]+)\u300d)|(?<![^\s,;(])-(?=[\p{L}\p{N}])([^\s,;]+)/gu;

/** Cuts a question into pieces, in its order. */
export function querySegments(question: string): Segment[] {
  const segments: Segment[] = [];
  const plain = (from: number, to: number) => {
    if (question.slice(from, to).trim() !== '') {
      segments.push({ kind: 'plain', text: question.slice(from, to), start: from });
    }
  };
  let at = 0;
  for (const match of question.matchAll(MARKED)) {
    const [all, minus, ...quoted] = match;
    const word = quoted.pop();
    const text = quoted.find((one) => one !== undefined) ?? word ?? '';
    plain(at, match.index);
    const isExcluded = minus !== undefined || word !== undefined;
    segments.push({ kind: isExcluded ? 'excluded' : 'quoted', text, start: match.index + all.indexOf(text) });
    at = match.index + all.length;
  }
  plain(at, question.length);
  return segments;
}
