import type { Random } from '../fixtures/random.ts';
import type { AttackKind, RawAttack } from './raw-attacks.ts';

function attack(text: string, expects: RawAttack['expects'], id?: string): RawAttack {
  const ids = id === undefined ? {} : { ids: [id] };
  return { bytes: Buffer.from(text, 'latin1'), methods: ['GET'], expects, ...ids };
}

const get = (target: string, id: string, ...headers: string[]) =>
  `${[`GET ${target} HTTP/1.1`, 'Host: 127.0.0.1', `X-Request-Id: ${id}`, ...headers].join('\r\n')}\r\n\r\n`;

const UTF8_TEXT = Buffer.from('塔可é🌮').toString('latin1');

/** Values of Host; a URL with most of them cannot be parsed. */
const HOSTS = [
  ...[
    '1.2.3.999',
    'xn--',
    'xn--a',
    '[::1',
    '[::1]:99999',
    '[v1.x]',
    '0x7f.1',
    '127.0.0.1:',
    '127.0.0.1:0',
    '127.0.0.1:99999',
  ],
  ...[
    '',
    ' ',
    'a b',
    'a,b',
    'a/b',
    'a?b',
    'a#b',
    'a@b',
    'user:pass@host',
    'a\\b',
    'a%00b',
    '%zz',
    '<script>',
    'a\tb',
    '..',
    '-',
    '_',
  ],
  ...['*', 'localhost:8080:8080', 'EXAMPLE.com.', `${'a'.repeat(64)}.example`, 'a.'.repeat(200), 'h'.repeat(10_000)],
  ...[
    UTF8_TEXT,
    'caf\xe9',
    '\x7f',
    '4294967296',
    '1.2.3.4.5',
    '256.1',
    '0',
    'a..b',
    '[fe80::1%25eth0]',
    'host:http',
    'a^b',
    'a|b',
  ],
];

/** Request targets; a server may refuse them or answer with a 404, but must not fail. */
const TARGETS = [
  ...[
    '*',
    '127.0.0.1:80',
    'http://127.0.0.1/healthz',
    'https://evil.example/healthz',
    'http://',
    'http://[',
    'http://1.2.3.999/',
  ],
  ...[
    'HTTP://127.0.0.1:1/healthz',
    'ftp://x/',
    'javascript:alert(1)',
    'file:///etc/passwd',
    '//',
    '//evil.example/healthz',
    '///',
  ],
  ...[
    '?q=1',
    '/?',
    '/#x',
    '#',
    '/healthz#x',
    '\\',
    '/\\evil',
    '/healthz ',
    'healthz',
    '/%',
    '/%zz',
    '/a%2fb',
    '/..',
    '/../..',
    '/.//',
  ],
  ...[
    '/:80',
    '/a:b@c',
    '/[',
    '/{}',
    '/|',
    '/"',
    '/<>',
    '/^`',
    '/~',
    "/'",
    '/search?',
    '/search?%',
    '/search?=',
    '/search?&&',
    '@',
  ],
  ...[`/${UTF8_TEXT}`, `/search?q=${UTF8_TEXT}`, '/\x80', '/\x01', '/\x7f', '/search?q=\x00', '/a\tb', '/a\x0bb'],
];

const VERSIONS = [
  'HTTP/0.9',
  'HTTP/1.0',
  'HTTP/1.2',
  'HTTP/2.0',
  'HTTP/9.9',
  'HTTP/1.1 ',
  'http/1.1',
  'HTTP/1',
  'HTTP/11',
  'HTTPS/1.1',
  '',
];

const WORDS = [
  ...['get', 'Get', 'G ET', 'GETS', '', ' GET', 'GET\t', 'CONNECT', 'TRACE', 'QUERY', 'PRI', 'SOURCE', 'FOO', '<GET>'],
  ...['G'.repeat(5000), 'GET\x00', 'OPTIONS', 'PROPFIND', 'MKCALENDAR', 'UNSUBSCRIBE', 'ANNOUNCE', 'DESCRIBE'],
];

const HEADER_LINES = [
  ...[
    'X: a\x00b',
    'X\x00: a',
    'X: a\x01b',
    'X : a',
    ' X: a',
    ': a',
    'X',
    'X a',
    'X: a\r b',
    'X: a\rb',
    'X:\x0ba',
    '\xff: a',
    'X(: a',
  ],
  ...['X: a\r\n b', 'X: a\r\n\tb', 'X:\r\n b', 'X: \x7f', 'Ünï: a', 'X[]: a', '"X": a', 'X: a\nY: b', '\t', '\r', ' '],
];

/** Whole request heads that break a rule of HTTP, or use one that few servers know. */
export const HEAD_ATTACKS: Readonly<Record<string, AttackKind>> = {
  'odd Host': (random, id) => {
    const path = random.pick(['/healthz', '/search?q=tacos', '/search', '/nowhere', '/meta']);
    return attack(`GET ${path} HTTP/1.1\r\nHost: ${random.pick(HOSTS)}\r\nX-Request-Id: ${id}\r\n\r\n`, 'once');
  },
  'no Host': (_random, id) => attack(`GET /healthz HTTP/1.1\r\nX-Request-Id: ${id}\r\n\r\n`, 'refused'),
  'two Hosts': (_random, id) => attack(get('/healthz', id, 'Host: evil.example'), 'once'),
  'odd target': (random, id) => attack(get(random.pick(TARGETS), id), 'once'),
  'raw UTF-8': (random, id) => {
    const place = random.pick(['target', 'value', 'name']);
    if (place === 'target') return attack(get(`/${UTF8_TEXT}`, id), 'once');
    return attack(get('/healthz', id, place === 'value' ? `X: ${UTF8_TEXT}` : `${UTF8_TEXT}: x`), 'once');
  },
  'odd version': (random, id) => {
    const line = `GET /healthz ${random.pick(VERSIONS)}`;
    return attack(`${line}\r\nHost: 127.0.0.1\r\nX-Request-Id: ${id}\r\n\r\n`, 'any');
  },
  'odd method': (random, id) =>
    attack(`${random.pick(WORDS)} /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Request-Id: ${id}\r\n\r\n`, 'any'),
  'odd header': (random, id) => attack(get('/healthz', id, random.pick(HEADER_LINES)), 'once'),
  'bare LF': (_random, id) => attack(get('/healthz', id).replaceAll('\r\n', '\n'), 'once'),
  'bare CR': (_random, id) => attack(`${get('/healthz', id).replaceAll('\r\n', '\r')}\r\n\r\n`, 'any'),
  'empty lines first': (random, id) => attack('\r\n'.repeat(random.pick([1, 2, 50])) + get('/healthz', id), 'once'),
  'many headers': (random, id) => {
    const count = random.pick([90, 300, 1900, 2100, 4000]);
    return attack(get('/healthz', id, ...Array.from({ length: count }, (_, at) => `a${at % 10}:`)), 'once');
  },
  'one long header': (random, id) =>
    attack(get('/healthz', id, `X: ${'x'.repeat(random.pick([8_000, 15_000, 17_000, 200_000]))}`), 'any'),
  'long target': (random, id) =>
    attack(get(`/search?q=${'x'.repeat(random.pick([8_000, 15_000, 17_000, 200_000]))}`, id), 'any'),
  'random bytes': (random) => ({
    bytes: Buffer.concat([seededBytes(random, 1 + random.below(400)), Buffer.from('\r\n\r\n')]),
    methods: ['GET'],
    expects: 'any',
  }),
  'one changed byte': (random, id) => {
    const bytes = Buffer.from(get('/search?q=tacos&limit=1', id, 'Accept: */*', 'Accept-Encoding: gzip'), 'latin1');
    bytes[random.below(bytes.length - 4)] = random.below(256);
    return { bytes, methods: ['GET'], expects: 'any' };
  },
  'another protocol': (random) =>
    attack(
      random.pick([
        'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0',
        `\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03${'r'.repeat(500)}`,
        'SSH-2.0-OpenSSH_9.2\r\n',
        '*1\r\n$4\r\nPING\r\n',
        'EHLO x\r\nMAIL FROM:<a@b>\r\n',
        '{"json":true}\r\n\r\n',
        'GET /\r\n',
        'PROXY TCP4 1.1.1.1 2.2.2.2 1 2\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n',
      ]),
      'any',
    ),
};

function seededBytes(random: Random, length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => random.below(256)));
}
