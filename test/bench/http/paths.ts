/** The search that is repeated. */
export const PATH = '/search?q=tacos';

/** The path at which the bare route sends the headers too. */
export const SAME = '/same';

/** Frequent and rare words of the data. */
const WORDS = [
  'tacos',
  'coffee',
  'burger',
  'noodles',
  'hot dog',
  'ice cream',
  'kebab',
  'chicken rice',
  'vegan',
  'sandw',
];

const at = (number: number) => {
  const place = `lat=${(37.75 + (number % 40) / 1000).toFixed(4)}&lon=${(-122.43 + (number % 37) / 1000).toFixed(4)}`;
  return `/search?q=${encodeURIComponent(WORDS[number % WORDS.length] ?? '')}&${place}`;
};

/** 500 different searches, from different places. */
export const VARIED = Array.from({ length: 500 }, (_, number) => at(number));

/** The same within 1 to 2.5 km: a third of them finds nothing, so the search is relaxed. */
export const NARROW = VARIED.map((path, number) => `${path}&radius=${1000 + number * 3}`);
