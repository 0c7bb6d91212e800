import { han } from '../han-spacing.ts';
import type { WordingTexts } from './wording-texts.ts';

/** Chinese, in simplified characters. The noun comes after a number with 个, which every noun can have. */
export const wordingZh: WordingTexts = {
  place: { other: '地点' },
  texts: ({ number, date }, messages, { count, plural, arePlaces, hasFood, hasPermits }) => {
    const { groups, suggestionTypes, whyWord, locations } = messages;
    const since = hasPermits ? '许可证和时间之后可能已有变化。' : '地点和时间之后可能已有变化。';
    return {
      tagline: (city) => (!city || city.includes(plural) ? (city ?? plural) : han`${city} 的 ${plural}`),
      searchPlaceholder: hasFood ? '食品、名称或街名' : '名称或街名',
      suggestionTypes: { ...suggestionTypes, vendor: plural },
      favourites: `收藏的${plural}`,
      noFavourites: '还没有收藏。点按列表中的星标，即可收藏到这里。',
      openCount: (n) => han`${count(n)} 开放`,
      histogram: (day) => `${day}每小时开放的数量`,
      busiest: (time, n) => han`${time} 开放的最多：${count(n)}。`,
      noneOpenThatDay: '没有已知在这一天开放的。',
      groups: { ...groups, ...(hasFood ? {} : { category: '种类' }) },
      limitFilter: (n) => han`最多 ${count(n)}`,
      found: (hits, places) => (arePlaces || hits === places ? count(hits) : `${count(hits)}，${locations(places)}`),
      truncated: (shown) => han`显示前 ${count(shown)}。`,
      showMore: (n) => han`再显示 ${count(n)}`,
      nextPageFailed: '无法加载更多结果。',
      relaxed: (param, from, to) =>
        param === 'open_at'
          ? `那个时间没有${hasPermits ? '获准' : ''}开放的；以下在其他时间开放。`
          : messages.relaxed(param, from, to),
      exclusionNote: `以${hasPermits ? '许可证' : '市政名单'}所列为准；请到现场确认。`,
      without: (what, n) => `去掉“${what}”：${count(n)}`,
      noneOpen: (time) => han`${time} 没有已知开放的`,
      sample: '示例数据：内容是虚构的。',
      plainList: `一页查看所有${plural}`,
      partOnMap: (shown, total) => han`地图上显示 ${number(shown)} 个，共 ${count(total)}`,
      othersOnMap: '请放大地图并搜索此区域以查看其余地点。',
      permitDisclaimer: hasPermits ? '许可证说明获准在何时何地营业，并不表示现在就在那里。' : '地点和时间以数据为准。',
      staleData: (day) => han`这是 ${date(day)} 的数据，${since}`,
      staleReading: (day) => han`这是 ${date(day)} 读取的数据，${since}`,
      ...(hasFood
        ? {}
        : {
            searchLabel: '想找什么？',
            meals: { breakfast: '早上', lunch: '中午', dinner: '晚上', night: '深夜' },
            noItems: '',
            food: '详情',
            moreItems: '全部详情',
            fewerItems: '收起详情',
            emptyHelp: '每个词都必须相符。请减少或更换词语。',
            whyWord: (word, matched, field, quality) =>
              whyWord(word, matched, { items: '详情', category: '种类' }[field] ?? field, quality),
          }),
      ...(hasPermits
        ? {}
        : {
            anyStatus: '',
            searchAnyStatus: '',
            anyPermit: '',
            permitFilter: '任何状态',
            permitState: (status) => `状态：${status}`,
            permitEnded: (month) => han`已于 ${month} 到期`,
            permitEndedIn: (month, isOldData) => han`已于 ${month} 到期${isOldData ? '（数据较旧）' : ''}`,
            permitted: '开放时间',
            permit: '编号',
            permitLink: '市政府的网页',
            placeGone: '此链接中的地点不在列表中，可能已不存在。',
            pastItems: '以前：',
            whyTime: { open: '那时开放', closed: '那时不开放', unknown: '时间不详' },
          }),
    };
  },
};
