import { departedPage } from '../http/responses/departed-page.ts';
import { vendorPage } from '../http/responses/vendor-page.ts';
import { type PermitClock, vendorPermit } from '../model/permit-end.ts';
import type { Release } from '../model/release.ts';
import type { ReadAnswer, SiteFiles } from './release-data.ts';
import type { SiteAddress } from './site-address.ts';
import { completePlainPage } from './site-page.ts';

type Options = {
  readonly read: ReadAnswer;
  readonly clock: PermitClock;
  readonly address: SiteAddress;
  /** The ids of vendors that earlier releases had. */
  readonly departed: readonly string[];
};

/**
 * The pages of all vendors, `v/ID.html`, and the calendars of those with a permit. A vendor whose permits have all ended, or that
 * the data no longer has, has a page that says so: a file has no status of its own.
 */
export async function vendorFiles(release: Release, { read, clock, address, departed }: Options): Promise<SiteFiles> {
  const files: SiteFiles = new Map();
  for (const vendor of release.vendors) {
    const name = `v/${vendor.id}`;
    const calendar = `/v/${encodeURIComponent(vendor.id)}.ics`;
    const html = vendorPage(vendor, release, clock, { root: '/', base: address.url, extension: '.html', calendar });
    files.set(`${name}.html`, completePlainPage(html, 1));
    if (vendorPermit(vendor, clock) !== 'current') continue;
    const answer = await read(`/trucks/${encodeURIComponent(vendor.id)}.ics`);
    files.set(`${name}.ics`, await answer.text());
  }
  const gone = completePlainPage(departedPage(release), 1);
  for (const id of departed) files.set(`v/${id}.html`, gone);
  return files;
}
