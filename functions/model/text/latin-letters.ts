/**
 * Latin letters that NFKD leaves as they are, after the ASCII letters that Lucene's ASCIIFoldingFilter writes for them. Capitals are
 * listed only where their small letter is not. The package `fold-to-ascii` has the filter's whole table, which is 4.2 kB larger
 * compressed (2026-11-26) and differs for no letter of these blocks: a test compares them.
 */
const LETTERS = [
  'ss ß ae æ d ðđƉƊƌȡꝺ o øƆƟꝋꝍ th þꝧ h ħ i ıƖƗꟾ q ĸɋꝗꝙ l łƚȴꝇꝉꞁ n ŋƝƞȵ oe œ t ŧƫƭƮȶȾꞆ b ƀƁƃ c ƈȼꜿ',
  'a ƏȺ e Ɛǝɇ f ƒꜰꝼꟻ g ƓǥꝽꝿ hv ƕ k ƙꝁꝃꝅ m Ɯꟽꟿ p ƥꝑꝓꝕꟼ v ƲɅỼꝟꝨ y ƴɏỿ z ƶȝȥɀꝣ w ƿ ou ȣ j ȷɉ db ȸ',
  'qp ȹ s ȿẜẝꜱꞅ u Ʉ r ɍꝛꞃ ll ỻ aa ꜳ ao ꜵ au ꜷ av ꜹꜻ ay ꜽ oo ꝏ vy ꝡ',
].join(' ');

const pairs = LETTERS.split(' ');
const ascii = new Map(
  pairs.flatMap((to, at) => (at % 2 === 0 ? Array.from(pairs[at + 1] ?? '', (letter) => [letter, to] as const) : [])),
);

/** The ASCII form of a Latin letter, in lower case; the letter itself if it has none. */
export function asciiLetter(letter: string): string {
  return ascii.get(letter) ?? ascii.get(letter.toLowerCase()) ?? letter;
}
