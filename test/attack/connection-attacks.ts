import type { Random } from '../fixtures/random.ts';
import type { AttackKind, RawAttack } from './raw-attacks.ts';

const get = (target: string, id: string, ...headers: string[]) =>
  `${[`GET ${target} HTTP/1.1`, 'Host: 127.0.0.1', `X-Request-Id: ${id}`, ...headers].join('\r\n')}\r\n\r\n`;

const attack = (text: string, expects: RawAttack['expects'], more: Partial<RawAttack> = {}): RawAttack => ({
  bytes: Buffer.from(text, 'latin1'),
  methods: ['GET'],
  expects,
  ...more,
});

const TARGETS = [
  ...[
    '/healthz',
    '/readyz',
    '/search?q=tacos&limit=1',
    '/search?q=',
    '/search?q=coffee&format=csv',
    '/suggest?q=ta',
    '/meta',
  ],
  ...[
    '/search',
    '/nowhere',
    '/trucks/none',
    '/docs',
    '/',
    '/data/current.json',
    '/search?q=vegan&limit=0',
    '/data/list.html',
  ],
];

/** Requests of one connection, sent without waiting, with their ids. */
function pipeline(random: Random, id: string) {
  const methods = Array.from({ length: 2 + random.below(19) }, () => random.pick(['GET', 'GET', 'GET', 'HEAD']));
  const ids = methods.map((_, at) => `${id}-${at}`);
  const text = methods
    .map((method, at) => get(random.pick(TARGETS), ids[at] as string).replace('GET', method))
    .join('');
  return { text, methods, ids };
}

/** Connections that are slow, half, full or of another kind than the server expects. */
export const CONNECTION_ATTACKS: Readonly<Record<string, AttackKind>> = {
  pipeline: (random, id) => {
    const { text, methods, ids } = pipeline(random, id);
    return attack(text, 'answered', { methods, ids });
  },
  'pipeline with a broken end': (random, id) => {
    const { text, methods, ids } = pipeline(random, id);
    return attack(`${text}BROKEN\r\n\r\n`, 'once', { methods: [...methods, 'GET'], ids: [...ids, null] });
  },
  'pipeline that is not read': (random, id) => {
    const { text, methods } = pipeline(random, id);
    return attack(text.repeat(3), 'any', { methods, client: 'does-not-read' });
  },
  'half head': (random, id) => {
    const whole = get('/search?q=tacos', id, 'Accept: */*');
    return attack(whole.slice(0, 1 + random.below(whole.length - 2)), 'any', { client: 'leaves' });
  },
  'half head and the end': (random, id) => {
    const whole = get('/search?q=tacos', id, 'Accept: */*');
    return attack(whole.slice(0, 1 + random.below(whole.length - 2)), 'any', { client: 'ends-sending' });
  },
  'slow head': (random, id) => attack(get('/healthz', id), 'answered', { ids: [id], pieceBytes: 1 + random.below(4) }),
  'answer that is not read': (random, id) =>
    attack(get(random.pick(['/data/list.html', '/search?q=', '/search?q=&format=ics', '/docs']), id), 'any', {
      client: 'does-not-read',
    }),
  'gone at once': (random, id) =>
    attack(get(random.pick(['/search?q=where+can+i+get+good+cheap+fish+tacos', '/search?q=']), id), 'any', {
      client: 'leaves',
    }),
  'closed half after the request': (_random, id) =>
    attack(get('/healthz', id), 'any', { client: 'ends-sending', ids: [id] }),
  'expects 100': (random, id) => {
    const line = random.pick(['GET', 'POST']);
    const value = random.pick(['100-continue', '100-Continue', '200-ok', '100-continue, 100-continue']);
    return attack(get('/healthz', id, `Expect: ${value}`, 'Content-Length: 0').replace('GET', line), 'once');
  },
  upgrade: (random, id) => {
    const to = random.pick(['websocket', 'h2c', 'TLS/1.0', 'websocket, h2c', 'x\x80y']);
    const headers = ['Connection: Upgrade, HTTP2-Settings', `Upgrade: ${to}`, 'HTTP2-Settings: AAMAAABkAAQ'];
    return attack(get('/healthz', id, ...headers, 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='), 'once');
  },
  connection: (random, id) => {
    const value = random.pick([
      'close',
      'keep-alive',
      'close, keep-alive',
      'x-request-id',
      'content-length',
      ',,,',
      'TE, close',
    ]);
    return attack(
      get('/healthz', id, `Connection: ${value}`, 'TE: trailers', 'Keep-Alive: timeout=99999'),
      'answered',
      { ids: [id] },
    );
  },
  connect: (_random, id) => attack(get('127.0.0.1:22', id).replace('GET', 'CONNECT'), 'any'),
};
