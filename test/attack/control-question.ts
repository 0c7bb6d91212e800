import { decodedBody } from './answer-rules.ts';
import { RawConnection } from './raw-connection.ts';

/** Longest time in which a healthy server answers the control question on a busy machine, milliseconds. */
const TIMEOUT_MS = 5_000;
/** Number of times whose median is the control's time. */
const KEPT = 31;

/** A plain question whose right answer is known: after each attack, the server must still give it to another caller. */
export class ControlQuestion {
  readonly #port: number;
  readonly #times: number[] = [];
  #expected = '';
  #asked = 0;

  constructor(port: number) {
    this.#port = port;
  }

  get medianMs(): number {
    return this.#times.toSorted((a, b) => a - b)[this.#times.length >> 1] ?? 0;
  }

  /** Remembers the answer and the usual time. @throws Error if there is no answer */
  async learn(): Promise<void> {
    this.#expected = await this.#ask();
    for (let at = 0; at < KEPT; at++) await this.#ask();
  }

  /** What is wrong with the server now. */
  async faults(): Promise<string[]> {
    try {
      return (await this.#ask()) === this.#expected ? [] : ['the control question has another answer'];
    } catch (error) {
      return [`the control question failed: ${(error as Error).message}`];
    }
  }

  /** The part of the answer that does not depend on the time. The place differs each time, so that no cache answers. */
  async #ask(): Promise<string> {
    const lat = 37.7 + (this.#asked++ % 900) / 10_000;
    const connection = await RawConnection.open(this.#port);
    const request = `GET /search?q=tacos&lat=${lat.toFixed(4)}&lon=-122.4&sort=name HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`;
    const options = { methods: ['GET'], timeoutMs: TIMEOUT_MS };
    let { answers, tookMs } = await connection.exchange(Buffer.from(request), options);
    // A busy server may ask for patience.
    for (let again = 0; answers[0]?.status === 503 && again < 10; again++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      ({ answers, tookMs } = await connection.exchange(Buffer.from(request), options));
    }
    connection.close();
    const [answer] = answers;
    if (answer?.status !== 200) throw new Error(answer ? `status ${answer.status}` : `no answer in ${tookMs} ms`);
    this.#times.push(tookMs);
    if (this.#times.length > KEPT) this.#times.shift();
    const { hits, trucks } = JSON.parse(decodedBody(answer)) as { hits: number; trucks: { id: string }[] };
    return JSON.stringify([hits, trucks.map(({ id }) => id)]);
  }
}
