import { describe, expect, it } from 'vitest';
import { NO_DATA_WORDS } from '../../../../../functions/model/text/parsed-query.ts';
import { parserOf } from '../../../../../functions/model/text/parser-of-release.ts';
import { zh } from '../../../../../functions/model/text/vocabulary/chinese.ts';
import { traditionalForm } from '../../../../../functions/model/text/vocabulary/traditional.ts';
import { streetFoodSynonyms } from '../../../../../seed/food/synonyms.ts';
import { isTraditional } from '../../../../fixtures/big5.ts';

const words = [
  ...new Set(
    Object.values(zh)
      .join(' ')
      .match(/\p{Script=Han}+/gu) ?? [],
  ),
];
const parse = parserOf({ city: { synonyms: streetFoodSynonyms }, words: NO_DATA_WORDS });
const reading = (text: string) =>
  parse({ text, strict: false, exclude: [] }).understood.map(({ as, means }) => [as, ...means]);

describe('the Chinese vocabulary', () => {
  it('has the traditional form of every word, in characters that Taiwan has', () => {
    expect(words.length).toBeGreaterThan(500);
    expect(words.filter((word) => !isTraditional(traditionalForm(word)))).toEqual([]);
    expect(words.filter((word) => !words.includes(traditionalForm(word)))).toEqual([]);
  });

  it.each([
    ['热狗', '熱狗'],
    ['炒面', '炒麵'],
    ['墨西哥卷饼', '墨西哥捲餅'],
    ['松饼', '鬆餅'],
    ['饼干', '餅乾'],
    ['哪里有海鲜', '哪裡有海鮮'],
    ['汉堡 不要猪肉', '漢堡 不要豬肉'],
    ['有没有素食餐车', '有沒有素食餐車'],
    ['现在营业的咖啡', '現在營業的咖啡'],
    ['无麸质面包', '無麩質麵包'],
    ['离我最近的饺子', '離我最近的餃子'],
    ['花生过敏', '花生過敏'],
  ])('%s is read as %s', (simplified, traditional) => {
    expect(traditionalForm(simplified)).toBe(traditional);
    expect(reading(traditional)).toEqual(reading(simplified));
    expect(reading(traditional).some(([, ...means]) => means.length > 0)).toBe(true);
  });
});
