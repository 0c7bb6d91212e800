import type { LocaleFormats } from '../locale-formats.ts';

// Over 250 lines because a language is one file, so that its translator sees all of it.

/** Every word that the page says, in English. The other languages have this file's shape. */
export const en = ({ plural, number, date }: LocaleFormats) => {
  const vendors = (n: number) => plural(n, { one: '# vendor', other: '# vendors' });
  const locations = (n: number) => plural(n, { one: '# location', other: '# locations' });
  return {
    name: 'Curbside',
    tagline: (city: string | null) => (city ? `Street food in ${city}` : 'Street food near you'),
    title: (what: string, city: string | null) => [what, 'Curbside', city].filter(Boolean).join(' · '),
    skip: 'Skip to the list',
    language: 'Language',

    searchLabel: 'What are you hungry for?',
    searchPlaceholder: 'Tacos, coffee, a street…',
    searchButton: 'Search',
    suggestions: 'Suggestions',
    suggestionsShown: (n: number) => plural(n, { one: '# suggestion', other: '# suggestions' }),
    suggestionTypes: { food: 'Food', vendor: 'Vendor', area: 'Neighborhood', corner: 'Distances from about here' },
    corner: (a: string, b: string) => `${a} & ${b}`,
    nearMe: 'Near me',
    locating: 'Finding you…',
    anyStatus: 'Also permits that are not approved',
    hoursKnown: 'Only with known hours',
    sortLabel: 'Order',
    sorts: { best: 'Best match', distance: 'Nearest first', name: 'By name' } as Record<string, string>,
    fromHere: 'Distances from your position, in a straight line',
    fromPin: 'Distances from your pin, in a straight line',
    fromPlace: (place: string) => `Distances from ${place}, in a straight line`,
    fromPoint: (lat: string, lon: string) => `Distances from ${lat}, ${lon}, in a straight line`,
    filter: (name: string, value: string) => `${name}: ${value}`,
    remove: (what: string) => `Remove “${what}”`,

    whenLabel: 'When',
    whens: { any: 'Any time', now: 'Open now', at: 'Pick a time' },
    dayLabel: 'Day',
    timeLabel: 'Time',
    openAt: (time: string) => `Open ${time}`,
    openThen: (n: number) => `${vendors(n)} open`,
    unknownThen: (n: number) => plural(n, { one: '# with unknown hours', other: '# with unknown hours' }),
    histogram: (day: string) => `Vendors open in each hour, ${day}`,
    busiest: (time: string, n: number) => `Most are open at ${time}: ${number(n)}.`,
    noneThatDay: 'None is known to be open that day.',
    openForFilter: (minutes: number) =>
      `Open for ${plural(minutes, { one: '# more minute', other: '# more minutes' })}`,

    filters: 'Filters',
    filtersOn: (n: number) => `Filters, ${number(n)} on`,
    groups: { category: 'Food', facility: 'Kind of place', area: 'Neighborhood' },
    moreValues: (n: number) => `${number(n)} more`,
    fewerValues: 'Fewer',
    within: 'Within',
    withinAny: 'Any distance',
    withinFilter: (distance: string) => `Within ${distance}`,
    boxFilter: 'In this part of the map',
    limitFilter: (n: number) => `At most ${vendors(n)}`,
    permitFilter: 'Permits of every state',
    clearFilters: 'Clear all filters',

    refusals: {
      denied:
        'Your browser did not share your position. Allow it in the site settings to see what is nearest, or set a pin on the map instead.',
      unavailable: 'Your position could not be found right now. Try again in a moment.',
      timeout: 'Finding your position took too long. Try again in a moment.',
      unsupported: 'This browser cannot tell where you are, or this page is not opened over HTTPS.',
    },

    resultsHeading: 'Results',
    found: (hits: number, places: number) => `Found ${vendors(hits)} in ${locations(places)}`,
    foundWithin: (distance: string) => `within ${distance}`,
    cut: (shown: number) =>
      plural(shown, { one: 'Only the first vendor is shown.', other: 'The first # vendors are shown.' }),
    showMore: (n: number) => `Show ${number(n)} more`,
    /** What was loosened because nothing matched as it was asked. */
    relaxed: (param: 'q' | 'open_at' | 'radius' | 'bbox', from: string, to: string | null): string => {
      switch (param) {
        case 'q':
          return `Nothing matches “${from}”; this is for “${to}”.`;
        case 'open_at':
          return 'Nothing is permitted to be open then; these are at other times.';
        case 'radius':
          return `Nothing is within ${from}; these are within ${to}.`;
        case 'bbox':
          return 'Nothing is in that part of the map; these are around it.';
      }
    },
    searching: 'Searching…',
    locations,
    moreItems: (n: number) => `& ${number(n)} more`,
    fewerItems: 'Show less',
    moreBranches: (n: number) => plural(n, { one: '# more location', other: '# more locations' }),
    fewerBranches: 'Fewer locations',
    noItems: 'Food not listed',
    noAddress: 'Address not listed',
    showOnMap: 'show on the map',
    permitState: (status: string) => `Permit ${status}`,

    idleHeading: 'What’s cooking on the curb?',
    idleIntro: (city: string | null, n: { vendors: number; branches: number } | null, sample: boolean) =>
      `Find food trucks and carts${city ? ` in ${city}` : ''} by what they cook, by name or by street.${
        n ? ` ${sample ? 'The sample' : 'The city’s list'} has ${vendors(n.vendors)} at ${locations(n.branches)}.` : ''
      }`,
    idleTry: 'Try one of these',
    examples: ['tacos', 'coffee', 'vegan'],
    showOpen: 'What is open now',
    showAll: 'Show everything approved',

    emptyHeading: (q: string) => (q ? `Nothing found for “${q}”` : 'Nothing found here'),
    emptyHelp: 'All words must match. Try fewer or other words, or one of these:',
    emptyAny: 'Search permits of every state',
    clear: 'Clear the search',
    narrowedAway: 'Nothing is left with these filters',
    without: (what: string, n: number) => `Without “${what}”: ${vendors(n)}`,
    nobodyKnows: 'None of these is known to be open then: their hours are not listed.',
    noneOpen: (time: string) => `Nothing is known to be open ${time}`,
    opensNext: 'Next to open:',

    failures: {
      offline: {
        heading: 'You are offline',
        help: 'The search needs a connection. It runs again by itself when you are back.',
      },
      unreachable: {
        heading: 'The search could not be reached',
        help: 'The server did not answer. Check your connection and try again.',
      },
      refused: { heading: 'This search cannot be made', help: 'The address of this page asks for something unusable:' },
      unavailable: { heading: 'The search is taking a break', help: 'The server has trouble at the moment.' },
    },
    retry: 'Try again',
    requestId: (id: string) => `Request ${id}`,
    metaFailed: 'What the map needs to know of the city could not be loaded.',
    saved: (when: string) => `You are offline. This answer was saved on ${when}.`,

    sample: 'Sample data: these vendors are invented. Real corners, no real trucks.',
    newer: 'Newer data was loaded while you were looking.',
    asOf: (day: string) => `Data of ${date(day)}`,
    old: (day: string) => `This data is of ${date(day)}. Permits and hours may have changed since.`,
    source: 'Source',
    realSource: 'The real data',
    licence: 'Licence',
    download: 'Take this list with you',
    plainList: 'All vendors on one plain page',
    honest: 'A permit says where and when a vendor is permitted to operate. It does not say that it is there now.',
    openFull: 'Open in a page of its own',

    list: 'List',
    sheet: { peek: 'The list is folded away', half: 'The list covers half', full: 'The list covers the map' },
    sheetGrip: 'Height of the list',

    map: (city: string | null) => (city ? `Map of ${city}` : 'Map'),
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    outlineOnly: 'Outline only, no street map',
    searchHere: 'Search this area',
    searchMoves: 'Search as I move the map',
    pinButton: 'Set a pin',
    setPin: 'Measure from the middle of the map',
    pin: 'Pin: distances are measured from here. Drag it or use the arrow keys.',
    marker: (vendor: string, address: string | null, state: string) =>
      [vendor, address, state].filter(Boolean).join(', '),
    cluster: (n: number) => `${locations(n)}: come closer`,
    originMarker: 'Distances are measured from here',
    close: 'Close',
    permitted: 'Permitted to operate',
    address: 'Address',
    food: 'Food',
    permit: 'Permit',
    expires: (day: string) => `until ${date(day)}`,
    directions: 'Directions',
    directionsGoogle: 'Google Maps',
    directionsApple: 'Apple Maps',
    directionsOsm: 'OpenStreetMap',
    directionsApp: 'Map app',
    permitLink: 'City’s permit page',
    newTab: 'opens in a new tab',
    calendar: 'Add to calendar',
    share: 'Share',
    copied: 'Link copied',
    copyFailed: 'Copy this link:',
    measureHere: 'Distances from here',

    why: 'Why this?',
    whyWaiting: 'Looking it up…',
    whyFailed: 'This could not be looked up.',
    whyNothing: 'It passes the filters.',
    whyWord: (word: string, matched: string, field: string, quality: string): string => {
      const place =
        {
          items: 'its food',
          name: 'its name',
          category: 'its kind of food',
          address: 'its address',
          area: 'its neighborhood',
        }[field] ?? field;
      if (quality === 'exact') return `“${word}” is in ${place}`;
      if (quality === 'synonym') return `what “${word}” means is in ${place}`;
      if (quality.startsWith('typo')) return `“${matched}” is in ${place}, perhaps meant by “${word}”`;
      return `“${matched}” is in ${place}, which goes with “${word}”`;
    },
    whyNear: (distance: string) => `it is ${distance} away in a straight line`,
    whyTime: {
      open: 'it is permitted to be open then',
      closed: 'it is closed then',
      unknown: 'its hours are not known',
    },

    open: 'Open',
    openUntil: (time: string) => `Open until ${time}`,
    closesIn: (minutes: number) => plural(minutes, { one: 'Closes in # minute', other: 'Closes in # minutes' }),
    openAlways: 'Open around the clock',
    opens: (time: string) => `Opens ${time}`,
    closed: 'Closed',
    hoursUnknown: 'Hours unknown',
    hoursCut: 'and perhaps at other times: the city’s list is cut off here',
    allWeek: 'Every day, around the clock',
    everyDay: 'Every day',
    allDay: 'all day',

    facilities: { truck: 'Truck', push_cart: 'Push cart', unknown: 'Not said' } as Record<string, string>,
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
      unknown: 'of unknown state',
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
      desserts: 'Desserts',
      drinks: 'Drinks',
      european: 'European',
      filipino: 'Filipino',
      fries: 'Fries',
      fruit: 'Fruit',
      halal: 'Halal',
      hawaiian: 'Hawaiian',
      hot_dogs: 'Hot dogs',
      ice_cream: 'Ice cream',
      indian: 'Indian',
      japanese: 'Japanese',
      juice_and_smoothies: 'Juice and smoothies',
      korean: 'Korean',
      latin_american: 'Latin American',
      mediterranean: 'Mediterranean',
      mexican: 'Mexican',
      pizza: 'Pizza',
      salads: 'Salads',
      sandwiches: 'Sandwiches',
      seafood: 'Seafood',
      snacks: 'Snacks',
      soups: 'Soups',
      southern: 'Southern',
      tea: 'Tea',
      thai: 'Thai',
      vegan: 'Vegan',
      vegetarian: 'Vegetarian',
      vietnamese: 'Vietnamese',
    } as Record<string, string>,
  };
};

/** The page's words in one language; the compiler holds every language to all of them. */
export type Messages = ReturnType<typeof en>;
