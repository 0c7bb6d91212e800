import { describe, expect, it } from 'vitest';
import { meetingPoint, streetKey, writtenStreet } from '../../../web/api/street-intersection.ts';

const at = (address: string, lat: number, lon: number) => ({ address, lat, lon });

describe('the intersection of two streets', () => {
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

  it.each([
    ['market st', 'market'],
    ['second street', '2nd'],
    ['st', 'st'],
    ['san bruno ave', 'san bruno'],
    ['', ''],
  ])('%s is compared as %s', (words, key) => {
    expect(streetKey(words.split(' '))).toBe(key);
  });

  it('is named as most addresses name its streets', () => {
    const points = ['1 MARKET ST', '12-14 Market Street', '20 MARKET ST', '85 02ND ST', 'MARKET'].map((one) =>
      at(one, 1, 1),
    );
    expect(writtenStreet(points, 'market')).toBe('Market St');
    expect(writtenStreet(points, '2nd')).toBe('2nd St');
    expect(writtenStreet([], 'market')).toBe('market');
  });
});
