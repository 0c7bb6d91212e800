import type { Random } from '../fixtures/random.ts';
import { oddText } from './odd-values.ts';

/** A parameter of a path, as `/openapi.json` has it. */
export type DocumentedParameter = {
  readonly name: string;
  readonly in: string;
  readonly schema: DocumentedSchema;
  readonly example?: unknown;
};

type DocumentedSchema = {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly items?: DocumentedSchema;
  readonly maxItems?: number;
};

/** `valid` and `invalid` are what the document says; `unclear`: the test does not know. */
export type Verdict = 'valid' | 'invalid' | 'unclear';
export type ParameterValue = { readonly text: string; readonly verdict: Verdict };

const valid = (text: string | number): ParameterValue => ({ text: String(text), verdict: 'valid' });
const invalid = (text: string | number): ParameterValue => ({ text: String(text), verdict: 'invalid' });

/** A value of a parameter: valid, at a bound, beyond it, or odd. */
export function parameterValue({ schema, example }: DocumentedParameter, random: Random): ParameterValue {
  if (random.chance(0.2)) return { text: oddText(random), verdict: 'unclear' };
  if (example !== undefined && random.chance(0.4)) return { text: String(example), verdict: 'unclear' };
  return schemaValue(schema, random);
}

function schemaValue(schema: DocumentedSchema, random: Random): ParameterValue {
  if (schema.enum) return random.chance(0.75) ? valid(random.pick(schema.enum)) : invalid('zzz');
  switch (schema.type) {
    case 'number':
    case 'integer':
      return numberOf(schema, random);
    case 'boolean':
      return random.chance(0.8) ? valid(random.pick(['true', 'false', '1', '0'])) : invalid('maybe');
    case 'array':
      return listOf(schema, random);
    default:
      return textOf(schema, random);
  }
}

function numberOf({ type, minimum = -1e6, maximum = 1e6 }: DocumentedSchema, random: Random): ParameterValue {
  const between = minimum + random.next() * (maximum - minimum);
  const within = type === 'integer' ? Math.floor(between) : Number(between.toFixed(random.below(9)));
  return random.pick([
    valid(within),
    valid(within),
    valid(minimum),
    valid(maximum),
    invalid(minimum - 1),
    invalid(maximum + 1),
    invalid('NaN'),
    invalid('1;2'),
    invalid('9'.repeat(400)),
    { text: `0${'0'.repeat(random.below(40))}1`, verdict: 'unclear' },
    { text: '1e1', verdict: 'unclear' },
    { text: '.5', verdict: 'unclear' },
  ]);
}

function listOf({ items = {}, maxItems = 20 }: DocumentedSchema, random: Random): ParameterValue {
  if (random.chance(0.1)) return invalid(Array.from({ length: maxItems + 1 }, (_, at) => `x${at}`).join(','));
  const values = Array.from({ length: 1 + random.below(4) }, () => schemaValue(items, random));
  const verdict = items.enum && values.some((value) => value.verdict === 'invalid') ? 'invalid' : 'unclear';
  return { text: values.map(({ text }) => text).join(random.pick([',', ', ', ',,'])), verdict };
}

const WORDS =
  'taco tacos cofee vegan hot_dogs burrito noodl mission street ice_cream pizza -pork without_nuts open_now near_me "fish_tacos" where_can_i_get_good_cheap the 咖啡 такос'
    .split(' ')
    .map((word) => word.replaceAll('_', ' '));

function textOf({ maxLength, pattern }: DocumentedSchema, random: Random): ParameterValue {
  if (maxLength !== undefined && random.chance(0.1)) return invalid('x'.repeat(maxLength + 1));
  if (pattern !== undefined || (maxLength ?? 0) > 1000) return { text: oddText(random), verdict: 'unclear' };
  const words = Array.from({ length: 1 + random.below(5) }, () => random.pick(WORDS)).join(' ');
  return maxLength === undefined || words.length <= maxLength ? { text: words, verdict: 'unclear' } : valid('tacos');
}
