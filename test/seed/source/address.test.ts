import { describe, expect, it } from 'vitest';
import { readAddress, withoutSecrets } from '../../../seed/source/address.ts';

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

  it.each([
    ['https://a.org/x.csv?b=1&a=2', 'https://a.org/x.csv?b=1&a=2'],
    ['https://me:pw@a.org/x.csv', 'https://a.org/x.csv'],
    ['https://a.org/x.csv?access_token=1&b=2', 'https://a.org/x.csv?b=2'],
    ['http://me:pw@', 'http://'],
    ['data/permits.csv', 'data/permits.csv'],
  ])('%s is shown as %s', (from, shown) => {
    expect(withoutSecrets(from)).toBe(shown);
  });
});
