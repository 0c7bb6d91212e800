import type { LanguageVocabulary } from './language-vocabulary.ts';

/**
 * Each simplified character of the vocabulary with its traditional form, as OpenCC 1.4 writes it in these words for Taiwan (s2tw). Where a
 * character has several forms, it is the one of food and questions: 面 is a noodle here (麵), and never a face.
 */
const PAIRS = `
  与與 业業 东東 两兩 个個 丽麗 么麼 义義 乐樂 买買 亚亞 们們 优優 会會 儿兒 关關 几幾 别別 制製 华華 卖賣 卷捲 厅廳 吗嗎 国國 坚堅 宾賓 对對 寿壽 带帶
  干乾 开開 摊攤 无無 时時 条條 来來 松鬆 柠檸 欧歐 汉漢 汤湯 没沒 洁潔 浓濃 点點 烧燒 热熱 犹猶 猪豬 玛瑪 现現 盐鹽 盖蓋 着著 矿礦 离離 类類 系係 红紅
  纯純 纸紙 给給 绿綠 缩縮 肠腸 腊臘 苏蘇 荐薦 营營 萨薩 葱蔥 虾蝦 蚝蠔 蛎蠣 请請 诺諾 谁誰 调調 谢謝 贝貝 质質 费費 车車 软軟 边邊 过過 还還 这這 酱醬
  里裡 钱錢 铁鐵 铃鈴 门門 问問 面麵 韩韓 颂頌 饭飯 饮飲 饺餃 饼餅 饿餓 馅餡 馆館 马馬 鱼魚 鱿魷 鲁魯 鲜鮮 鳄鱷 鸡雞 鸭鴨 麸麩 龙龍
`;

const FORMS = new Map(
  PAIRS.trim()
    .split(/\s+/)
    .map(([simplified = '', traditional = '']) => [simplified, traditional]),
);

/** A word of the vocabulary in traditional characters. */
export function traditionalForm(word: string): string {
  return Array.from(word, (character) => FORMS.get(character) ?? character).join('');
}

/** The vocabulary with the traditional form of each word next to it, where it differs. */
export function withTraditionalForms(vocabulary: LanguageVocabulary): LanguageVocabulary {
  const { fillers, ignored, ...lists } = vocabulary;
  const commas = Object.entries(lists).map(([part, text]) => [part, withForms(text, ', ')]);
  return {
    ...vocabulary,
    ...Object.fromEntries(commas),
    fillers: withForms(fillers, ' '),
    ignored: withForms(ignored, ' '),
  };
}

/** Adds the forms at the end of each line. */
function withForms(text: string, separator: string): string {
  const lines = text.split('\n').map((line) => {
    const forms = (line.match(/\p{Script=Han}+/gu) ?? []).flatMap((word) => {
      const form = traditionalForm(word);
      return form === word ? [] : [form];
    });
    return [line, ...forms].join(separator);
  });
  return lines.join('\n');
}
