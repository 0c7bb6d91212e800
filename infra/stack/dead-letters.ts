import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import type { Clients } from './clients.ts';

/** Name of the queue in the template. Its id is its URL. */
export const DEAD_LETTERS = 'DeadLetters';

/** Requests for one queue; each returns at most ten messages, and a refresh a day leaves 14 in the queue's two weeks. */
const MAX_REQUESTS = 50;

type Queues = Pick<Clients, 'queues'>;

/** Shows how many refreshes were given up, and the reason of the newest one. */
export async function deadLetterLine({ queues }: Queues, queue: string): Promise<string> {
  const AttributeNames = ['ApproximateNumberOfMessages' as const];
  const { Attributes } = await queues.send(new GetQueueAttributesCommand({ QueueUrl: queue, AttributeNames }));
  const count = Number(Attributes?.ApproximateNumberOfMessages ?? 0);
  if (count === 0) return 'none';
  // The queue has no order, so that all messages are needed to find the newest one.
  const found: Message[] = [];
  for (let request = 0; request < MAX_REQUESTS && found.length < count; request++) {
    const messages = await receive({ queues }, queue);
    if (messages.length === 0) break;
    found.push(...messages);
  }
  for (let at = 0; at < found.length; at += 10) await release({ queues }, queue, found.slice(at, at + 10));
  const [newest] = found.sort((a, b) => sentAt(b) - sentAt(a));
  const detail = newest ? `; newest ${new Date(sentAt(newest)).toISOString()}: ${reasonOf(newest)}` : '';
  return `${count} given up${detail}\n        \`npm run refresh -- --retry-failed\` tries again and clears them`;
}

/** Deletes all messages. @returns their number */
export async function clearDeadLetters({ queues }: Queues, queue: string): Promise<number> {
  let deleted = 0;
  for (let request = 0; request < MAX_REQUESTS; request++) {
    const messages = await receive({ queues }, queue);
    if (messages.length === 0) break;
    const { Successful = [] } = await queues.send(
      new DeleteMessageBatchCommand({ QueueUrl: queue, Entries: entriesOf(messages) }),
    );
    deleted += Successful.length;
  }
  return deleted;
}

/** Receives up to ten messages. The next request gets others, because these are hidden for a while. */
async function receive({ queues }: Queues, queue: string): Promise<Message[]> {
  const { Messages = [] } = await queues.send(
    new ReceiveMessageCommand({
      QueueUrl: queue,
      MaxNumberOfMessages: 10,
      VisibilityTimeout: 30,
      // A request that waits asks all servers of the queue; one that does not asks some of them.
      WaitTimeSeconds: 1,
      MessageSystemAttributeNames: ['SentTimestamp'],
      MessageAttributeNames: ['All'],
    }),
  );
  return Messages;
}

/** Lets other readers see these messages again. */
async function release({ queues }: Queues, queue: string, messages: readonly Message[]): Promise<void> {
  const Entries = entriesOf(messages).map((entry) => ({ ...entry, VisibilityTimeout: 0 }));
  await queues.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: queue, Entries }));
}

function entriesOf(messages: readonly Message[]) {
  return messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
}

function sentAt({ Attributes }: Message): number {
  return Number(Attributes?.SentTimestamp ?? 0);
}

/** Why a refresh was given up, in one line: the scheduler says it in attributes, Lambda in the body. */
export function reasonOf({ Body = '', MessageAttributes: own = {} }: Message): string {
  const { ERROR_CODE: code, ERROR_MESSAGE: message } = own;
  if (code || message)
    return oneLine(`the schedule did not reach the function: ${message?.StringValue ?? code?.StringValue}`);
  try {
    const { requestContext, responsePayload } = JSON.parse(Body) as FailedInvocation;
    const condition = requestContext?.condition ?? 'no reason is given';
    return oneLine(responsePayload?.errorMessage ?? condition);
  } catch {
    return oneLine(Body);
  }
}

/** The record of a failed asynchronous invocation, as far as it is read here. */
type FailedInvocation = {
  readonly requestContext?: { readonly condition?: string };
  readonly responsePayload?: { readonly errorMessage?: string } | null;
};

/** Errors may quote a city's data, which must not move the terminal's cursor. */
function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 300);
}
