import { capitalized, listHeading } from '../../../functions/model/city-wording.ts';
import type { WordingTexts } from './wording-texts.ts';

/** English. */
export const wordingEn: WordingTexts = {
  place: { one: 'place', other: 'places' },
  texts: ({ number, date, plural: form }, messages, { count, plural, singular, arePlaces, hasFood, hasPermits }) => {
    const { groups, suggestionTypes, whyWord, locations } = messages;
    const since = hasPermits ? 'Permits and hours may have changed since.' : 'Places and hours may have changed since.';
    return {
      tagline: (city) => (city ? listHeading(city, capitalized(plural), 'in') : capitalized(plural)),
      searchPlaceholder: hasFood ? 'Food, name or street' : 'Name or street',
      suggestionTypes: { ...suggestionTypes, vendor: capitalized(singular) },
      favourites: `Saved ${plural}`,
      noFavourites: 'Nothing is saved yet. Press a star in the list to keep something here.',
      openCount: (n) => `${count(n)} open`,
      histogram: (day) => `Open in each hour, ${day}`,
      noneOpenThatDay: 'Nothing is known to be open that day.',
      groups: { ...groups, facility: 'Type', ...(hasFood ? {} : { category: 'Kind' }) },
      limitFilter: (n) => `At most ${count(n)}`,
      found: (hits, places) => (arePlaces || hits === places ? count(hits) : `${count(hits)} in ${locations(places)}`),
      truncated: (shown) => form(shown, { one: 'Showing only the first.', other: 'Showing the first #.' }),
      nextPageFailed: 'The next results could not be loaded.',
      relaxed: (param, from, to) =>
        param === 'open_at'
          ? `Nothing is ${hasPermits ? 'permitted to be ' : ''}open at that time. Showing other times.`
          : messages.relaxed(param, from, to),
      exclusionNote: `By what the ${hasPermits ? 'permit' : 'city’s list'} says; ask on the spot.`,
      filteredOut: 'Nothing matches these filters',
      without: (what, n) => `Without “${what}”: ${count(n)}`,
      sample: `Sample data: these ${plural} are invented.`,
      plainList: `All ${plural} on one plain page`,
      partOnMap: (shown, total) => `${number(shown)} of ${count(total)} on the map`,
      permitDisclaimer: hasPermits
        ? `A permit says where and when one of these ${plural} may operate. It does not mean that it is there now.`
        : 'Places and hours are as the data has them.',
      staleData: (day) => `This data is from ${date(day)}. ${since}`,
      staleReading: (day) => `This data was read on ${date(day)}. ${since}`,
      ...(hasFood
        ? {}
        : {
            searchLabel: 'What are you looking for?',
            meals: { breakfast: 'Morning', lunch: 'Noon', dinner: 'Evening', night: 'Night' },
            noItems: '',
            food: 'Details',
            moreItems: 'More details',
            fewerItems: 'Fewer details',
            emptyHelp: 'All words must match. Try fewer or different words.',
            whyWord: (word, matched, field, quality) =>
              whyWord(word, matched, { items: 'its details', category: 'its kind' }[field] ?? field, quality),
          }),
      ...(hasPermits
        ? {}
        : {
            anyStatus: '',
            searchAnyStatus: '',
            anyPermit: '',
            permitFilter: 'In any state',
            permitState: (status) => capitalized(status),
            permitEnded: (month) => `Ended ${month}`,
            permitEndedIn: (month, isOldData) => `Ended in ${month}${isOldData ? ': from old data' : ''}`,
            permitted: 'Hours',
            permit: 'Number',
            permitLink: 'Page on the city’s website',
            placeGone: 'The place of this link is not in this list. It may be gone.',
            pastItems: 'Formerly:',
            whyTime: {
              open: 'it is open at that time',
              closed: 'it is closed at that time',
              unknown: 'its hours are not known',
            },
          }),
    };
  },
};
