/** One HTTP response as its bytes say it. */
export type Answer = {
  readonly status: number;
  /** In the order of the response; names in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Without transfer coding, with content coding. */
  readonly body: Buffer;
};

/** Thrown for bytes that are not a valid response. */
export class MalformedAnswer extends Error {
  override readonly name = 'MalformedAnswer';
}

const HEAD_END = Buffer.from('\r\n\r\n');
const STATUS_LINE = /^HTTP\/1\.1 ([1-5]\d\d) [\x20-\x7e]*$/;
/** RFC 9110, section 5.5, without obs-text: this server has no reason to send it. */
const HEADER_LINE = /^([!#$%&'*+.^_`|~\w-]+): ?([\x20-\x7e\t]*)$/;
/** Longest head of a response, bytes. */
const MAX_HEAD = 64 * 1024;

export function headerOf({ headers }: Pick<Answer, 'headers'>, name: string): string | undefined {
  return headers.find(([own]) => own === name)?.[1];
}

/**
 * Splits the bytes of a connection into responses, and rejects whatever RFC 9112 does not allow a server to send. Node's own client
 * accepts more than that.
 */
export class AnswerReader {
  #held: Buffer = Buffer.alloc(0);

  /** Bytes that belong to no whole response yet. */
  get held(): Buffer {
    return this.#held;
  }

  push(chunk: Buffer): void {
    this.#held = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
  }

  /** The next whole response to a request with this method, or `null`. @throws MalformedAnswer */
  take(method: string, isClosed: boolean): Answer | null {
    const end = this.#held.indexOf(HEAD_END);
    if (end < 0) {
      if (this.#held.length > MAX_HEAD) throw new MalformedAnswer('the head of a response does not end');
      if (this.#held.length >= 9 && !this.#held.toString('latin1', 0, 9).startsWith('HTTP/1.1 '))
        throw new MalformedAnswer(`not a response: ${JSON.stringify(this.#held.toString('latin1', 0, 80))}`);
      return null;
    }
    const { status, headers } = parseHead(this.#held.toString('latin1', 0, end));
    const content = bodyOf(this.#held.subarray(end + 4), { status, headers }, method, isClosed);
    if (!content) return null;
    this.#held = this.#held.subarray(end + 4 + content.length);
    // 1xx announce another response.
    return status < 200 ? this.take(method, isClosed) : { status, headers, body: content.body };
  }
}

function parseHead(head: string): Pick<Answer, 'status' | 'headers'> {
  const [statusLine = '', ...lines] = head.split('\r\n');
  const [, status] = STATUS_LINE.exec(statusLine) ?? [];
  if (!status) throw new MalformedAnswer(`not a status line: ${JSON.stringify(statusLine.slice(0, 80))}`);
  const headers = lines.map((line) => {
    const [, name, value] = HEADER_LINE.exec(line) ?? [];
    if (name === undefined || value === undefined)
      throw new MalformedAnswer(`not a header: ${JSON.stringify(line.slice(0, 200))}`);
    return [name.toLowerCase(), value] as const;
  });
  for (const name of ['content-length', 'transfer-encoding', 'content-type', 'etag', 'x-request-id']) {
    if (headers.filter(([own]) => own === name).length > 1) throw new MalformedAnswer(`${name} is sent twice`);
  }
  return { status: Number(status), headers };
}

type Content = { readonly body: Buffer; readonly length: number };

function bodyOf(
  bytes: Buffer,
  head: Pick<Answer, 'status' | 'headers'>,
  method: string,
  isClosed: boolean,
): Content | null {
  const length = headerOf(head, 'content-length');
  const coding = headerOf(head, 'transfer-encoding');
  if (length !== undefined && coding !== undefined)
    throw new MalformedAnswer('both content-length and transfer-encoding');
  if (method === 'HEAD' || head.status < 200 || head.status === 204 || head.status === 304)
    return { body: Buffer.alloc(0), length: 0 };
  if (coding !== undefined) {
    if (coding !== 'chunked') throw new MalformedAnswer(`transfer-encoding: ${coding}`);
    return chunkedBody(bytes);
  }
  if (length === undefined) return isClosed ? { body: bytes, length: bytes.length } : null;
  if (!/^\d{1,12}$/.test(length)) throw new MalformedAnswer(`content-length: ${length}`);
  const size = Number(length);
  return bytes.length < size ? null : { body: bytes.subarray(0, size), length: size };
}

function chunkedBody(bytes: Buffer): Content | null {
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd < 0) return null;
    const line = bytes.toString('latin1', at, lineEnd);
    if (!/^[\da-f]{1,8}$/i.test(line)) throw new MalformedAnswer(`chunk size: ${JSON.stringify(line.slice(0, 40))}`);
    const [begin, size] = [lineEnd + 2, Number.parseInt(line, 16)];
    if (bytes.length < begin + size + 2) return null;
    if (bytes.toString('latin1', begin + size, begin + size + 2) !== '\r\n')
      throw new MalformedAnswer('a chunk is longer than its size');
    if (size === 0) return { body: Buffer.concat(parts), length: begin + 2 };
    parts.push(bytes.subarray(begin, begin + size));
    at = begin + size + 2;
  }
}
