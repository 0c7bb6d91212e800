/** What an operator can act on: one sentence, shown without a stack trace. */
export class OperatorError extends Error {
  override readonly name = 'Refusal';
}
