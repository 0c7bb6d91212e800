import { han } from '../han-spacing.ts';
import type { WordingTexts } from './wording-texts.ts';

/** Chinese, in traditional characters. The noun comes after a number with 個, which every noun can have. */
export const wordingZhTw: WordingTexts = {
  place: { other: '地點' },
  texts: ({ number, date }, messages, { count, plural, arePlaces, hasFood, hasPermits }) => {
    const { groups, suggestionTypes, whyWord, locations } = messages;
    const since = hasPermits ? '許可證和時間之後可能已有變化。' : '地點和時間之後可能已有變化。';
    return {
      tagline: (city) => (!city || city.includes(plural) ? (city ?? plural) : han`${city} 的 ${plural}`),
      searchPlaceholder: hasFood ? '食品、名稱或街名' : '名稱或街名',
      suggestionTypes: { ...suggestionTypes, vendor: plural },
      favourites: `收藏的${plural}`,
      noFavourites: '還沒有收藏。點按清單中的星號，即可收藏到這裡。',
      openCount: (n) => han`${count(n)} 開放`,
      histogram: (day) => `${day}每小時開放的數量`,
      busiest: (time, n) => han`${time} 開放的最多：${count(n)}。`,
      noneOpenThatDay: '沒有已知在這一天開放的。',
      groups: { ...groups, ...(hasFood ? {} : { category: '種類' }) },
      limitFilter: (n) => han`最多 ${count(n)}`,
      found: (hits, places) => (arePlaces || hits === places ? count(hits) : `${count(hits)}，${locations(places)}`),
      truncated: (shown) => han`顯示前 ${count(shown)}。`,
      showMore: (n) => han`再顯示 ${count(n)}`,
      nextPageFailed: '無法載入更多結果。',
      relaxed: (param, from, to) =>
        param === 'open_at'
          ? `該時段沒有${hasPermits ? '獲准' : ''}開放的；以下在其他時間開放。`
          : messages.relaxed(param, from, to),
      exclusionNote: `以${hasPermits ? '許可證' : '市政名單'}所列為準；請到現場確認。`,
      without: (what, n) => `去掉「${what}」：${count(n)}`,
      noneOpen: (time) => han`${time} 沒有已知開放的`,
      sample: '範例資料：內容是虛構的。',
      plainList: `在同一頁列出所有${plural}`,
      partOnMap: (shown, total) => han`地圖上顯示 ${number(shown)} 個，共 ${count(total)}`,
      othersOnMap: '請放大地圖並搜尋此區域，以查看其餘地點。',
      permitDisclaimer: hasPermits ? '許可證說明獲准在何時何地營業，不代表現在就在那裡。' : '地點和時間以資料為準。',
      staleData: (day) => han`這是 ${date(day)} 的資料，${since}`,
      staleReading: (day) => han`這是 ${date(day)} 讀取的資料，${since}`,
      ...(hasFood
        ? {}
        : {
            searchLabel: '想找什麼？',
            meals: { breakfast: '早上', lunch: '中午', dinner: '晚上', night: '深夜' },
            noItems: '',
            food: '詳情',
            moreItems: '全部詳情',
            fewerItems: '收起詳情',
            emptyHelp: '每個詞都必須相符。請減少或更換詞語。',
            whyWord: (word, matched, field, quality) =>
              whyWord(word, matched, { items: '詳情', category: '種類' }[field] ?? field, quality),
          }),
      ...(hasPermits
        ? {}
        : {
            anyStatus: '',
            searchAnyStatus: '',
            anyPermit: '',
            permitFilter: '任何狀態',
            permitState: (status) => `狀態：${status}`,
            permitEnded: (month) => han`已於 ${month} 到期`,
            permitEndedIn: (month, isOldData) => han`已於 ${month} 到期${isOldData ? '（資料較舊）' : ''}`,
            permitted: '開放時間',
            permit: '編號',
            permitLink: '市政府的網頁',
            placeGone: '此連結的地點不在清單中，可能已不存在。',
            pastItems: '以前：',
            whyTime: { open: '當時開放', closed: '當時不開放', unknown: '時間不詳' },
          }),
    };
  },
};
