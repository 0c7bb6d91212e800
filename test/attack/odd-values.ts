import type { Random } from '../fixtures/random.ts';

/** Texts that have broken parsers, databases, terminals and people's patience. */
const ODD_TEXTS: readonly string[] = [
  '',
  ' ',
  '\t',
  '\0',
  'ta\0cos',
  '\r\nX-Injected: 1',
  '\u001b[31mred\u001b]0;title\u0007',
  '\u0085\u009b31m',
  '\u007f',
  '\u2028\u2029',
  '\u202etxet',
  '\ufeff\u200b\u200d\u00ad',
  '\ud800',
  '\udfff\ud800',
  '\u{1f32e}\u{1f32f}\u{1f468}\u200d\u{1f469}\u200d\u{1f467}',
  '\u{10ffff}',
  'e\u0301'.repeat(50),
  `a${'\u0300'.repeat(99)}`,
  'ﬁ ﬃ ﷺ ꧅ 𒐫',
  'Ａ１２．５',
  'ı İ ß ẞ ŉ ǰ',
  '塔可 墨西哥卷饼 不要猪肉',
  'такос без свинины рядом со мной',
  'tacos sin carne cerca de mí abierto ahora',
  'where can i get good cheap fish tacos near me open now please thank you',
  '"""""""""""""""',
  '"unclosed phrase',
  '- - - - -tacos --tacos -"hot dogs" -',
  "O'Brien'); DROP TABLE vendors;--",
  '$' + '{jndi:ldap://x/a} {{7*7}} <%= 7*7 %>',
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '../../../../etc/passwd',
  '{"$gt":""}',
  '[object Object]',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'null',
  'undefined',
  'NaN',
  'Infinity',
  '-0',
  '1e309',
  '0x10',
  '９９',
  '1,2,3,4',
  ',,,,',
  '*',
  '?',
  '~2 AND (a OR b) title:x^9 [a TO b] /re.*/',
  '\\',
  '%',
  '%00',
  '+',
  '&',
  '=',
  ';',
  '#',
];

/** Texts that make an expression with a hidden square take seconds, by length. */
const GROWING: readonly ((length: number) => string)[] = [
  (length) => ' '.repeat(length),
  (length) => `${' '.repeat(length - 1)}x`,
  (length) => ','.repeat(length),
  (length) => ' ,'.repeat(length >> 1),
  (length) => '"'.repeat(length),
  (length) => '-'.repeat(length),
  (length) => 'a'.repeat(length),
  (length) => 'a '.repeat(length >> 1),
  (length) => '\t'.repeat(length),
  (length) => '('.repeat(length),
  (length) => '0'.repeat(length),
  (length) => '0.'.repeat(length >> 1),
  (length) => '&amp;'.repeat(length / 5),
  (length) => '-a'.repeat(length >> 1),
  (length) => '\u{1f32e}'.repeat(length >> 2),
  (length) => '塔'.repeat(length / 3),
];

/** Lengths around the limits of parameters, of a URL and of a request head. */
const LENGTHS = [1, 2, 59, 60, 61, 99, 100, 101, 255, 256, 1000, 3000, 3001, 5000];

export function oddText(random: Random): string {
  if (random.chance(0.6)) return random.pick(ODD_TEXTS);
  if (random.chance(0.7)) return random.pick(GROWING)(random.pick(LENGTHS));
  return Array.from({ length: 1 + random.below(30) }, () =>
    String.fromCharCode(random.chance(0.7) ? random.below(0x250) : random.below(0x10000)),
  ).join('');
}

/** A text without odd encodings, for values whose meaning a test knows. */
export function percentEncoded(text: string): string {
  // A half of a surrogate pair has no encoding.
  return encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'));
}

/** A text in one of the ways in which clients write it into a URL, right and wrong. Only bytes that HTTP allows in a URL. */
export function encodedOddly(text: string, random: Random): string {
  const bytes = Buffer.from(text, random.chance(0.05) ? 'utf16le' : random.chance(0.05) ? 'latin1' : 'utf8');
  const hex = (byte: number) => `%${byte.toString(16).padStart(2, '0')}`;
  switch (random.below(10)) {
    case 0:
      return Array.from(bytes, (byte) => hex(byte).toUpperCase()).join('');
    case 1:
      return Array.from(bytes, hex).join('');
    case 2:
      return percentEncoded(text).replaceAll('%20', '+');
    case 3:
      return percentEncoded(percentEncoded(text));
    case 4:
      return (
        percentEncoded(text) +
        random.pick(['%', '%a', '%zz', '%c3%28', '%c0%ae', '%ed%a0%80', '%f8%88%80%80%80', '%u0041'])
      );
    case 5:
      // Every printable ASCII character as it is.
      return Array.from(bytes, (byte) => (byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : hex(byte))).join('');
    default:
      return percentEncoded(text);
  }
}

const HEADER_NAMES = [
  ...[
    'If-None-Match',
    'If-Modified-Since',
    'Accept',
    'Accept-Encoding',
    'Accept-Language',
    'Range',
    'If-Range',
    'Origin',
  ],
  ...[
    'Access-Control-Request-Method',
    'Access-Control-Request-Headers',
    'X-Request-Id',
    'X-Forwarded-For',
    'Forwarded',
  ],
  ...[
    'X-Forwarded-Host',
    'X-Forwarded-Proto',
    'X-HTTP-Method-Override',
    'X-Original-URL',
    'Cookie',
    'Authorization',
    'Referer',
  ],
  ...[
    'User-Agent',
    'Cache-Control',
    'Pragma',
    'Via',
    'Max-Forwards',
    'Content-Type',
    'Content-Encoding',
    'Prefer',
    'Priority',
  ],
  ...['Sec-Fetch-Mode', 'Traceparent', '__proto__', 'constructor'],
];

const HEADER_VALUES = [
  ...[
    '*',
    'W/"x"',
    '"x", W/"y", *',
    '"',
    'W/',
    'gzip',
    'br;q=1, gzip;q=0',
    'gzip;q=99',
    '*;q=0',
    'identity;q=0',
    ',,,',
    ';;;',
  ],
  ...[
    'text/html',
    'application/problem+json',
    'application/json;q=0.1, */*',
    'null',
    'https://evil.example',
    'bytes=0-0',
  ],
  ...[
    'bytes=0-,0-,0-',
    'bytes=99999999999-',
    'POST',
    'a, b ,c',
    'X-A,X-B',
    '::1',
    '127.0.0.1, 10.0.0.1, 8.8.8.8',
    'for="[::1]:80"',
  ],
  ...[
    'Thu, 01 Jan 1970 00:00:00 GMT',
    'never',
    'no-cache',
    '0',
    '-1',
    '\xff\xfe',
    'caf\xe9',
    'a\tb',
    'ids-with_marks=1',
  ],
];

/** A header that HTTP allows; its value may be long. */
export function oddHeader(random: Random): [name: string, value: string] {
  const name = random.pick(HEADER_NAMES);
  if (random.chance(0.7)) return [name, random.pick(HEADER_VALUES)];
  const unit = random.pick([' ,', ', ', ' ', 'a', '"a", ', 'W/"a",', 'gzip;q=0.1,', '\t', ',', ';', '"', ' ;', 'a,']);
  return [name, `x${unit.repeat(random.pick([10, 300, 3000, 7000]) / unit.length)}x`];
}
