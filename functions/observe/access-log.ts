import type { RequestObserver, RequestRecord } from '../http/middleware/request-record.ts';
import { pathOf } from '../http/params/url-parts.ts';
import { terminalJson } from '../model/text/unsafe-characters.ts';

export type AccessLogOptions = {
  /** Writes complete lines. */
  readonly write: (lines: string) => void;
  /** The personal data of a request, as more keys of its line; without it, a line has none. */
  readonly personalData?: ((request: Request) => Readonly<Record<string, string>>) | undefined;
  /** Keys before all others, for machines that read the lines. */
  readonly prefix?: (record: RequestRecord) => Readonly<Record<string, unknown>>;
  /** The city whose requests these are, if there are several. */
  readonly city?: string | undefined;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
};

/**
 * Writes one line of JSON for each request. `event` is `request`, so that it can be told from the other lines of the log, which have the
 * same `requestId`. A line is concatenated from texts that need no escaping: `JSON.stringify` would take three times as long.
 */
export function createAccessLog({
  write,
  personalData,
  prefix,
  city,
  now = Date.now,
}: AccessLogOptions): RequestObserver {
  const timeOf = createTimeFormat();
  const quoted = createQuoting();
  const cityKey = city === undefined ? '' : `,"city":${JSON.stringify(city)}`;
  return (record, request) => {
    const { requestId, method, route, status, durationMs, engine, version, cache, bytes, refused } = record;
    const own = request && personalData ? personalData(request) : null;
    const keys = prefix ? JSON.stringify(prefix(record)).slice(1, -1) : '';
    const start = keys === '' ? '{' : `{${keys},`;
    const end = own ? `,${terminalJson(JSON.stringify(own)).slice(1)}` : '}';
    write(
      `${start}"time":"${timeOf(now())}","event":"request","requestId":"${requestId}","method":${quoted(method)},"route":"${route}",` +
        `"status":${status},"ms":${Math.round(durationMs * 1000) / 1000},"engine":${quoted(engine)},"release":${quoted(version)},` +
        `"cache":"${cache}","bytes":${bytes},"refused":${quoted(refused)}${cityKey}${end}\n`,
    );
  };
}

/** The query of a request. The client's address, if the server knows it, is `client`. */
export function personalDataOf(clientOf: (request: Request) => string | null) {
  return (request: Request): Record<string, string> => {
    const client = clientOf(request);
    return { path: pathOf(request.url).slice(0, 8_192), ...(client === null ? {} : { client }) };
  };
}

/** RFC 3339. Busy servers write several lines in a millisecond. */
function createTimeFormat(): (time: number) => string {
  let last = Number.NaN;
  let text = '';
  return (time) => {
    if (time !== last) {
      last = time;
      text = new Date(time).toISOString();
    }
    return text;
  };
}

/** Few texts are quoted often: methods, engines, releases. Callers can invent methods, so that the number of kept texts has a limit. */
function createQuoting(): (text: string | null) => string {
  const known = new Map<string | null, string>([[null, 'null']]);
  return (text) => {
    const earlier = known.get(text);
    if (earlier !== undefined) return earlier;
    const quoted = terminalJson(JSON.stringify(text?.slice(0, 200)));
    if (known.size < 100) known.set(text, quoted);
    return quoted;
  };
}
