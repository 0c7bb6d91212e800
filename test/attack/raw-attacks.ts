import { Random } from '../fixtures/random.ts';
import { CONNECTION_ATTACKS } from './connection-attacks.ts';
import { HEAD_ATTACKS } from './head-attacks.ts';
import { SMUGGLING_ATTACKS } from './smuggling-attacks.ts';

/** Bytes for a connection of their own, and what may come back. */
export type RawAttack = {
  readonly bytes: Buffer;
  /** Methods of the responses that may come, in order. */
  readonly methods: readonly string[];
  /**
   * `answered`: every response comes; `refused`: one error, and the connection closes; `once`: at most the responses of `methods`,
   * and none only if the connection closes; `any`: also none, while the server waits for more.
   */
  readonly expects: 'answered' | 'refused' | 'once' | 'any';
  /** Ids that the responses repeat; `null`: not known. */
  readonly ids?: readonly (string | null)[];
  /** The client closes without waiting, or stops reading. */
  readonly client?: 'waits' | 'leaves' | 'does-not-read' | 'ends-sending';
  readonly pieceBytes?: number;
};

/** The id of a request that no server may answer: it is inside of another one's body or headers. */
export const SMUGGLED_ID = 'smuggled';

/** Makes the bytes of an attack; `id` is for its first request. */
export type AttackKind = (random: Random, id: string) => RawAttack;

export const RAW_ATTACKS: Readonly<Record<string, AttackKind>> = {
  ...SMUGGLING_ATTACKS,
  ...HEAD_ATTACKS,
  ...CONNECTION_ATTACKS,
};

/** Attack number `at` of a seed: always the same. */
export function generateAttack(seed: number, at: number, id: string): RawAttack & { readonly kind: string } {
  const random = new Random(seed * 1_000_003 + at);
  const kind = random.pick(Object.keys(RAW_ATTACKS));
  const attack = RAW_ATTACKS[kind] as AttackKind;
  return { kind, ...attack(random, id) };
}
