import { LoadError } from '../../seed/load-errors.ts';
import { ConfigError } from '../config/config.ts';
import { EngineError } from '../engine/engine.ts';
import { terminalText } from '../model/text/unsafe-characters.ts';

/**
 * What a command says when it fails. An operator can act on an expected error, so one sentence will do; anything else is a bug and keeps
 * its stack.
 */
export function failureLine(error: unknown): string {
  const isExpected = error instanceof ConfigError || error instanceof LoadError || error instanceof EngineError;
  return `curbside: ${terminalText(isExpected ? error.message : String((error as Error).stack))}\n`;
}
