import { FACETS } from '../../../functions/model/query.ts';
import { NAMES } from '../../fixtures/synthetic-city.ts';
import { CENTER } from '../engines/tasks.ts';

const near = `lat=${CENTER.lat}&lon=${CENTER.lon}`;
const facets = `facets=${FACETS.join(',')}`;
const openAt = 'open_at=tue09:20';
const everywhere = 'bbox=-123,37,-122,38';
const q = (text: string) => `q=${encodeURIComponent(text)}`;

/** The worst searches that the API allows, by what makes them slow. All except those of another status are for `approved`, the default. */
export const SHAPES: Readonly<Record<string, string>> = {
  'four facets of everything, best around a place': `/search?${near}&${facets}`,
  'the same, open at a time': `/search?${near}&${facets}&${openAt}`,
  'the same, any status': `/search?${near}&${facets}&${openAt}&status=any`,
  'the same, filtered by all facets': `/search?${near}&${facets}&${openAt}&category=mexican,coffee&facility=truck&hours=known`,
  'four facets of common words': `/search?${near}&${facets}&${openAt}&${q('tacos or burritos')}`,
  'four facets in a box of everything': `/search?${everywhere}&${near}&${facets}&${openAt}`,
  'four facets of common words in a box of everything': `/search?${everywhere}&${near}&${facets}&${openAt}&${q('tacos')}`,
  'a box of everything, 200 vendors': `/search?${everywhere}&limit=200`,
  'a box of everything, best around a place, 200 vendors': `/search?${everywhere}&${near}&${openAt}&limit=200`,
  'a box of everything as GeoJSON, which is refused': `/search?${everywhere}&format=geojson`,
  'the same, best around a place': `/search?${everywhere}&${near}&${openAt}&format=geojson`,
  'a radius of everything, 200 vendors': `/search?${near}&radius=50000&limit=200`,
  'a common word in a radius of everything, best, 200 vendors': `/search?${near}&radius=50000&${q('tacos')}&${openAt}&limit=200`,
  'everything by name, 200 vendors': '/search?status=approved&limit=200',
  'a common word, best around a place, 200 vendors': `/search?${near}&${q('tacos')}&${openAt}&limit=200`,
  'nine common words': `/search?${near}&${openAt}&${q('chicken tacos burritos coffee sandwiches noodles pizza burgers salads')}`,
  'typos of three common words': `/search?${near}&${openAt}&${q('chickan tacoz burito')}`,
  'the beginning of many words': `/search?${near}&${openAt}&${q('s')}`,
  'a common word of vendors and streets': `/search?${near}&${openAt}&${q(`${NAMES[0]} street`)}`,
  'a quoted phrase of common words': `/search?${near}&${openAt}&${q('"chicken tacos"')}`,
  'three quoted phrases': `/search?${near}&${openAt}&${q('"chicken tacos" "grilled burritos" "pizza coffee"')}`,
  'everything without some words': `/search?${near}&${openAt}&exclude=pork,beef,hot%20dogs`,
  'one of four common words': `/search?${near}&${openAt}&${q('tacos or burritos or coffee or pizza')}`,
  'a word that nothing has, relaxed': `/search?${near}&${openAt}&${q('chicken tacos xyzzyq burritos')}`,
  'suggestions for a letter': '/suggest?q=c',
  'suggestions for two words': '/suggest?q=chicken%20ta',
};

/** Shapes whose second page is asked for too: a cursor's place can only be found among all matches. */
export const PAGED: Readonly<Record<string, string>> = {
  'after a cursor, everything by distance': `/search?${near}&sort=distance&limit=200`,
  'after a cursor, common word, best around a place': `/search?${near}&${openAt}&${q('tacos')}&limit=200`,
  'after a cursor, everything, best at a time': `/search?${near}&${openAt}&limit=200`,
};
