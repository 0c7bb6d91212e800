import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll } from 'vitest';

/** Status, and the content of `<ActionResult>`; for a status other than 200, or outside the query protocol, the whole answer. */
export type Answer = readonly [status: number, inner: string];
export type Answers = Readonly<Record<string, (request: URLSearchParams, body: string) => Answer>>;

/** An error in the format of AWS's query APIs. */
export const awsError = (status: number, code: string, message: string): Answer => [
  status,
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
];

/**
 * Starts a server that speaks AWS's query protocol (STS, CloudFormation), for states that moto cannot reach. It answers by
 * action (in other protocols by the header `X-Amz-Target`, or method and path), and with 500 to an action that has no answer.
 */
export async function startQueryServer(): Promise<{
  readonly url: string;
  /** Replaces the answers. */
  answer(answers: Answers): void;
  /** Actions requested since the last {@link answer}. */
  requestedActions(): readonly string[];
  stop(): void;
}> {
  let answers: Answers = {};
  let requested: string[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    const parameters = new URLSearchParams(body);
    const queryAction = parameters.get('Action');
    const action = queryAction ?? request.headers['x-amz-target']?.toString() ?? `${request.method} ${request.url}`;
    requested.push(action);
    const [status, inner] = answers[action]?.(parameters, body) ?? [500, ''];
    const text =
      status === 200 && queryAction
        ? `<${action}Response><${action}Result>${inner}</${action}Result></${action}Response>`
        : inner;
    response.writeHead(status, { 'Content-Type': 'text/xml' }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer: (next) => {
      answers = next;
      requested = [];
    },
    requestedActions: () => requested,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Shares such a server and its CloudFormation client among the tests of a `describe`. Both exist only while tests run. */
export function cloudFormation() {
  let api: Awaited<ReturnType<typeof startQueryServer>> | undefined;
  let client: CloudFormationClient | undefined;
  beforeAll(async () => {
    api = await startQueryServer();
    client = new CloudFormationClient({ endpoint: api.url, ...ANY_CREDENTIALS });
  });
  afterAll(() => {
    client?.destroy();
    api?.stop();
  });
  const started = <Value>(value: Value | undefined): Value => {
    if (value === undefined) throw new Error('the server runs during tests only');
    return value;
  };
  return {
    get api() {
      return started(api);
    },
    get client() {
      return started(client);
    },
  };
}

/** The server accepts any credentials. */
const ANY_CREDENTIALS = { region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
