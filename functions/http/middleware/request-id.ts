/** Chooses the id of a request. A caller that is not trusted could send the same id again, and mix requests in the log. */
export type RequestIds = (request: Request) => string;

/** For `accepts`: the id that the caller sent if it is usable, else a new one. */
export function requestIds(accepts: boolean): RequestIds {
  return accepts ? requestIdOf : newRequestId;
}

function requestIdOf({ headers }: Request): string {
  const given = headers.get('x-request-id');
  return given && given.length <= 255 && /^[\w\-=]+$/.test(given) ? given : newRequestId();
}

/** Bytes as two hexadecimal digits each: formatting the number each time takes several times as long. */
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** A version 4 UUID (RFC 9562). It is not a secret, and the platform's own generator costs a cold start several milliseconds. */
export function newRequestId(): string {
  const random = () => Math.floor(Math.random() * 0x1_0000_0000);
  const two = (bits: number) => `${HEX[bits & 0xff]}${HEX[(bits >>> 8) & 0xff]}`;
  const [a, b, c, d] = [random(), random(), random(), random()];
  const version = `${HEX[0x40 | (b & 0x0f)]}${HEX[(b >>> 8) & 0xff]}`;
  const variant = `${HEX[0x80 | (c & 0x3f)]}${HEX[(c >>> 8) & 0xff]}`;
  return `${two(a)}${two(a >>> 16)}-${two(b >>> 16)}-${version}-${variant}-${two(c >>> 16)}${two(d)}${two(d >>> 16)}`;
}
