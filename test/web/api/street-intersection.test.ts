import { describe, expect, it } from 'vitest';
import { meetingPoint, parseIntersection } from '../../../web/api/street-intersection.ts';

describe('the intersection of two streets', () => {
  it.each<[string, [string, string] | null]>([
    ['market and 2nd', ['market', '2nd']],
    ['Market St & 02ND STREET', ['market', '2nd']],
    ['mission/16th st', ['mission', '16th']],
    ['2nd market', ['2nd', 'market']],
    ['Market y 2nd', ['market', '2nd']],
    ['Market и 2nd', ['market', '2nd']],
    ['fish tacos', null],
    ['tacos', null],
    ['market and market', null],
    ['tacos and burritos and beer', null],
    ['', null],
  ])('%s: %o', (text, streets) => {
    expect(parseIntersection(text)).toEqual(streets);
  });

  const at = (address: string, lat: number, lon: number) => ({ address, lat, lon });
  it('is between the two closest addresses on them, and unknown if none are close', () => {
    const points = [
      at('555 MARKET ST', 1, 1),
      at('85 02ND ST', 1.001, 1),
      at('900 MARKET ST', 1, 1.02),
      at('1 MARKET BAY BLVD', 1.001, 1),
    ];
    expect(meetingPoint(points, ['market', '2nd'])).toEqual({ lat: 1.0005, lon: 1 });
    expect(meetingPoint(points.slice(1), ['market', '2nd'])).toBeNull();
    expect(meetingPoint([], ['market', '2nd'])).toBeNull();
  });
});
