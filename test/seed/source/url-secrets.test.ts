import { describe, expect, it } from 'vitest';
import { withoutSecrets } from '../../../seed/source/url-secrets.ts';

describe('an address as it is shown', () => {
  it.each([
    ['https://a.org/x.csv', 'https://a.org/x.csv'],
    [
      'https://a.org/resource/abcd-1234.json?$where=a>1&$limit=5',
      'https://a.org/resource/abcd-1234.json?$where=a>1&$limit=5',
    ],
    ['https://a.org/exports/csv?lang=en&refine.status=open', 'https://a.org/exports/csv?lang=en&refine.status=open'],
    ['https://a.org/query?f=json&outFields=*', 'https://a.org/query?f=json&outFields=*'],
    ['https://me:pw@a.org/x.csv', 'https://a.org/x.csv'],
    ['https://a.org/x.csv#t0ken', 'https://a.org/x.csv'],
    ['https://a.org/x.csv?access_token=1&v=2', 'https://a.org/x.csv?access_token=***&v=2'],
    ['https://a.org/x.csv?code=s3cret', 'https://a.org/x.csv?code=***'],
    ['https://a.org/x.csv?pw=s3cret&format=csv', 'https://a.org/x.csv?pw=***&format=csv'],
    ['https://a.org/x.csv?b=1&a=2', 'https://a.org/x.csv?b=***&a=***'],
    ['https://a.org/x.csv?s3cret', 'https://a.org/x.csv?***'],
    ['https://a.org/x.csv?$$app_token=s3cret', 'https://a.org/x.csv?$$app_token=***'],
    ['https://a.org/x.csv?%24limit=7', 'https://a.org/x.csv?%24limit=7'],
    ['https://a.org/x.csv?co%64e=s3cret', 'https://a.org/x.csv?co%64e=***'],
    ['http://me:pw@', 'http://'],
    ['http://me:pw@?code=s3cret', 'http://'],
    ['data/permits.csv', 'data/permits.csv'],
  ])('%s is %s', (from, shown) => {
    expect(withoutSecrets(from)).toBe(shown);
  });
});
