/** A broken invariant, with the smallest request that breaks it. */
export type Finding = {
  /** Number of the request: `--only` sends it again. */
  readonly at: number;
  readonly fault: string;
  /** The bytes, escaped as in JSON. */
  readonly bytes: string;
};

/** What a run did and found. */
export class AttackReport {
  readonly seed: number;
  readonly findings: Finding[] = [];
  readonly statuses = new Map<number, number>();
  tried = 0;
  /** Requests that HTTP allows and that got no whole response. */
  lost = 0;
  /** Connections that the server closed without a response, or that the client left: both are allowed for what was sent. */
  closed = 0;
  slowest = { ms: 0, what: '' };
  readonly #kinds = new Set<string>();

  constructor(seed: number) {
    this.seed = seed;
  }

  count(status: number): void {
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
  }

  time(ms: number, what: string): void {
    if (ms > this.slowest.ms) this.slowest = { ms, what };
  }

  /** False if a fault of this kind is known: numbers and quoted texts do not make another kind. */
  isNew(fault: string): boolean {
    const kind = fault.replace(/"(?:[^"\\]|\\.)*"/g, '""').replace(/\d+/g, '0');
    if (this.#kinds.has(kind)) return false;
    this.#kinds.add(kind);
    return true;
  }

  get serverErrors(): number {
    return [...this.statuses].reduce((sum, [status, count]) => sum + (status >= 500 && status !== 503 ? count : 0), 0);
  }

  /** One line for people and logs. */
  summary(): string {
    const statuses = [...this.statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${status} ${count}`);
    const { ms, what } = this.slowest;
    return [
      `${this.tried} requests with seed ${this.seed}: ${statuses.join(', ')}, without an answer ${this.closed}`,
      `5xx other than 503: ${this.serverErrors}`,
      `lost: ${this.lost}`,
      `slowest: ${Math.round(ms)} ms (${what})`,
      `faults: ${this.findings.length}`,
    ].join('; ');
  }

  /** The faults from a number on, each with how to send its request again. */
  details(from = 0): string {
    return this.findings
      .slice(from)
      .map(({ at, fault, bytes }) => `${fault}\n  request ${at} of seed ${this.seed}, at its smallest:\n  ${bytes}`)
      .join('\n');
  }
}

/** Bytes as a JSON string, at most 1,500 characters of it. */
export function shownBytes(bytes: Buffer): string {
  const text = JSON.stringify(bytes.toString('latin1'));
  return text.length <= 1500 ? text : `${text.slice(0, 1200)}… ${bytes.length} bytes … ${text.slice(-200)}`;
}
