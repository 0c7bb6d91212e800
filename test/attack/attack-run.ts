import { setTimeout as sleep } from 'node:timers/promises';
import { headerOf, MalformedAnswer } from './answer-reader.ts';
import { faultsOfAnswer } from './answer-rules.ts';
import { AttackReport, shownBytes } from './attack-report.ts';
import { ControlQuestion } from './control-question.ts';
import { type ApiDescription, type GeneratedRequest, generateRequest } from './generated-request.ts';
import { minimalRequest } from './minimal-request.ts';
import { generateAttack } from './raw-attacks.ts';
import { RawConnection } from './raw-connection.ts';
import { faultsOfExchange, runAttack } from './raw-exchange.ts';
import { requestBytes, targetOf } from './request-bytes.ts';

/** A request that takes longer than this without an answer is lost, milliseconds. */
const TIMEOUT_MS = 10_000;
/** A single request may take this many times the time of the control question. */
const SLOW_TIMES = 30;
/** One in this many requests is an attack on the connection itself. */
const RAW_EACH = 5;
/** Faults after which a run ends. */
const MAX_FINDINGS = 40;

/** Always allowed for the embedded engine, and for several requests to a cluster, milliseconds. */
export const EMBEDDED_MS = 150;
export const CLUSTER_MS = 600;

export type AttackOptions = {
  readonly port: number;
  readonly api: ApiDescription;
  readonly requests: number;
  readonly seed: number;
  /** Sends one request only. */
  readonly only?: number;
  readonly connections?: number;
  /** A request may always take this long, milliseconds. Default: {@link EMBEDDED_MS}. */
  readonly fastMs?: number;
  readonly onProgress?: (report: AttackReport) => void;
};

/** Attacks a running server, and reports every broken invariant. */
export async function attack(options: AttackOptions): Promise<AttackReport> {
  const { port, api, requests, seed, only, connections = 4, fastMs = EMBEDDED_MS, onProgress } = options;
  const report = new AttackReport(seed);
  const control = new ControlQuestion(port);
  await control.learn();
  let next = only ?? 0;
  const end = only === undefined ? requests : only + 1;

  async function attackInTurn(): Promise<void> {
    const client = new KeepAliveClient(port);
    while (next < end && report.findings.length < MAX_FINDINGS) {
      const at = next++;
      report.tried++;
      if (at % RAW_EACH === RAW_EACH - 1) await attackConnection(at);
      else await attackApi(client, at);
      if (report.tried % 1000 === 0) onProgress?.(report);
    }
    client.close();
  }

  async function attackApi(client: KeepAliveClient, at: number): Promise<void> {
    const request = generateRequest(api, seed, at);
    const { faults, ms } = await client.faultsOf(request, `attack-${at}`, report);
    report.time(ms, `${request.method} ${targetOf(request).slice(0, 100)}`);
    const all = [...faults, ...(await slowness(client, request, ms))];
    if (all.length > 0 || at % 10 === 0) all.push(...(await control.faults()));
    for (const fault of all.filter((one) => report.isNew(one))) {
      const breaks = async (one: GeneratedRequest) =>
        (await client.faultsOf(one, 'smaller', null)).faults.some((other) => other.slice(0, 12) === fault.slice(0, 12));
      const smallest = await minimalRequest(request, breaks);
      report.findings.push({ at, fault, bytes: shownBytes(requestBytes(smallest, `attack-${at}`)) });
    }
  }

  /** A slow request is sent again: on a busy machine, the least of four times counts. */
  async function slowness(client: KeepAliveClient, request: GeneratedRequest, firstMs: number): Promise<string[]> {
    const limit = () => Math.max(fastMs, SLOW_TIMES * control.medianMs);
    let least = firstMs;
    for (let again = 0; again < 3 && least > limit(); again++) {
      await control.faults();
      // A parameter that nobody knows keeps a cache from answering.
      const query = [...request.query, { name: '', text: `again=${again}`, verdict: 'unclear' as const }];
      least = Math.min(least, (await client.faultsOf({ ...request, query }, 'slow', null)).ms);
    }
    return least > limit() ? [`slow: ${least} ms; the control question takes ${control.medianMs} ms`] : [];
  }

  async function attackConnection(at: number): Promise<void> {
    const id = `attack-${at}`;
    const { kind, ...made } = generateAttack(seed, at, id);
    const exchange = await runAttack(port, made);
    for (const { status } of exchange.answers) report.count(status);
    if (exchange.answers.length === 0) report.closed++;
    const faults = [...faultsOfExchange(made, exchange), ...(await control.faults())];
    for (const fault of faults.filter((one) => report.isNew(one)))
      report.findings.push({ at, fault: `${kind}: ${fault}`, bytes: shownBytes(made.bytes) });
  }

  await Promise.all(Array.from({ length: only === undefined ? connections : 1 }, attackInTurn));
  // What the last requests left behind must not harm later callers either.
  await sleep(100);
  for (const fault of await control.faults())
    report.findings.push({ at: end, fault: `afterwards: ${fault}`, bytes: '' });
  return report;
}

/** Sends requests on one connection as long as the server keeps it. */
class KeepAliveClient {
  readonly #port: number;
  #connection: RawConnection | null = null;
  /** The previous request on the connection and its status, which may be why the server closed it. */
  #previous = 'nothing';

  constructor(port: number) {
    this.#port = port;
  }

  close(): void {
    this.#connection?.close();
  }

  async faultsOf(
    request: GeneratedRequest,
    id: string,
    report: AttackReport | null,
  ): Promise<{ faults: string[]; ms: number }> {
    if (!this.#connection || this.#connection.isClosed) {
      this.#connection = await RawConnection.open(this.#port);
      this.#previous = 'nothing';
    }
    const connection = this.#connection;
    const previous = this.#previous;
    try {
      const options = { methods: [request.method], timeoutMs: TIMEOUT_MS };
      const { answers, tookMs, rest, end } = await connection.exchange(requestBytes(request, id), options);
      const [answer] = answers;
      if (end !== 'open' || rest.length > 0 || (answer && headerOf(answer, 'connection') === 'close')) this.close();
      if (!answer) {
        if (report) report.lost++;
        return { faults: [`lost: the connection was ${end} after ${JSON.stringify(previous)}`], ms: tookMs };
      }
      this.#previous = `${answer.status} ${request.method} ${targetOf(request).slice(0, 200)} ${request.body.length}`;
      report?.count(answer.status);
      // The server cannot know that a request was a HEAD if its head is too long to be read.
      const mayHaveBody = request.method === 'HEAD' && headerOf(answer, 'x-request-id') === undefined;
      const more = rest.length > 0 && !mayHaveBody ? ['there are bytes after the response'] : [];
      return { faults: [...(await faultsOfAnswer(request, id, answer)), ...more], ms: tookMs };
    } catch (error) {
      this.close();
      if (!(error instanceof MalformedAnswer)) throw error;
      return { faults: [`malformed: ${error.message}`], ms: 0 };
    }
  }
}

/** Reads what requests are made of from the server itself. */
export async function describeApi(url: string): Promise<ApiDescription> {
  const json = async (path: string) => (await fetch(`${url}${path}`)).json() as Promise<never>;
  const { paths } = (await json('/openapi.json')) as {
    paths: Record<string, { parameters?: ApiDescription['paths'][string] }>;
  };
  type Page = { trucks: { id: string }[]; page: { cursor: string | null } };
  const pages: Page[] = [];
  for (const path of [
    '/search?q=tacos&limit=1',
    '/search?lat=37.7&lon=-122.4&sort=distance&limit=2',
    '/search?q=food&sort=name&limit=3',
  ])
    pages.push(await json(path));
  const { version } = (await json('/data/current.json')) as { version: string };
  return {
    paths: Object.fromEntries(Object.entries(paths).map(([path, { parameters = [] }]) => [path, parameters])),
    ids: pages.flatMap(({ trucks }) => trucks.map(({ id }) => id)),
    cursors: pages.flatMap(({ page }) => page.cursor ?? []),
    version,
  };
}
