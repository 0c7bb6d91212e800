import { describe, expect, it } from 'vitest';
import { readAddress } from '../../../seed/source/address.ts';

describe('addresses', () => {
  it.each([
    ['https://data.example.org/resource/rqzj-sfat.json', 'socrata'],
    ['https://data.example.org/resource/rqzj-sfat.csv?$where=a>1', 'socrata'],
    ['https://data.example.org/resource/rqzj-sfat.geojson', 'whole'],
    ['https://data.example.org/resource/rqzj-sfat.json?$limit=10', 'whole'],
    ['https://data.example.org/resource/rqzj-sfat.json?$query=select%20*', 'whole'],
    ['https://data.example.org/api/views/rqzj-sfat/rows.csv', 'whole'],
  ])('%s is read as %s', (from, paging) => {
    expect(readAddress(from)).toMatchObject({ kind: 'http', paging });
  });
});
