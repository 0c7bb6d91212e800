/*
 * Characters that act on a terminal or hide and reorder text: control characters except tab and line ends, soft hyphens, zero-width
 * characters, marks of text direction (Trojan Source, CVE-2021-42574), line separators, tags, halves of surrogate pairs.
 */
const UNSAFE =
  /[^\P{Cc}\t\n\r]|\u034f|[\xad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}\p{Cs}]/u;
const EVERY_UNSAFE = new RegExp(UNSAFE.source, 'gu');

const UNSAFE_ON_TERMINAL = new RegExp(`\\r|${UNSAFE.source}`, 'gu');

const [ESCAPE, BELL, CSI, OSC, ST] = ['\u001b', '\u0007', '\u009b', '\u009d', '\u009c'];
/** Sequences of a terminal: colours, titles (ECMA-48 sections 5.4 and 5.6). */
const TERMINAL_SEQUENCE = new RegExp(
  `(?:${ESCAPE}\\[|${CSI})[0-?]*[ -/]*[@-~]|(?:${ESCAPE}\\]|${OSC})[^${BELL}${ESCAPE}${OSC}${ST}]*(?:${BELL}|${ESCAPE}\\\\|${ST})`,
  'g',
);

/** Joiners that are part of a word or of a picture (Persian, Hindi, families): between characters that are no Latin letters or joiners. */
const NEEDED_JOINER =
  /(?<=[^\p{Script=Latin}\p{ASCII}\s\u200c\u200d])[\u200c\u200d](?=[^\p{Script=Latin}\p{ASCII}\s\u200c\u200d])/gu;

/**
 * Unsafe characters in a row: one call for each of 10 million took 5 s (2026-11). The length is bounded, because a longer repetition of a
 * group would exceed the stack.
 */
const UNSAFE_RUNS = new RegExp(`(?:${UNSAFE.source}){1,1000}`, 'gu');
const LINE_SEPARATORS = /[\v\f\u2028\u2029]/g;

/** Whether a text has characters that act on a terminal, or hide or reorder text. */
export function hasUnsafeCharacters(text: string): boolean {
  return UNSAFE.test(text) && withoutUnsafeCharacters(text) !== text;
}

/** A text without characters that act on a terminal, or hide or reorder text. Joiners stay where they belong. */
export function withoutUnsafeCharacters(text: string): string {
  if (!UNSAFE.test(text)) return text;
  const plain = text.replace(TERMINAL_SEQUENCE, '');
  const joiners = new Set(Array.from(plain.matchAll(NEEDED_JOINER), ({ index }) => index));
  return plain.replace(UNSAFE_RUNS, (run, at: number) => {
    if (run.length === 1 && joiners.has(at)) return run;
    return ' '.repeat(run.match(LINE_SEPARATORS)?.length ?? 0);
  });
}

/** A text for a terminal: unsafe characters and carriage returns are shown by their number, as in `\u{1b}`. */
export function terminalText(text: string): string {
  return text.replace(UNSAFE_ON_TERMINAL, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

/** JSON for a terminal: the same value, with unsafe characters escaped. */
export function terminalJson(json: string): string {
  return json.replace(EVERY_UNSAFE, (character) =>
    Array.from(
      { length: character.length },
      (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
}
