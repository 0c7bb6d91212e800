/// <reference path="./fold-to-ascii.d.ts" />
import asciiFolder from 'fold-to-ascii';
import { expect, it } from 'vitest';
import { fold } from '../../../../functions/model/text/tokenizer.ts';

/** The blocks of Latin letters whose folding this project has a table for. */
const BLOCKS = [
  [0xc6, 0x24f],
  [0x1e00, 0x1eff],
  [0xa730, 0xa7ff],
] as const;

it('every Latin letter that does not decompose is folded as Lucene’s filter folds it', () => {
  const letters = BLOCKS.flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, index) => String.fromCharCode(first + index)),
  ).filter((letter) => letter.normalize('NFKD') === letter);
  const lucene = letters.map((letter) => [letter, asciiFolder.foldMaintaining(letter).toLowerCase()]);
  expect(lucene.filter(([letter, folded]) => letter?.toLowerCase() !== folded).length).toBeGreaterThan(130);
  expect(letters.map((letter) => [letter, fold(letter)])).toEqual(lucene);
});
