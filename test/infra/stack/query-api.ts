import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll } from 'vitest';

/** Status, and what stands within `<ActionResult>`, or with another status the whole error. */
export type Answer = readonly [status: number, inner: string];
export type Answers = Readonly<Record<string, (sent: URLSearchParams) => Answer>>;

/** An error as AWS's query APIs say it. */
export const refusal = (status: number, code: string, message: string): Answer => [
  status,
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
];

/**
 * A real server that speaks AWS's query protocol (STS, CloudFormation), for states in which no stand-in can be brought. Its answers
 * are given by the action that is asked; what has none fails.
 */
export async function startQueryApi(): Promise<{
  readonly url: string;
  /** From now on. */
  answer(answers: Answers): void;
  /** Actions since the last {@link answer}. */
  asked(): readonly string[];
  stop(): void;
}> {
  let answers: Answers = {};
  let asked: string[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    const sent = new URLSearchParams(body);
    const action = sent.get('Action') ?? `${request.method} ${request.url}`;
    asked.push(action);
    const [status, inner] = answers[action]?.(sent) ?? [500, ''];
    const text =
      status === 200 ? `<${action}Response><${action}Result>${inner}</${action}Result></${action}Response>` : inner;
    response.writeHead(status, { 'Content-Type': 'text/xml' }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer: (next) => {
      answers = next;
      asked = [];
    },
    asked: () => asked,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** What the tests of one `describe` share: such a server, and a client of CloudFormation that asks it. Use it in the tests. */
export function cloudFormation() {
  let api: Awaited<ReturnType<typeof startQueryApi>> | undefined;
  let client: CloudFormationClient | undefined;
  beforeAll(async () => {
    api = await startQueryApi();
    client = new CloudFormationClient({ endpoint: api.url, ...ANYBODY });
  });
  afterAll(() => {
    client?.destroy();
    api?.stop();
  });
  const there = <Value>(value: Value | undefined): Value => {
    if (value === undefined) throw new Error('it is there in the tests only');
    return value;
  };
  return {
    get api() {
      return there(api);
    },
    get client() {
      return there(client);
    },
  };
}

/** Credentials that such a server takes: any. */
const ANYBODY = { region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
