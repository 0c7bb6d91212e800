import type { LocaleFormats } from '../locale-formats.ts';
import type { Messages } from './en.ts';

// Over 250 lines because each language is one file, so that a translator sees all of it.

/** The page in Russian. */
export const ru = ({ plural, number, date }: LocaleFormats): Messages => {
  const vendors = (n: number) => plural(n, { one: '# продавец', few: '# продавца', other: '# продавцов' });
  const places = (n: number) => plural(n, { one: '# место', few: '# места', other: '# мест' });
  const inPlaces = (n: number) => plural(n, { one: '# месте', other: '# местах' });
  return {
    name: 'Curbside',
    tagline: (city) => (city ? `Уличная еда: ${city}` : 'Уличная еда рядом с вами'),
    title: (what, city) => [what, 'Curbside', city].filter(Boolean).join(' · '),
    skip: 'Перейти к списку',
    language: 'Язык',

    searchLabel: 'Чего бы вам хотелось?',
    searchPlaceholder: 'По-английски: tacos, coffee, улица…',
    searchButton: 'Найти',
    suggestions: 'Подсказки',
    suggestionsShown: (n) => plural(n, { one: '# подсказка', few: '# подсказки', other: '# подсказок' }),
    suggestionTypes: { food: 'Еда', vendor: 'Продавец', area: 'Район', intersection: 'Расстояния примерно отсюда' },
    intersection: (a, b) => `Угол ${a} и ${b}`,
    nearMe: 'Рядом со мной',
    locating: 'Ищем вас…',
    anyStatus: 'Также неутверждённые разрешения',
    hoursKnown: 'Только с известными часами',
    sortLabel: 'Порядок',
    sorts: { best: 'Подходящие', distance: 'Ближайшие', name: 'По названию' },
    fromHere: 'Расстояния по прямой от вас',
    fromPin: 'Расстояния по прямой от вашей метки',
    fromPlace: (place) => `Расстояния по прямой от: ${place}`,
    fromPoint: (lat, lon) => `Расстояния по прямой от точки ${lat}, ${lon}`,
    remove: (what) => `Убрать «${what}»`,

    whenLabel: 'Когда',
    timeOptions: { any: 'Любое время', now: 'Открыто сейчас', at: 'Выбрать время' },
    dayLabel: 'День',
    timeLabel: 'Время',
    openAt: (time) => `Открыто: ${time}`,
    openCount: (n) => `Открыто: ${number(n)}`,
    unknownHoursCount: (n) => `часы неизвестны: ${number(n)}`,
    histogram: (day) => `Сколько продавцов открыто по часам, ${day}`,
    busiest: (time, n) => `Больше всего открыто в ${time}: ${number(n)}.`,
    noneOpenThatDay: 'Неизвестно, открыт ли кто-нибудь в этот день.',
    openForFilter: (minutes) =>
      `Открыто ещё ${plural(minutes, { one: '# минуту', few: '# минуты', other: '# минут' })}`,

    filters: 'Фильтры',
    filtersOn: (n) => `Фильтры: включено ${number(n)}`,
    groups: { category: 'Еда', facility: 'Вид точки', area: 'Район' },
    moreValues: (n) => `Ещё ${number(n)}`,
    fewerValues: 'Меньше',
    within: 'В пределах',
    withinAny: 'Любое расстояние',
    withinFilter: (distance) => `Не дальше ${distance}`,
    boxFilter: 'В этой части карты',
    limitFilter: (n) => `Не больше ${plural(n, { one: '# продавца', other: '# продавцов' })}`,
    permitFilter: 'Разрешения в любом состоянии',
    clearFilters: 'Убрать все фильтры',

    locationRough: (within: string) =>
      `Ваше положение известно лишь с точностью до ${within}, поэтому расстояния приблизительны.`,
    locationFar: (distance: string, city: string) => `До города ${city} от вас около ${distance}.`,
    measureAnyway: 'Всё равно считать отсюда',
    locationErrors: {
      denied:
        'Браузер не сообщил, где вы. Разрешите это в настройках сайта, чтобы увидеть ближайшее, или поставьте метку на карте.',
      unavailable: 'Сейчас не удаётся определить, где вы. Попробуйте чуть позже.',
      timeout: 'Поиск вашего положения занял слишком много времени. Попробуйте чуть позже.',
      unsupported: 'Этот браузер не может определить, где вы, или страница открыта не по HTTPS.',
    },

    resultsHeading: 'Результаты',
    found: (hits, locations) =>
      `${plural(hits, { one: 'Найден', other: 'Найдено' })} ${vendors(hits)} в ${inPlaces(locations)}`,
    foundWithin: (distance) => `не дальше ${distance}`,
    truncated: (shown) => plural(shown, { one: 'Показан первый #.', other: 'Показаны первые #.' }),
    showMore: (n) => `Показать ещё ${number(n)}`,
    relaxed: (param, from, to) => {
      switch (param) {
        case 'q':
          return `По запросу «${from}» ничего нет; показано для «${to}».`;
        case 'open_at':
          return 'В это время никому не разрешено работать; эти работают в другое время.';
        case 'radius':
          return `В пределах ${from} ничего нет; эти в пределах ${to}.`;
        case 'bbox':
          return 'В этой части карты ничего нет; эти рядом с ней.';
      }
    },
    understood: 'Как понят запрос',
    exactWords: 'Только эти слова',
    noFood: (food) => `Без ${food}`,
    exclusionNote: 'По разрешению; спросите продавца.',
    askNearMe: 'Рядом со мной: найти меня',
    surplus: (most, words) => `Обязательных слов не больше ${number(most)}. Эти влияют только на порядок: ${words}.`,
    searching: 'Ищем…',
    locations: places,
    moreItems: (n) => `и ещё ${number(n)}`,
    fewerItems: 'Свернуть',
    moreBranches: (n) => `Ещё ${places(n)}`,
    fewerBranches: 'Свернуть места',
    noItems: 'Еда не указана',
    missing: (words) => `Нет: ${words}`,
    pastItems: 'Нет в действующем разрешении:',
    noAddress: 'Адрес не указан',
    showOnMap: 'показать на карте',
    permitState: (status) => `Разрешение ${status}`,

    idleHeading: 'Что готовят на улице?',
    idleIntro: (city, n, sample) =>
      `Найдите фургоны и тележки с едой${city ? ` (${city})` : ''} по блюду, названию или улице.${
        n ? ` ${sample ? 'В примере' : 'В городском списке'} ${vendors(n.vendors)} в ${inPlaces(n.branches)}.` : ''
      }`,
    idleTry: 'Попробуйте',
    examples: ['tacos', 'coffee', 'vegan'],
    showOpen: 'Что открыто сейчас',
    showAll: 'Показать все утверждённые',

    emptyHeading: (q) => (q ? `По запросу «${q}» ничего нет` : 'Здесь ничего нет'),
    emptyHelp: 'Должны подойти все слова. Попробуйте меньше слов, другие слова или одно из этих:',
    searchAnyStatus: 'Искать разрешения в любом состоянии',
    clear: 'Очистить поиск',
    filteredOut: 'Под эти фильтры никто не подходит',
    without: (what, n) => `Без «${what}»: ${vendors(n)}`,
    allHoursUnknown: 'Неизвестно, открыты ли они в это время: их часов нет в списке.',
    noneOpen: (time) => `Нет продавцов, которые точно открыты: ${time}`,
    opensNext: 'Скоро откроются:',

    failures: {
      offline: { heading: 'Нет подключения', help: 'Для поиска нужна сеть. Когда она появится, поиск повторится сам.' },
      unreachable: {
        heading: 'Поиск недоступен',
        help: 'Сервер не ответил. Проверьте подключение и попробуйте ещё раз.',
      },
      refused: { heading: 'Так искать не получится', help: 'В адресе этой страницы есть то, что нельзя использовать:' },
      unavailable: { heading: 'Поиск временно не работает', help: 'У сервера неполадки. Попробуйте чуть позже.' },
    },
    retry: 'Попробовать ещё раз',
    requestId: (id) => `Запрос ${id}`,
    metaFailed: 'Не удалось загрузить контур города и источник данных.',
    saved: (when) => `Нет подключения. Эти результаты сохранены: ${when}.`,

    sample: 'Это пример: продавцы выдуманы. Перекрёстки настоящие, фургоны нет.',
    placeGone: 'Места из этой ссылки нет в списке: возможно, его разрешение истекло.',
    dataUpdated: 'Данные обновились, пока эта страница была открыта.',
    asOf: (day) => `Данные: ${date(day)}`,
    staleData: (day) => `Данные: ${date(day)}. С тех пор разрешения и часы могли измениться.`,
    source: 'Источник',
    realSource: 'Настоящие данные',
    licence: 'Лицензия',
    download: 'Скачать этот список',
    plainList: 'Все продавцы на одной странице',
    permitDisclaimer: 'Разрешение говорит, где и когда продавцу можно работать. Оно не говорит, что он сейчас там.',
    openFullPage: 'Открыть на отдельной странице',

    sheet: { peek: 'свёрнут', half: 'закрывает половину карты', full: 'закрывает карту' },
    sheetGrip: 'Высота списка',

    map: (city) => (city ? `Карта: ${city}` : 'Карта'),
    zoomIn: 'Приблизить',
    zoomOut: 'Отдалить',
    outlineOnly: 'Только контур, без улиц',
    searchHere: 'Искать здесь',
    searchOnMove: 'Искать при движении карты',
    pinButton: 'Поставить метку',
    setPin: 'Мерить от центра карты',
    pin: 'Метка: расстояния считаются отсюда. Перетащите её или двигайте стрелками.',
    marker: (vendor, address, state) => [vendor, address, state].filter(Boolean).join(', '),
    cluster: (n) => `${places(n)}: приблизить`,
    close: 'Закрыть',
    permitted: 'Разрешено работать',
    address: 'Адрес',
    food: 'Еда',
    permit: 'Разрешение',
    expires: (day) => `до ${date(day)}`,
    directions: 'Маршрут',
    directionsGoogle: 'Google Карты',
    directionsApple: 'Apple Карты',
    directionsOsm: 'OpenStreetMap',
    directionsApp: 'Приложение карт',
    permitLink: 'Разрешение на сайте города',
    newTab: 'откроется в новой вкладке',
    calendar: 'Добавить в календарь',
    share: 'Поделиться',
    copied: 'Ссылка скопирована',
    copyFailed: 'Скопируйте ссылку:',
    measureHere: 'Расстояния отсюда',

    why: 'Почему он здесь?',
    whyLoading: 'Узнаём…',
    whyFailed: 'Узнать не удалось.',
    whyNothing: 'Подходит под фильтры.',
    whyWord: (word, matched, field, quality) => {
      const place =
        {
          items: 'в меню',
          name: 'в названии',
          category: 'в виде кухни',
          address: 'в адресе',
          area: 'в названии района',
        }[field] ?? field;
      if (quality === 'exact') return `«${word}» есть ${place}`;
      if (quality === 'synonym') return `${place} есть синоним слова «${word}»`;
      if (quality.startsWith('typo')) return `${place} есть «${matched}»: возможно, вы искали это, написав «${word}»`;
      return `${place} есть «${matched}», что подходит к «${word}»`;
    },
    whyNear: (distance) => `${distance} по прямой`,
    whyTime: {
      open: 'в это время разрешено работать',
      closed: 'в это время закрыто',
      unknown: 'часы работы неизвестны',
    },

    openUntil: (time) => `Открыто до ${time}`,
    closesIn: (minutes) => `Закроется через ${plural(minutes, { one: '# минуту', few: '# минуты', other: '# минут' })}`,
    openAlways: 'Открыто круглосуточно',
    opens: (time) => `Откроется: ${time}`,
    closed: 'Закрыто',
    hoursUnknown: 'Часы неизвестны',
    hoursIncomplete: 'и, возможно, в другое время: городской список здесь обрывается',
    allWeek: 'Каждый день, круглосуточно',
    everyDay: 'Каждый день',
    allDay: 'весь день',

    facilities: { truck: 'Фургон', push_cart: 'Тележка', food_vendor: 'Продавец еды', unknown: 'Не указано' },
    statuses: {
      approved: 'утверждено',
      requested: 'запрошено',
      expired: 'истекло',
      suspend: 'приостановлено',
      suspended: 'приостановлено',
      issued: 'выдано',
      inactive: 'не действует',
      onhold: 'отложено',
      on_hold: 'отложено',
      postapproved: 'утверждено позже',
      post_approved: 'утверждено позже',
      unknown: 'в неизвестном состоянии',
    },
    categories: {
      african: 'Африканская',
      asian: 'Азиатская',
      bakery: 'Выпечка',
      bbq: 'Барбекю',
      bowls: 'Боулы',
      breakfast: 'Завтраки',
      burgers: 'Бургеры',
      caribbean: 'Карибская',
      chicken: 'Курица',
      chinese: 'Китайская',
      coffee: 'Кофе',
      cold_truck: 'Упакованная еда',
      curry: 'Карри',
      dairy_free: 'Без молочного',
      desserts: 'Десерты',
      drinks: 'Напитки',
      egg_free: 'Без яиц',
      european: 'Европейская',
      filipino: 'Филиппинская',
      fries: 'Картофель фри',
      fruit: 'Фрукты',
      gluten_free: 'Без глютена',
      halal: 'Халяль',
      hawaiian: 'Гавайская',
      hot_dogs: 'Хот-доги',
      ice_cream: 'Мороженое',
      indian: 'Индийская',
      japanese: 'Японская',
      juice: 'Соки',
      korean: 'Корейская',
      kosher: 'Кошерная',
      latin: 'Латиноамериканская',
      mediterranean: 'Средиземноморская',
      mexican: 'Мексиканская',
      nut_free: 'Без орехов',
      pizza: 'Пицца',
      salads: 'Салаты',
      sandwiches: 'Сэндвичи',
      seafood: 'Морепродукты',
      smoothies: 'Смузи',
      snacks: 'Закуски',
      soups: 'Супы',
      southern: 'Юг США',
      soy_free: 'Без сои',
      sugar_free: 'Без сахара',
      tea: 'Чай',
      thai: 'Тайская',
      vegan: 'Веганская',
      vegetarian: 'Вегетарианская',
      vietnamese: 'Вьетнамская',
    },
  };
};
