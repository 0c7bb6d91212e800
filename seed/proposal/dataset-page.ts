import { type FoundTable, undescribedTable } from './found-table.ts';
import { type JsonRequest, requestText } from './metadata-request.ts';
import { field, text } from './metadata-values.ts';

/** Formats of a download, best first, as in its media type or in the ending of its address. */
const FORMATS = [/geo\+?json/i, /csv/i, /json/i] as const;
/** A block of JSON-LD in a page. Search engines read it, so most portals write it. */
const JSON_LD = /<script[^>]*type=["']?application\/ld\+json["']?[^>]*>([\s\S]*?)<\/script>/gi;

/**
 * The table that a page of any portal describes for search engines, as a `Dataset` of schema.org with downloads.
 * @returns null if the page describes none
 */
export async function tableOfPage(page: string, request: JsonRequest): Promise<FoundTable | null> {
  const html = await requestText(page, request);
  const datasets = [...(html ?? '').matchAll(JSON_LD)].flatMap(([, json = '']) => objectsOf(parsed(json)));
  for (const dataset of datasets.filter((value) => [field(value, '@type')].flat().includes('Dataset'))) {
    const downloads = [field(dataset, 'distribution')].flat();
    const best = FORMATS.flatMap((format) => downloads.filter((one) => format.test(formatOf(one))))[0];
    const address = text(field(best, 'contentUrl'));
    if (address === null || !URL.canParse(address, page)) continue;
    const licence = text(field(dataset, 'license'));
    return {
      ...undescribedTable(page, 'a page with a description of its data'),
      from: new URL(address, page).href,
      title: text(field(dataset, 'name')),
      publisher: text(field(field(dataset, 'publisher') ?? field(dataset, 'creator'), 'name')),
      license: licence,
      licenseUrl: licence !== null && /^https?:/.test(licence) ? licence : null,
    };
  }
  return null;
}

function formatOf(download: unknown): string {
  return `${text(field(download, 'encodingFormat')) ?? ''} ${text(field(download, 'contentUrl')) ?? ''}`;
}

/** A block has one object, a list, or a list under `@graph`. */
function objectsOf(value: unknown): unknown[] {
  return [field(value, '@graph') ?? value].flat();
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
