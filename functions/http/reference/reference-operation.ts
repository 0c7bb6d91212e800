import type { JsonSchema } from './schema-type.ts';

export type ReferenceParameter = {
  readonly name: string;
  readonly in: string;
  readonly description: string;
  readonly required: boolean;
  readonly schema: JsonSchema;
  readonly example?: unknown;
};

type Media = { readonly schema: JsonSchema; readonly example?: unknown };
export type ReferenceResponse = { readonly description: string; readonly content?: Readonly<Record<string, Media>> };

/** What the reference shows of one path. */
export type ReferenceOperation = {
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly ReferenceParameter[];
  readonly responses: Readonly<Record<string, ReferenceResponse>>;
};
