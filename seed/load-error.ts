/** A city's data could not be loaded. The message is a sentence for the operator: what is wrong, and where. */
export class LoadError extends Error {
  override readonly name = 'LoadError';
}
