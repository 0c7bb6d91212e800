import type { AttackKind, RawAttack } from './raw-attacks.ts';

const smuggled = (path = '/healthz') => `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Request-Id: smuggled\r\n\r\n`;
const head = (line: string, id: string, ...headers: string[]) =>
  `${[line, 'Host: 127.0.0.1', `X-Request-Id: ${id}`, ...headers].join('\r\n')}\r\n\r\n`;
const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;

function attack(text: string, expects: RawAttack['expects']): RawAttack {
  return { bytes: Buffer.from(text, 'latin1'), methods: ['GET'], expects };
}

const METHODS = ['GET', 'POST', 'PUT', 'HEAD', 'OPTIONS'] as const;

/** Spellings of Transfer-Encoding that are not `chunked`, and that some servers take for it. */
const CODINGS = [
  'Transfer-Encoding : chunked',
  'Transfer-Encoding: xchunked',
  'Transfer-Encoding: gzip, chunked',
  'Transfer-Encoding: ',
  'Transfer-Encoding: chunked, identity',
  'Transfer-Encoding: identity, chunked, identity',
  'Transfer-Encoding: chunked\r\nTransfer-Encoding: identity',
  'Transfer-Encoding: identity\r\nTransfer-Encoding: chunked',
  'Transfer-Encoding: "chunked"',
  'Transfer-Encoding: chunked;q=1',
  ' Transfer-Encoding: chunked',
  'X: 1\nTransfer-Encoding: chunked',
  'Transfer-Encoding: chunked\x0b',
  'Transfer-Encoding: \x00chunked',
];

const LENGTHS = [
  '+5',
  '-1',
  '0x5',
  '5 5',
  '5,5',
  '5, 6',
  '1e1',
  '99999999999999999999',
  '5;',
  '٥',
  '',
  '5\x00',
  '\x0b5',
  '"5"',
  '05',
];

/** Requests whose length two servers may read differently. The request inside must never be answered. */
export const SMUGGLING_ATTACKS: Readonly<Record<string, AttackKind>> = {
  'length and coding': (random, id) => {
    const body = `0\r\n\r\n${smuggled()}`;
    const line = `${random.pick(METHODS)} /healthz HTTP/1.1`;
    const length = `Content-Length: ${random.pick([0, 5, body.length])}`;
    const pair = random.chance(0.5) ? [length, 'Transfer-Encoding: chunked'] : ['Transfer-Encoding: chunked', length];
    return attack(head(line, id, ...pair) + body, 'refused');
  },
  'two lengths': (random, id) => {
    const body = smuggled();
    const [one, two] = random.pick([
      [0, body.length],
      [body.length, 0],
      [body.length, 1],
    ]);
    const line = `${random.pick(METHODS)} /healthz HTTP/1.1`;
    return attack(head(line, id, `Content-Length: ${one}`, `Content-Length: ${two}`) + body, 'refused');
  },
  'odd length': (random, id) => {
    const line = `${random.pick(METHODS)} /healthz HTTP/1.1`;
    return attack(head(line, id, `Content-Length: ${random.pick(LENGTHS)}`) + smuggled(), 'any');
  },
  'odd coding': (random, id) => {
    const line = `${random.pick(METHODS)} /healthz HTTP/1.1`;
    const body = random.pick([`0\r\n\r\n${smuggled()}`, chunk(smuggled()) + chunk(''), smuggled()]);
    const length = random.chance(0.5) ? [`Content-Length: ${body.length}`] : [];
    return attack(head(line, id, random.pick(CODINGS), ...length) + body, 'any');
  },
  'request in a body': (random, id) => {
    const body = smuggled();
    const line = `${random.pick(['GET', 'POST', 'PUT', 'DELETE'])} /healthz HTTP/1.1`;
    const whole = head(line, id, `Content-Length: ${body.length}`) + body;
    return { ...attack(whole, 'once'), ids: [id] };
  },
  'request in a chunk': (random, id) => {
    const line = `${random.pick(['GET', 'POST'])} /healthz HTTP/1.1`;
    const whole = `${head(line, id, 'Transfer-Encoding: chunked') + chunk(smuggled())}0\r\n\r\n`;
    return { ...attack(whole, 'once'), ids: [id] };
  },
  'odd chunk': (random, id) => {
    const chunks = [
      `5;${'e'.repeat(20_000)}\r\nabcde\r\n0\r\n\r\n`,
      '5;a="\r\n"\r\nabcde\r\n0\r\n\r\n',
      '-1\r\nabc\r\n0\r\n\r\n',
      '0x5\r\nabcde\r\n0\r\n\r\n',
      'ffffffffffffffff\r\nabc',
      '5\nabcde\n0\n\n',
      '5\r\nabcdefgh\r\n0\r\n\r\n',
      '\r\n\r\n0\r\n\r\n',
      `0\r\nX: ${'t'.repeat(20_000)}\r\n\r\n`,
      '0\r\nContent-Length: 500\r\n\r\n',
      '5 \r\nabcde\r\n0\r\n\r\n',
    ];
    const line = `${random.pick(['GET', 'POST'])} /healthz HTTP/1.1`;
    return attack(head(line, id, 'Transfer-Encoding: chunked') + random.pick(chunks) + smuggled(), 'any');
  },
  'body without an end': (random, id) => {
    const line = `${random.pick(['POST', 'PUT', 'GET'])} /healthz HTTP/1.1`;
    return { ...attack(`${head(line, id, 'Content-Length: 1000000')}abc`, 'any'), client: 'leaves' };
  },
  'line end in a value': (random, id) => {
    const end = random.pick(['\n', '\r', '\n\n', '\r\r']);
    const text = `GET /healthz?x= HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Request-Id: ${id}\r\nX: a${end}${smuggled()}`;
    return attack(text, 'any');
  },
};
