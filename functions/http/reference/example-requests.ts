import type { ReferenceOperation } from './reference-operation.ts';

/** Searches that work with any city's data; everything else has one request. */
const SEARCHES = ['/search?q=tacos', '/search?open_now=true&sort=name&limit=5', '/search?q=coffee&format=csv'];

type ExampleRequest = { readonly url: string; readonly isLink: boolean };

/** Requests to try. One with an id or a version of the data is not a link, because only the data knows which exist. */
export function exampleRequests({
  path,
  parameters,
}: Pick<ReferenceOperation, 'path' | 'parameters'>): ExampleRequest[] {
  if (path === '/search') return SEARCHES.map((url) => ({ url, isLink: true }));
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(parameters.find((one) => one.name === name)?.example ?? name)),
  );
  const query = parameters.find((one) => one.in === 'query' && one.example !== undefined);
  const url = query ? `${filled}?${query.name}=${encodeURIComponent(String(query.example))}` : filled;
  return [{ url, isLink: filled === path }];
}
