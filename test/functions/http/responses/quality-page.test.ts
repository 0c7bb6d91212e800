import { describe, expect, it } from 'vitest';
import { qualityPage } from '../../../../functions/http/responses/quality-page.ts';
import { makeReport } from '../../../../seed/report/report.ts';
import { sanFrancisco } from '../../../fixtures/cities.ts';
import { csv, releaseOf } from '../../../seed/tables.ts';
import { appOf } from '../app-of.ts';

const HEADER = 'locationid,Applicant,Status,FoodItems,Latitude,Longitude,Address';
const permits = csv(
  HEADER,
  '1,Ann,APPROVED,Tea,37.76,-122.42,1 MAIN ST',
  '2,<b>Bob</b> & Co,REQUESTED,Tea,0,0,2 MAIN ST',
  '3,Cat,APPROVED,Tea,37.76,122.42,3 MAIN ST',
);

describe('the page about the quality of the data', () => {
  const loaded = releaseOf(sanFrancisco, permits);
  const before = releaseOf(sanFrancisco, csv(HEADER, '1,Ann,APPROVED,Soup,37.76,-122.42,1 MAIN ST')).release;
  const report = makeReport(loaded, [], before);
  const page = qualityPage(loaded.release, report);

  it('explains each reason and names the vendor, the address and the state of each row', () => {
    expect(page).toContain('permits: 1 of 3 rows are shown');
    expect(page).toContain(`<h3>${report.reasons.no_place} (1)</h3>`);
    expect(page).toContain(
      '<bdi>&lt;b&gt;Bob&lt;/b&gt; &amp; Co</bdi> · <bdi>2 MAIN ST</bdi> · <bdi>REQUESTED</bdi> · <bdi>no coordinates, or 0,0</bdi> (id 2, line 3)',
    );
    expect(page).toContain('would be inside the city with the other sign');
    expect(page).toContain('<bdi>Ann: items');
    expect(page).not.toContain('<b>Bob');
  });

  it('links to the city, unless it has no address for reports', () => {
    expect(page).toContain(`<a href="${sanFrancisco.facts.reportUrl}">Tell the city</a>`);
    const { reportUrl: _, ...city } = loaded.release.city;
    expect(qualityPage({ ...loaded.release, city }, report)).not.toContain('Tell the city');
  });

  it('has the numbers of a release without a report', () => {
    const bare = qualityPage(loaded.release, null);
    expect(bare).toContain('permits: 1 of 3 rows are shown');
    expect(bare).toContain(`<h3>${report.reasons.no_place} (1)</h3>`);
    expect(bare).not.toContain('quality.json');
  });

  it('is public, for the current release and for its version', async () => {
    const current = await appOf().request('/data/quality.html');
    expect([current.status, current.headers.get('Content-Type')]).toEqual([200, 'text/html; charset=utf-8']);
    const versioned = await appOf().request('/data/2026-09-01-town/quality.html');
    expect(await versioned.text()).toBe(await current.text());
    expect((await appOf().request('/data/2020-01-01-gone/quality.html')).status).toBe(404);
  });
});
