import { describe, expect, it } from 'vitest';
import { areaNames } from '../../../functions/model/area-names.ts';

describe('the names of a neighbourhood', () => {
  it('are its own, the parts of a double name, and what the city calls it', () => {
    const meanings = `
      south of market: soma
      financial district: fidi, the district
      tacos: tako
    `;
    expect(areaNames(['Mission', 'South of Market', 'Financial District/South Beach'], { meanings })).toEqual([
      { name: 'Mission', also: [] },
      { name: 'South of Market', also: ['soma'] },
      { name: 'Financial District/South Beach', also: ['Financial District', 'South Beach', 'fidi', 'the district'] },
    ]);
    expect(areaNames(['Mission'], undefined)).toEqual([{ name: 'Mission', also: [] }]);
    expect(areaNames([], { meanings })).toEqual([]);
  });
});
