import type { LocaleFormats } from '../locale-formats.ts';
import type { Messages } from './en.ts';

// Over 250 lines because each language is one file, so that a translator sees all of it.

/** The page in Chinese, in simplified characters. */
export const zh = ({ number, date }: LocaleFormats): Messages => {
  const vendors = (n: number) => `${number(n)} 家餐车`;
  const locations = (n: number) => `${number(n)} 个地点`;
  return {
    name: 'Curbside',
    tagline: (city) => (city ? `${city} 的街头美食` : '身边的街头美食'),
    title: (what, city) => [what, 'Curbside', city].filter(Boolean).join(' · '),
    skip: '跳到列表',
    language: '语言',

    searchLabel: '想吃点什么？',
    searchPlaceholder: '英文菜名、店名或街名，如 tacos',
    searchButton: '搜索',
    suggestions: '搜索建议',
    suggestionsShown: (n) => `${number(n)} 条建议`,
    suggestionTypes: { food: '美食', vendor: '餐车', area: '街区', intersection: '从这附近计算距离' },
    intersection: (a, b) => `${a} 与 ${b} 路口`,
    nearMe: '我附近',
    locating: '正在定位…',
    anyStatus: '包括未获批准的许可证',
    hoursKnown: '只看时间明确的',
    sortLabel: '排序',
    sorts: { best: '最相关', distance: '最近', name: '按名称' },
    fromHere: '距离从您的位置按直线计算',
    fromPin: '距离从您的图钉按直线计算',
    fromPlace: (place) => `距离从 ${place} 按直线计算`,
    fromPoint: (lat, lon) => `距离从 ${lat}, ${lon} 按直线计算`,
    remove: (what) => `移除“${what}”`,

    whenLabel: '时间',
    timeOptions: { any: '任何时间', now: '正在营业', at: '选择时间' },
    dayLabel: '星期',
    timeLabel: '时刻',
    openAt: (time) => `${time} 营业`,
    openCount: (n) => `${vendors(n)}营业`,
    unknownHoursCount: (n) => `${number(n)} 家时间不详`,
    histogram: (day) => `${day}每小时营业的餐车数`,
    busiest: (time, n) => `${time} 营业的最多：${vendors(n)}。`,
    noneOpenThatDay: '没有已知在这一天营业的餐车。',
    openForFilter: (minutes) => `至少再营业 ${number(minutes)} 分钟`,

    filters: '筛选',
    filtersOn: (n) => `筛选：已启用 ${number(n)} 项`,
    groups: { category: '美食', facility: '类型', area: '街区' },
    moreValues: (n) => `另外 ${number(n)} 项`,
    fewerValues: '收起',
    within: '范围',
    withinAny: '不限距离',
    withinFilter: (distance) => `${distance}以内`,
    boxFilter: '地图的这一部分',
    limitFilter: (n) => `最多 ${number(n)} 家`,
    permitFilter: '任何状态的许可证',
    clearFilters: '清除所有筛选',

    locationErrors: {
      denied: '浏览器没有提供您的位置。请在网站设置中允许，或者在地图上放一个图钉。',
      unavailable: '暂时无法确定您的位置，请稍后再试。',
      timeout: '定位用时过长，请稍后再试。',
      unsupported: '此浏览器无法定位，或者本页面不是通过 HTTPS 打开的。',
    },

    resultsHeading: '结果',
    found: (hits, places) => `找到 ${vendors(hits)}，共 ${locations(places)}`,
    foundWithin: (distance) => `${distance}以内`,
    truncated: (shown) => `显示前 ${number(shown)} 家。`,
    showMore: (n) => `再显示 ${number(n)} 家`,
    relaxed: (param, from, to) => {
      switch (param) {
        case 'q':
          return `没有与“${from}”相符的结果；以下是“${to}”的结果。`;
        case 'open_at':
          return '那个时间没有获准营业的餐车；以下在其他时间营业。';
        case 'radius':
          return `${from}以内没有结果；以下在 ${to}以内。`;
        case 'bbox':
          return '地图的那一部分没有结果；以下在其周围。';
      }
    },
    understood: (as, text, means, isLocated) => {
      switch (as) {
        case 'excluded':
          return `不含${means}。`;
        case 'open_now':
          return '只显示现在获准营业的。';
        case 'near_me':
          return isLocated ? null : `“${text}”需要位置：请按“我附近”或放置图钉。`;
        default:
          return null;
      }
    },
    searching: '正在搜索…',
    locations,
    moreItems: (n) => `另外 ${number(n)} 种`,
    fewerItems: '收起',
    moreBranches: (n) => `另外 ${locations(n)}`,
    fewerBranches: '收起地点',
    noItems: '未列出食品',
    noAddress: '未列出地址',
    showOnMap: '在地图上显示',
    permitState: (status) => `许可证：${status}`,

    idleHeading: '街边有什么好吃的？',
    idleIntro: (city, n, sample) =>
      `按美食、店名或街道查找${city ? ` ${city} ` : ''}的餐车和小推车。${
        n ? `${sample ? '示例数据' : '市政名单'}中有 ${vendors(n.vendors)}、${locations(n.branches)}。` : ''
      }`,
    idleTry: '试试这些',
    examples: ['tacos', 'coffee', 'vegan'],
    showOpen: '现在营业的餐车',
    showAll: '显示所有已批准的',

    emptyHeading: (q) => (q ? `没有找到“${q}”` : '这里什么也没有'),
    emptyHelp: '每个词都必须相符。请减少或更换词语，或者试试：',
    searchAnyStatus: '搜索任何状态的许可证',
    clear: '清除搜索',
    filteredOut: '没有符合这些筛选条件的结果',
    without: (what, n) => `去掉“${what}”：${vendors(n)}`,
    allHoursUnknown: '不清楚它们那时是否营业：名单中没有营业时间。',
    noneOpen: (time) => `${time} 没有已知营业的餐车`,
    opensNext: '接下来营业的：',

    failures: {
      offline: { heading: '您已离线', help: '搜索需要网络连接。恢复连接后会自动重新搜索。' },
      unreachable: { heading: '无法连接到搜索服务', help: '服务器没有响应。请检查网络后重试。' },
      refused: { heading: '无法进行此搜索', help: '本页地址中有无法使用的内容：' },
      unavailable: { heading: '搜索服务暂时不可用', help: '服务器出现问题，请稍后重试。' },
    },
    retry: '重试',
    requestId: (id) => `请求 ${id}`,
    metaFailed: '无法加载城市轮廓和数据来源。',
    saved: (when) => `您已离线。这是 ${when} 保存的结果。`,

    sample: '示例数据：这些餐车是虚构的。路口是真的，餐车不是。',
    dataUpdated: '此页面打开期间数据已更新。',
    asOf: (day) => `数据日期：${date(day)}`,
    staleData: (day) => `这是 ${date(day)} 的数据，许可证和营业时间之后可能已有变化。`,
    source: '来源',
    realSource: '真实数据',
    licence: '许可协议',
    download: '下载此列表',
    plainList: '一页查看所有餐车',
    permitDisclaimer: '许可证说明餐车获准在何时何地营业，并不表示它现在就在那里。',
    openFullPage: '在单独页面中打开',

    sheet: { peek: '已收起', half: '盖住一半地图', full: '盖住地图' },
    sheetGrip: '列表高度',

    map: (city) => (city ? `${city} 地图` : '地图'),
    zoomIn: '放大',
    zoomOut: '缩小',
    outlineOnly: '仅有轮廓，没有街道图',
    searchHere: '搜索此区域',
    searchOnMove: '移动地图时自动搜索',
    pinButton: '放置图钉',
    setPin: '从地图中心计算距离',
    pin: '图钉：距离从这里计算。可拖动或用方向键移动。',
    marker: (vendor, address, state) => [vendor, address, state].filter(Boolean).join('，'),
    cluster: (n) => `${locations(n)}：放大查看`,
    close: '关闭',
    permitted: '获准营业时间',
    address: '地址',
    food: '美食',
    permit: '许可证',
    expires: (day) => `有效期至 ${date(day)}`,
    directions: '路线',
    directionsGoogle: 'Google 地图',
    directionsApple: 'Apple 地图',
    directionsOsm: 'OpenStreetMap',
    directionsApp: '地图应用',
    permitLink: '市政府的许可证页面',
    newTab: '在新标签页打开',
    calendar: '加入日历',
    share: '分享',
    copied: '链接已复制',
    copyFailed: '请复制此链接：',
    measureHere: '从这里计算距离',

    why: '为什么是它？',
    whyLoading: '正在查询…',
    whyFailed: '无法查询。',
    whyNothing: '它符合筛选条件。',
    whyWord: (word, matched, field, quality) => {
      const place =
        { items: '菜品', name: '名称', category: '美食类型', address: '地址', area: '街区' }[field] ?? field;
      if (quality === 'exact') return `${place}中有“${word}”`;
      if (quality === 'synonym') return `${place}中有“${word}”的同义词`;
      if (quality.startsWith('typo')) return `${place}中有“${matched}”，您可能想找它而写成了“${word}”`;
      return `${place}中有“${matched}”，与“${word}”相符`;
    },
    whyNear: (distance) => `直线距离 ${distance}`,
    whyTime: { open: '那时获准营业', closed: '那时不营业', unknown: '营业时间不详' },

    openUntil: (time) => `营业至 ${time}`,
    closesIn: (minutes) => `${number(minutes)} 分钟后结束营业`,
    openAlways: '全天候营业',
    opens: (time) => `${time} 开始营业`,
    closed: '未营业',
    hoursUnknown: '时间不详',
    hoursIncomplete: '其他时间也可能营业：市政名单在此处被截断',
    allWeek: '每天 24 小时',
    everyDay: '每天',
    allDay: '全天',

    facilities: { truck: '餐车', push_cart: '小推车', food_vendor: '食品摊贩', unknown: '未说明' },
    statuses: {
      approved: '已批准',
      requested: '申请中',
      expired: '已过期',
      suspend: '已暂停',
      suspended: '已暂停',
      issued: '已签发',
      inactive: '已停用',
      onhold: '已搁置',
      on_hold: '已搁置',
      postapproved: '事后批准',
      post_approved: '事后批准',
      unknown: '状态不详',
    },
    categories: {
      african: '非洲菜',
      asian: '亚洲菜',
      bakery: '烘焙',
      bbq: '烧烤',
      bowls: '盖饭和碗餐',
      breakfast: '早餐',
      burgers: '汉堡',
      caribbean: '加勒比菜',
      chicken: '鸡肉',
      chinese: '中餐',
      coffee: '咖啡',
      cold_truck: '预包装食品',
      curry: '咖喱',
      desserts: '甜品',
      drinks: '饮料',
      european: '欧洲菜',
      filipino: '菲律宾菜',
      fries: '薯条',
      fruit: '水果',
      halal: '清真',
      hawaiian: '夏威夷菜',
      hot_dogs: '热狗',
      ice_cream: '冰淇淋',
      indian: '印度菜',
      japanese: '日本料理',
      juice: '果汁',
      korean: '韩国料理',
      latin: '拉美菜',
      mediterranean: '地中海菜',
      mexican: '墨西哥菜',
      pizza: '披萨',
      salads: '沙拉',
      sandwiches: '三明治',
      seafood: '海鲜',
      smoothies: '奶昔',
      snacks: '小吃',
      soups: '汤',
      southern: '美国南方菜',
      tea: '茶',
      thai: '泰国菜',
      vegan: '纯素',
      vegetarian: '素食',
      vietnamese: '越南菜',
    },
  };
};
