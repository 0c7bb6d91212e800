import type { LocaleFormats } from '../locale-formats.ts';

// Over 250 lines because each language is one file, so that a translator sees all of it.

/** All of the page's texts, in English. The other languages have the same keys. */
export const en = ({ plural, number, date }: LocaleFormats) => {
  const vendors = (n: number) => plural(n, { one: '# vendor', other: '# vendors' });
  const locations = (n: number) => plural(n, { one: '# place', other: '# places' });
  return {
    name: 'Curbside',
    tagline: (city: string | null) => (city ? `Street food in ${city}` : 'Street food near you'),
    title: (what: string, city: string | null) => [what, 'Curbside', city].filter(Boolean).join(' · '),
    skip: 'Skip to the list',
    language: 'Language',
    cities: 'Cities',
    /** Between the parts of a clause or a list, between clauses and sentences, and after a label. */
    separators: { comma: ', ', list: ', ', clause: '; ', sentence: '. ', label: ': ' },
    daySpan: (first: string, last: string) => `${first}–${last}`,
    dayAndTime: (day: string, time: string) => `${day} ${time}`,

    searchLabel: 'What are you hungry for?',
    searchPlaceholder: 'Food, vendor or street',
    searchButton: 'Search',
    suggestions: 'Suggestions',
    suggestionsShown: (n: number) => plural(n, { one: '# suggestion', other: '# suggestions' }),
    suggestionTypes: { food: 'Food', vendor: 'Vendor', area: 'Neighborhood', intersection: 'Nearest first' },
    intersection: (a: string, b: string) => `${a} & ${b}`,
    wordsNear: (words: string, place: string) => `${words} near ${place}`,
    wordsIn: (words: string, area: string) => `${words} in ${area}`,
    clearText: 'Clear the text',
    recentSearches: 'Recent searches',
    clearRecent: 'Clear recent searches',
    favourites: 'Saved vendors',
    saveVendor: (vendor: string) => `Save ${vendor}`,
    noFavourites: 'Nothing is saved yet. Press the star of a vendor in the list to keep it here.',
    favouriteGone: 'No longer in the city’s list',
    keptOnDevice: 'Kept on this device only.',
    nearMe: 'Near me',
    locating: 'Finding you…',
    anyStatus: 'Include permits that are not approved',
    hoursKnown: 'Only with known hours',
    sortLabel: 'Sort',
    sorts: { best: 'Best match', distance: 'Nearest first', name: 'By name' } as Record<string, string>,
    about: (distance: string) => `about ${distance}`,
    fromHere: 'Near you',
    fromPin: 'Near your pin',
    fromPlace: (place: string) => `Near ${place}`,
    fromPoint: (lat: string, lon: string) => `Near ${lat}, ${lon}`,
    remove: (what: string) => `Remove “${what}”`,

    whenLabel: 'When',
    timeOptions: { any: 'Any time', now: 'Open now', at: 'Pick a time' },
    dayLabel: 'Day',
    timeLabel: 'Time',
    untilLabel: 'Or at any time until',
    untilNone: 'that time only',
    meals: { breakfast: 'Breakfast', lunch: 'Lunch', dinner: 'Dinner', night: 'Late' },
    openAt: (time: string) => `Open ${time}`,
    /** The open state at a chosen time. */
    stateAt: (state: 'open' | 'closed' | 'unknown', day: string, time: string) =>
      `${{ open: 'Open', closed: 'Closed', unknown: 'Maybe open' }[state]} on ${day} at ${time}`,
    openCount: (n: number) => `${vendors(n)} open`,
    chooseTime: 'Choose a time',
    /** How many vendors are permitted to be open at a time, and how many may be because their hours are not known. */
    openSummary: (when: string, open: number, maybe: number) =>
      [`${when} (${number(open)})`, ...(maybe > 0 ? [`maybe open (${number(maybe)})`] : [])].join(' · '),
    showResults: (n: number) => plural(n, { one: 'Show # result', other: 'Show # results' }),
    clearControl: 'Clear',
    straightLine: 'Distances are in a straight line.',
    permitEnded: (month: string) => `Permit ended ${month}`,
    /** With a month in full; `isOldData`: the data is older than that, so a renewal would not be in it. */
    permitEndedIn: (month: string, isOldData: boolean) =>
      `Permit ended in ${month}${isOldData ? ': from old data' : ''}`,
    histogram: (day: string) => `Vendors open in each hour, ${day}`,
    busiest: (time: string, n: number) => `Busiest at ${time}: ${number(n)} open.`,
    noneOpenThatDay: 'No vendor is known to be open that day.',
    openForFilter: (minutes: number) =>
      `Open for ${plural(minutes, { one: '# more minute', other: '# more minutes' })}`,

    filters: 'Filters',
    groups: { category: 'Food', facility: 'Type of vendor', area: 'Area' },
    moreValues: (n: number) => `${number(n)} more`,
    fewerValues: 'Fewer',
    within: 'Within',
    withinAny: 'Any distance',
    withinFilter: (distance: string) => `Within ${distance}`,
    boxFilter: 'In this part of the map',
    limitFilter: (n: number) => `At most ${vendors(n)}`,
    permitFilter: 'Permits of any status',
    clearFilters: 'Clear all filters',
    unitsLabel: 'Distances',
    unitNames: { mi: 'Miles', km: 'Kilometers' },

    locationRough: (within: string) => `Your location is known only within ${within}, so distances are rough.`,
    locationFar: (distance: string, city: string) => `You are about ${distance} away from ${city}.`,
    measureAnyway: 'Measure from here anyway',
    locationErrors: {
      denied:
        'Your browser did not share your location. Allow it in the site settings to see what is nearest, or set a pin on the map instead.',
      unavailable: 'Your location could not be found right now. Try again in a moment.',
      timeout: 'Finding your location took too long. Try again in a moment.',
      unsupported: 'This browser cannot tell where you are, or this page was not opened over HTTPS.',
    },

    resultsHeading: 'Results',
    found: (hits: number, places: number) => `${vendors(hits)} in ${locations(places)}`,
    foundWithin: (distance: string) => `within ${distance}`,
    truncated: (shown: number) =>
      plural(shown, { one: 'Showing only the first vendor.', other: 'Showing the first # vendors.' }),
    showMore: (n: number) => `Show ${number(n)} more`,
    nextPageFailed: 'The next vendors could not be loaded.',
    /** What the API relaxed because nothing matched the search as it was. */
    relaxed: (param: 'q' | 'open_at' | 'radius' | 'bbox', from: string, to: string | null): string => {
      switch (param) {
        case 'q':
          return `Results for “${to}”. Nothing matches “${from}”.`;
        case 'open_at':
          return 'No vendor is permitted to be open at that time. Showing other times.';
        case 'radius':
          return `Nothing is within ${from}. Showing results within ${to}.`;
        case 'bbox':
          return 'Nothing is in that part of the map. Showing results around it.';
      }
    },
    /** Names the list of what the question was understood as. */
    understood: 'How your words were understood',
    exactWords: 'Exact words only',
    noFood: (food: string) => `No ${food}`,
    exclusionNote: 'By what the permit lists; ask the vendor.',
    askNearMe: 'Near me: locate me',
    /** A question has more words than must match. */
    surplus: (most: number, words: string) =>
      `Only ${number(most)} words must match. These only improve the order: ${words}.`,
    searching: 'Searching…',
    locations,
    moreItems: 'All dishes',
    fewerItems: 'Fewer dishes',
    moreBranches: (n: number) => plural(n, { one: '# more place', other: '# more places' }),
    fewerBranches: 'Fewer places',
    noItems: 'Food not listed',
    /** The words of the question that a vendor lacks. */
    missing: (words: string) => `Without: ${words}`,
    /** Comes before food that only permits list which are not approved. */
    pastItems: 'Not on a current permit:',
    noAddress: 'Address not listed',
    showDetail: 'show details',
    permitState: (status: string) => `Permit ${status}`,

    emptyHeading: (q: string) => (q ? `Nothing found for “${q}”` : 'Nothing found here'),
    emptyHelp: 'All words must match. Try fewer or different words, or one of these:',
    searchAnyStatus: 'Include permits of any status',
    /** Short for the button next to a notice. */
    anyPermit: 'Any permit',
    clear: 'Clear the search',
    filteredOut: 'No vendor matches these filters',
    without: (what: string, n: number) => `Without “${what}”: ${vendors(n)}`,
    allHoursUnknown: 'Hours not listed: none of these is known to be open at that time.',
    noneOpen: (time: string) => `Nothing is open ${time}`,
    opensNext: 'Next to open:',

    failures: {
      offline: {
        heading: 'You are offline',
        help: 'Searching needs a connection. The search runs again when you are back online.',
      },
      unreachable: {
        heading: 'The search service could not be reached',
        help: 'The server did not answer. Check your connection and try again.',
      },
      refused: {
        heading: 'This search is not valid',
        help: 'The address of this page contains something that the search does not accept:',
      },
      unavailable: {
        heading: 'Search is temporarily unavailable',
        help: 'The server is having trouble. Try again in a moment.',
      },
    },
    retry: 'Try again',
    requestId: (id: string) => `Request ${id}`,
    metaFailed: 'The city’s outline and data source could not be loaded.',
    mapFailed: 'The map could not be loaded.',
    /** While the page answers in place of the server. */
    ownSearch: 'The server cannot be reached: searching the copy on this device.',
    saved: (when: string) => `You are offline. These results were saved on ${when}.`,

    sample: 'Sample data: the vendors are invented. The street corners are real, the trucks are not.',
    placeGone: 'The place of this link is not in this list. Its permit may have ended.',
    dataUpdated: 'The data was updated while this page was open.',
    asOf: (day: string) => `Data as of ${date(day)}`,
    /** In place of `asOf` for data without dates. */
    readOn: (day: string) => `Read on ${date(day)}`,
    staleData: (day: string) => `This data is from ${date(day)}. Permits and hours may have changed since.`,
    staleReading: (day: string) => `This data was read on ${date(day)}. Permits and hours may have changed since.`,
    source: 'Source',
    realSource: 'The real data',
    licence: 'Licence',
    download: 'Download this list',
    plainList: 'All vendors on one plain page',
    dataQuality: 'How good the data is',
    permitDisclaimer:
      'A permit says where and when a vendor may operate. It does not mean that the vendor is there now.',
    openFullPage: 'Open the full page',

    sheet: { peek: 'collapsed', half: 'covers half of the map', full: 'covers the map' },
    sheetGrip: 'List height',
    detailGrip: 'Detail height',

    map: (city: string | null) => (city ? `Map of ${city}` : 'Map'),
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    outlineOnly: 'Outline only, no street map',
    hullOnly: 'A ring around the places only, no street map',
    searchHere: 'Search this area',
    partOnMap: (shown: number, total: number) => `${number(shown)} of ${vendors(total)} on the map`,
    othersOnMap: 'Zoom in and search this area to see the others.',
    /** On paper: when the places are shown as open or closed. */
    shownFor: (time: string) => `Shown for ${time}`,
    searchOnMove: 'Search as I move the map',
    pinButton: 'Set a pin',
    setPin: 'Measure distances from the middle of the map',
    pin: 'Pin: distances are measured from here. Drag it or move it with the arrow keys.',
    marker: (vendor: string, address: string | null, state: string) =>
      [vendor, address, state].filter(Boolean).join(', '),
    cluster: (n: number, open: number, maybe: number) =>
      `${[locations(n), ...(open > 0 ? [`${number(open)} open`] : []), ...(maybe > 0 ? [`${number(maybe)} with unknown hours`] : [])].join(', ')}: zoom in`,
    close: 'Close',
    permitted: 'Permitted to operate',
    food: 'Food',
    permit: 'Permit',
    allPlaces: (n: number) => plural(n, { one: '# place', other: 'All # places' }),
    noon: 'noon',
    expires: (day: string) => `until ${date(day)}`,
    directions: 'Directions',
    directionsGoogle: 'Google Maps',
    directionsApple: 'Apple Maps',
    directionsOsm: 'OpenStreetMap',
    directionsApp: 'Map app',
    reportProblem: 'Report a problem to the city',
    permitLink: 'Permit on the city’s website',
    newTab: 'opens in a new tab',
    calendar: 'Add to calendar',
    calendarPlace: 'Calendar of this place',
    calendarAll: 'Calendar of all places',
    share: 'Share',
    copied: 'Link copied',
    copyFailed: 'Copy this link:',
    embed: {
      open: 'Embed this map',
      size: 'Size',
      sizes: { small: 'Small', medium: 'Medium', wide: 'Full width' },
      code: 'Code for your page',
      copy: 'Copy code',
      copied: 'Code copied',
      preview: 'Preview',
    },
    measureHere: 'Distances from here',

    why: 'Why this?',
    whyLoading: 'Looking it up…',
    whyFailed: 'The explanation could not be loaded.',
    whyNothing: 'It matches your filters.',
    whyWord: (word: string, matched: string, field: string, quality: string): string => {
      const place =
        {
          items: 'its menu',
          name: 'its name',
          category: 'its kind of food',
          address: 'its address',
          area: 'its neighborhood',
        }[field] ?? field;
      if (quality === 'exact') return `“${word}” is in ${place}`;
      if (quality === 'synonym') return `a synonym of “${word}” is in ${place}`;
      if (quality.startsWith('typo')) return `“${matched}” is in ${place}, perhaps what you meant by “${word}”`;
      return `“${matched}” is in ${place}, which matches “${word}”`;
    },
    whyNear: (distance: string) => `it is ${distance} away in a straight line`,
    whyTime: {
      open: 'it is permitted to be open at that time',
      closed: 'it is closed at that time',
      unknown: 'its hours are not known',
    },

    openUntil: (time: string) => `Open until ${time}`,
    closesIn: (minutes: number) => plural(minutes, { one: 'Closes in # minute', other: 'Closes in # minutes' }),
    openAlways: 'Open around the clock',
    opens: (time: string) => `Opens ${time}`,
    closed: 'Closed',
    hoursUnknown: 'Hours unknown',
    hoursIncomplete: 'and perhaps at other times: the city’s list is cut off here',
    allWeek: 'Every day, around the clock',
    everyDay: 'Every day',
    allDay: 'all day',

    facilities: {
      truck: 'Truck',
      push_cart: 'Push cart',
      food_vendor: 'Food vendor',
      unknown: 'Not specified',
    } as Record<string, string>,
    statuses: {
      approved: 'approved',
      requested: 'requested',
      expired: 'expired',
      suspend: 'suspended',
      suspended: 'suspended',
      issued: 'issued',
      inactive: 'inactive',
      onhold: 'on hold',
      on_hold: 'on hold',
      postapproved: 'approved afterwards',
      post_approved: 'approved afterwards',
      unknown: 'status unknown',
    } as Record<string, string>,
    categories: {
      african: 'African',
      asian: 'Asian',
      bakery: 'Bakery',
      bbq: 'Barbecue',
      bowls: 'Bowls',
      breakfast: 'Breakfast',
      burgers: 'Burgers',
      caribbean: 'Caribbean',
      chicken: 'Chicken',
      chinese: 'Chinese',
      coffee: 'Coffee',
      cold_truck: 'Packaged food',
      curry: 'Curry',
      dairy_free: 'Dairy free',
      desserts: 'Desserts',
      drinks: 'Drinks',
      egg_free: 'Egg free',
      european: 'European',
      filipino: 'Filipino',
      fries: 'Fries',
      fruit: 'Fruit',
      gluten_free: 'Gluten free',
      halal: 'Halal',
      hawaiian: 'Hawaiian',
      hot_dogs: 'Hot dogs',
      ice_cream: 'Ice cream',
      indian: 'Indian',
      japanese: 'Japanese',
      juice: 'Juice',
      korean: 'Korean',
      kosher: 'Kosher',
      latin: 'Latin American',
      mediterranean: 'Mediterranean',
      mexican: 'Mexican',
      nut_free: 'Nut free',
      pizza: 'Pizza',
      salads: 'Salads',
      sandwiches: 'Sandwiches',
      seafood: 'Seafood',
      smoothies: 'Smoothies',
      snacks: 'Snacks',
      soups: 'Soups',
      southern: 'Southern',
      soy_free: 'Soy free',
      sugar_free: 'Sugar free',
      tea: 'Tea',
      thai: 'Thai',
      vegan: 'Vegan',
      vegetarian: 'Vegetarian',
      vietnamese: 'Vietnamese',
    } as Record<string, string>,
  };
};

/** The page's texts in one language; the compiler checks that every language has all of them. */
export type Messages = ReturnType<typeof en>;
