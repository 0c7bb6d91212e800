import { capitalized } from '../../../functions/model/city-wording.ts';
import type { WordingTexts } from './wording-texts.ts';

/** Russian. The noun is in the nominative or after a number, so that a city gives no other case. */
export const wordingRu: WordingTexts = {
  place: { one: 'место', few: 'места', many: 'мест', other: 'места' },
  texts: ({ number, date }, messages, { count, plural, singular, arePlaces, hasFood, hasPermits }) => {
    const { groups, suggestionTypes, whyWord, locations } = messages;
    const since = hasPermits ? 'разрешения и часы могли измениться.' : 'места и часы могли измениться.';
    return {
      tagline: (city) => {
        const things = capitalized(plural);
        return !city || city.toLowerCase().includes(plural.toLowerCase()) ? (city ?? things) : `${things}: ${city}`;
      },
      searchPlaceholder: hasFood ? 'Еда, название или улица' : 'Название или улица',
      suggestionTypes: { ...suggestionTypes, vendor: capitalized(singular) },
      favourites: `Сохранено: ${plural}`,
      noFavourites: 'Пока ничего не сохранено. Нажмите звёздочку в списке, и место появится здесь.',
      histogram: (day) => `Сколько открыто по часам, ${day}`,
      noneOpenThatDay: 'Неизвестно, открыто ли что-нибудь в этот день.',
      groups: { ...groups, facility: 'Вид', ...(hasFood ? {} : { category: 'Тип' }) },
      limitFilter: (n) => `Не больше: ${count(n)}`,
      found: (hits, places) => (arePlaces || hits === places ? count(hits) : `${count(hits)} (${locations(places)})`),
      truncated: (shown) => `Показано: ${count(shown)}.`,
      nextPageFailed: 'Не удалось загрузить следующие результаты.',
      relaxed: (param, from, to) => {
        switch (param) {
          case 'q':
            return messages.relaxed(param, from, to);
          case 'open_at':
            return `В это время ничего не ${hasPermits ? 'может работать по разрешению' : 'открыто'}. Показано другое время.`;
          case 'radius':
            return `В пределах ${from} ничего нет. Показано в пределах ${to}.`;
          case 'bbox':
            return 'В этой части карты ничего нет. Показано рядом с ней.';
        }
      },
      exclusionNote: `${hasPermits ? 'По разрешению' : 'По списку города'}; спросите на месте.`,
      filteredOut: 'Под эти фильтры ничего не подходит',
      without: (what, n) => `Без «${what}»: ${count(n)}`,
      allHoursUnknown: 'Часы не указаны: неизвестно, открыто ли в это время.',
      noneOpen: (time) => `Всё закрыто: ${time}`,
      opensNext: 'Скоро откроется:',
      sample: 'Это пример: данные выдуманы.',
      plainList: `Весь список на одной странице (${plural})`,
      partOnMap: (shown, total) => `На карте ${number(shown)}, всего ${count(total)}`,
      othersOnMap: 'Чтобы увидеть остальное, приблизьте карту и выполните поиск в этой области.',
      permitDisclaimer: hasPermits
        ? 'Разрешение говорит, где и когда можно работать. Оно не говорит, что там сейчас кто-то есть.'
        : 'Места и часы указаны по данным города.',
      staleData: (day) => `Данные: ${date(day)}. С тех пор ${since}`,
      staleReading: (day) => `Данные прочитаны: ${date(day)}. С тех пор ${since}`,
      ...(hasFood
        ? {}
        : {
            searchLabel: 'Что вы ищете?',
            meals: { breakfast: 'Утро', lunch: 'День', dinner: 'Вечер', night: 'Ночь' },
            noItems: '',
            food: 'Подробности',
            moreItems: 'Все подробности',
            fewerItems: 'Меньше подробностей',
            emptyHelp: 'Должны подойти все слова. Попробуйте меньше слов или другие слова.',
            whyWord: (word, matched, field, quality) =>
              whyWord(word, matched, { items: 'в подробностях', category: 'в типе' }[field] ?? field, quality),
          }),
      ...(hasPermits
        ? {}
        : {
            anyStatus: '',
            searchAnyStatus: '',
            anyPermit: '',
            permitFilter: 'В любом состоянии',
            permitState: (status) => `Состояние: ${status}`,
            permitEndedIn: (month, isOldData) => `Истекло: ${month}${isOldData ? ' (по старым данным)' : ''}`,
            permitted: 'Часы работы',
            permit: 'Номер',
            permitLink: 'Страница на сайте города',
            placeGone: 'Места из этой ссылки нет в списке: возможно, его больше нет.',
            pastItems: 'Раньше:',
            whyTime: { open: 'в это время открыто', closed: 'в это время закрыто', unknown: 'часы работы неизвестны' },
          }),
    };
  },
};
