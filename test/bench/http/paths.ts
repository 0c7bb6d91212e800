/** The search of which answers from memory are measured. */
export const PATH = '/search?q=tacos';

/** The path at which the bare route answers the headers too. */
export const SAME = '/same';

/** Words of which the data has some, and few. */
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

/** 500 different searches, as different people at different corners make them. */
export const VARIED = Array.from({ length: 500 }, (_, number) => at(number));

/** The same within one to two and a half kilometres: a third of them finds nothing and is searched again, more loosely. */
export const NARROW = VARIED.map((path, number) => `${path}&radius=${1000 + number * 3}`);
