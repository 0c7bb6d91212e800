/**
 * A template for Chinese texts, which have a blank next to Latin letters and digits only: the blanks around a value disappear where
 * Chinese characters or punctuation meet on both sides. `营业至 ${time}` is `营业至 11:00`, and `营业至下午2:00`.
 */
export function han(strings: TemplateStringsArray, ...values: readonly (string | null)[]): string {
  return values.reduce<string>(
    (text, value, index) => joinHan(joinHan(text, value ?? ''), strings[index + 1] ?? ''),
    strings[0] ?? '',
  );
}

function joinHan(left: string, right: string): string {
  if (right === '') return left;
  const isGap = left.endsWith(' ') || right.startsWith(' ');
  const [before, after] = [left.trimEnd(), right.trimStart()];
  return isGap && /[\p{Script=Han}，。：；）」”]$/u.test(before) && /^[\p{Script=Han}（「“]/u.test(after)
    ? before + after
    : left + right;
}
