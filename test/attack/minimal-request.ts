import type { GeneratedRequest } from './generated-request.ts';

/** Most requests that are sent to find a smaller one. */
const MAX_TRIES = 60;

/** The smallest request that still breaks an invariant: parts are removed and texts halved as long as the fault stays. */
export async function minimalRequest(
  request: GeneratedRequest,
  breaks: (request: GeneratedRequest) => Promise<boolean>,
): Promise<GeneratedRequest> {
  let smallest = request;
  let tries = 0;
  for (let isSmaller = true; isSmaller; ) {
    isSmaller = false;
    for (const candidate of smallerRequests(smallest)) {
      if (tries++ >= MAX_TRIES) return smallest;
      if (!(await breaks(candidate))) continue;
      smallest = candidate;
      isSmaller = true;
      break;
    }
  }
  return smallest;
}

/** Candidates in the order of how much they remove. */
function* smallerRequests(request: GeneratedRequest): Generator<GeneratedRequest> {
  const { query, headers, body } = request;
  if (query.length > 1) {
    yield { ...request, query: query.slice(query.length >> 1) };
    yield { ...request, query: query.slice(0, query.length >> 1) };
  }
  if (headers.length > 0) yield { ...request, headers: [] };
  if (body) yield { ...request, body: '' };
  for (const [at] of query.slice(0, 12).entries()) yield { ...request, query: query.toSpliced(at, 1) };
  for (const [at] of headers.slice(0, 12).entries()) yield { ...request, headers: headers.toSpliced(at, 1) };
  for (const [at, part] of query.slice(0, 12).entries()) {
    const [name = '', value = ''] = part.text.split(/=(.*)/s);
    if (value.length < 2) continue;
    for (const half of [value.slice(0, value.length >> 1), value.slice(value.length >> 1)])
      yield { ...request, query: query.with(at, { ...part, verdict: 'unclear', text: `${name}=${half}` }) };
  }
  for (const [at, [name, value]] of headers.slice(0, 12).entries()) {
    if (value.length > 1) yield { ...request, headers: headers.with(at, [name, value.slice(0, value.length >> 1)]) };
  }
}
