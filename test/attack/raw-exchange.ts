import { type Answer, headerOf, MalformedAnswer } from './answer-reader.ts';
import { faultsOfAnyAnswer } from './answer-rules.ts';
import { type RawAttack, SMUGGLED_ID } from './raw-attacks.ts';
import { type Exchange, RawConnection } from './raw-connection.ts';

/** Time for the responses of an attack, milliseconds. A server may wait for the rest of a request for much longer. */
const ANSWER_MS = 3_000;
const INCOMPLETE_MS = 80;
/** Time in which a second response would show that a request was smuggled, and in which a connection must be closed, milliseconds. */
const LINGER_MS = 30;
const CLOSING_MS = 2_000;

export type AttackExchange = Exchange & { readonly malformed: string | null };

/** Carries out an attack on a connection of its own. */
export async function runAttack(port: number, attack: RawAttack): Promise<AttackExchange> {
  const { bytes, methods, expects, client = 'waits', pieceBytes } = attack;
  const connection = await RawConnection.open(port);
  if (client === 'does-not-read') connection.pause();
  try {
    const exchange = await connection.exchange(bytes, {
      methods,
      timeoutMs: client === 'leaves' || client === 'does-not-read' ? 20 : expects === 'any' ? INCOMPLETE_MS : ANSWER_MS,
      lingerMs: expects === 'refused' ? CLOSING_MS : LINGER_MS,
      endsSending: client === 'ends-sending',
      ...(pieceBytes === undefined ? {} : { pieceBytes }),
    });
    return { ...exchange, malformed: null };
  } catch (error) {
    if (!(error instanceof MalformedAnswer)) throw error;
    return { answers: [], end: 'closed', tookMs: 0, rest: Buffer.alloc(0), malformed: error.message };
  } finally {
    connection.close();
  }
}

/** What is wrong with the responses to an attack. */
export function faultsOfExchange(attack: RawAttack, exchange: AttackExchange): string[] {
  const { methods, expects, client = 'waits' } = attack;
  const { answers, end, malformed } = exchange;
  if (malformed !== null) return [`malformed: ${malformed}`];
  const faults = answers.flatMap((answer, at) => faultsOfAnyAnswer(methods[at] ?? 'GET', answer));
  const ids = answers.map((answer) => headerOf(answer, 'x-request-id'));
  if (ids.includes(SMUGGLED_ID)) faults.push('the smuggled request was answered');
  faults.push(...faultsOfOrder(attack, ids, answers));
  if (client === 'leaves' || client === 'does-not-read') return faults;
  const count = `${answers.length} responses, and the connection is ${end}`;
  if (expects === 'answered' && answers.length !== methods.length) faults.push(`${count}; ${methods.length} expected`);
  if (expects === 'refused' && (answers.length !== 1 || (answers[0]?.status ?? 0) < 400 || end !== 'closed'))
    faults.push(`${count}; one error and the end expected`);
  if (expects === 'once' && answers.length !== methods.length && end !== 'closed') faults.push(count);
  // The rest of a broken body may get an error of its own before the connection closes.
  const isErrorOfRest = end === 'closed' && ids.length > 1 && ids.at(-1) === undefined;
  if (answers.length > methods.length + (isErrorOfRest ? 1 : 0)) faults.push(count);
  return faults;
}

/** Each response belongs to its request. An error of the HTTP library has no id, nor has the refusal of an overloaded server. */
function faultsOfOrder(
  { ids = [] }: RawAttack,
  own: readonly (string | undefined)[],
  answers: readonly Answer[],
): string[] {
  return own.flatMap((id, at) => {
    const expected = ids[at];
    if (expected === null || expected === undefined || id === expected) return [];
    if (id !== undefined) return [`response ${at} has the id "${id}" instead of "${expected}"`];
    // Callers would take an error of a later request for the response to this one.
    const isRefusal = answers[at]?.status === 503 || ids.length === 1;
    return isRefusal ? [] : [`response ${at} is not that of its request`];
  });
}
