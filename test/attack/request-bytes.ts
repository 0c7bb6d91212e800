import type { GeneratedRequest } from './generated-request.ts';

/** The request target. */
export function targetOf({ path, query }: Pick<GeneratedRequest, 'path' | 'query'>): string {
  return query.length === 0 ? path : `${path}?${query.map(({ text }) => text).join('&')}`;
}

/** The bytes of a request with an id, which its response must repeat. A header that the request already has is not added. */
export function requestBytes(request: GeneratedRequest, id: string): Buffer {
  const { method, headers, body } = request;
  const names = new Set(headers.map(([name]) => name.toLowerCase()));
  const own: (readonly [string, string])[] = [
    ['Host', '127.0.0.1'],
    ['X-Request-Id', id],
    ...(body ? [['Content-Length', String(Buffer.byteLength(body, 'latin1'))] as const] : []),
  ];
  const lines = [...own.filter(([name]) => !names.has(name.toLowerCase())), ...headers].map(
    ([name, value]) => `${name}: ${value}`,
  );
  return Buffer.from(`${[`${method} ${targetOf(request)} HTTP/1.1`, ...lines].join('\r\n')}\r\n\r\n${body}`, 'latin1');
}
