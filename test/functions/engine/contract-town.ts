import { DAY, type Interval, WEEK } from '../../../functions/model/hours/week.ts';
import type { Release } from '../../../functions/model/release.ts';
import type { BranchHours } from '../../../functions/model/vendor.ts';
import { branch, town, vendor } from '../../fixtures/town.ts';

const hours = (...week: Interval[]): BranchHours => ({ source: 'schedule', text: 'as it says', week, complete: true });
const LUNCH = hours([660, 840], [DAY + 660, DAY + 840]);

/** A town in which every promise of the contract can be tested; the names say what each vendor is there for. */
export function contractTown(): Release {
  const release = town([
    vendor(
      'Taco by the Well',
      ['Tacos', 'Burritos', 'Horchata'],
      [
        branch('well-1', 100, 0, { hours: LUNCH, area: 'Old Town', address: '1 WELL ST' }),
        branch('well-2', 3000, 0, {
          address: '90 01ST ST',
          descriptions: ['Next to the marble fountains', 'between poplars'],
          area: 'Harbour',
          hours: LUNCH,
        }),
      ],
      { categories: ['mexican'] },
    ),
    vendor('Far Tacos', ['tacos'], [branch('far-1', 0, 9000, { area: 'Castle, Upper Gate' })], {
      categories: ['mexican'],
    }),
    vendor('Expired Tacos', ['tacos'], [branch('expired-1', 50, 0, { status: 'expired' })]),
    vendor('Crème Brûlée Cart', ['Crème brûlée'], [branch('creme-1', 0, 400, { facility: 'push_cart' })]),
    vendor('Brew Cold', ['Coffee', 'Soda'], [branch('cold-1', -700, 0, { address: null })], { drinks: true }),
    vendor('Papa’s Hot Dogs', ['Hot dogs'], [branch('dog-1', -100, -100), branch('dog-2', 100, -100)], {
      categories: ['hot_dogs'],
    }),
    // "hot" and "dog" are next to each other, but in two dishes.
    vendor('Two Dishes', ['Peppers, hot', 'Dog biscuits'], [branch('two-1', 0, -600)]),
    vendor('Night Owl', ['Frankfurters'], [branch('owl-1', 500, 500, { hours: hours([6 * DAY + 1320, WEEK + 120]) })]),
    vendor('Never Shut', ['Toast'], [branch('shut-1', 520, 500, { hours: hours([0, WEEK]) })]),
    vendor(
      'Half Known',
      ['Toast'],
      [
        branch('half-1', 540, 500, {
          hours: { source: 'permit', text: 'Mo:11AM-2PM', week: [[660, 840]], complete: false },
        }),
      ],
    ),
    vendor('Fiji West', ['Cassava'], [branch('fiji-1', 0, 0, { lat: -18, lon: 178.5 })]),
    vendor('Fiji East', ['Cassava'], [branch('fiji-2', 0, 0, { lat: -18, lon: -179.5 })]),
    vendor('Date Line', ['Cassava'], [branch('line-1', 0, 0, { lat: -18, lon: 180 })]),
    vendor('Émile Zola', ['Quesadillas'], [branch('zola-1', 900, 0)], { otherNames: ['Zola Legal Holdings LLC'] }),
    vendor('zebra', ['Sandwiches, vietnamese'], [branch('zebra-1', 950, 0)], { searchText: ['glued word'] }),
    vendor('𐐀 Deseret', ['Vietnamese sandwiches'], [branch('deseret-1', 1000, 0)], { id: 'deseret' }),
    vendor('\uff5a Fullwidth', ['Bánh mì'], [branch('wide-1', 1000, 0)], { id: 'fullwidth' }),
  ]);
  const synonyms = [
    ['banh mi', 'vietnamese sandwich'],
    ['hot dog', 'frankfurter'],
  ];
  return { ...release, city: { ...release.city, synonyms } };
}
