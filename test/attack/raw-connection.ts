import { connect, type Socket } from 'node:net';
import { type Answer, AnswerReader } from './answer-reader.ts';

/** What came back for the bytes that were sent. */
export type Exchange = {
  readonly answers: readonly Answer[];
  /** `open`: the expected number of responses came; `closed`: the server closed the connection; `silent`: neither, in time. */
  readonly end: 'open' | 'closed' | 'silent';
  /** From the first byte sent to the last response or the end, milliseconds. */
  readonly tookMs: number;
  /** Bytes after the last whole response. */
  readonly rest: Buffer;
};

export type ExchangeOptions = {
  /** One method per expected response: a response to HEAD has no body. */
  readonly methods: readonly string[];
  readonly timeoutMs: number;
  /** Waits for the end of the connection even if all responses came, milliseconds; for bytes that may contain another request. */
  readonly lingerMs?: number;
  /** Sends the bytes in pieces of this size, one per millisecond. */
  readonly pieceBytes?: number;
  /** Closes the sending half after the bytes. */
  readonly endsSending?: boolean;
};

/** A TCP connection on which a test sends bytes of its own choice. */
export class RawConnection {
  readonly #socket: Socket;
  readonly #reader = new AnswerReader();
  #isClosed = false;
  #notify = () => {};

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => {
      this.#reader.push(chunk);
      this.#notify();
    });
    // A reset is an end like any other here.
    socket.on('error', () => {});
    for (const event of ['end', 'close'] as const) {
      socket.on(event, () => {
        this.#isClosed = true;
        this.#notify();
      });
    }
  }

  static open(port: number): Promise<RawConnection> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
      socket.once('error', reject);
      socket.once('connect', () => resolve(new RawConnection(socket)));
    });
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Sends bytes and does not wait. */
  write(bytes: Buffer): void {
    if (!this.#isClosed) this.#socket.write(bytes);
  }

  /** Stops reading: the server's buffers fill up. */
  pause(): void {
    this.#socket.pause();
  }

  close(): void {
    this.#socket.destroy();
    this.#isClosed = true;
  }

  /** Sends bytes and waits for responses. @throws MalformedAnswer */
  async exchange(bytes: Buffer, options: ExchangeOptions): Promise<Exchange> {
    const { methods, timeoutMs, lingerMs = 0, pieceBytes, endsSending = false } = options;
    const began = performance.now();
    const answers: Answer[] = [];
    let tookMs = 0;
    void this.#send(bytes, pieceBytes, endsSending);
    let deadline = began + timeoutMs;
    for (;;) {
      const answer = this.#reader.take(methods[answers.length] ?? 'GET', this.#isClosed);
      if (answer) {
        answers.push(answer);
        tookMs = performance.now() - began;
        if (answers.length === methods.length) {
          if (lingerMs === 0)
            return { answers, end: this.#isClosed ? 'closed' : 'open', tookMs, rest: this.#reader.held };
          deadline = performance.now() + lingerMs;
        }
        continue;
      }
      const isComplete = answers.length >= methods.length;
      const rest = this.#reader.held;
      if (this.#isClosed) return { answers, end: 'closed', tookMs: tookMs || performance.now() - began, rest };
      const left = deadline - performance.now();
      if (left <= 0) return { answers, end: isComplete ? 'open' : 'silent', tookMs: tookMs || timeoutMs, rest };
      await this.#wake(left);
    }
  }

  async #send(bytes: Buffer, pieceBytes: number | undefined, endsSending: boolean): Promise<void> {
    for (let at = 0; at < bytes.length; at += pieceBytes ?? bytes.length) {
      this.write(bytes.subarray(at, at + (pieceBytes ?? bytes.length)));
      if (pieceBytes) await new Promise((resolve) => setTimeout(resolve, 1));
    }
    if (endsSending) this.#socket.end();
  }

  #wake(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#notify = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
