import { withoutUnsafeCharacters } from '../../../model/text/unsafe-characters.ts';

/** Maximum octets of a line (RFC 5545 section 3.1); longer ones are folded. */
const MAX_LINE_OCTETS = 75;

/** One line of iCalendar: a name with its parameters, and an escaped value. */
export type Line = readonly [name: string, value: string];

/** A component with its lines and its subcomponents. */
export type Component = {
  readonly name: 'VCALENDAR' | 'VTIMEZONE' | 'STANDARD' | 'DAYLIGHT' | 'VEVENT';
  readonly lines: readonly Line[];
  readonly components: readonly Component[];
};

/** A component whose subcomponents are built one by one. */
type Contents = Omit<Component, 'components'> & { readonly components: Iterable<Component> };

/** The text of a component: CRLF, folded lines. The parts are its lines, and each of its subcomponents. */
export function* ical({ name, lines, components }: Contents): Generator<string> {
  const line = (text: string) => `${fold(text)}\r\n`;
  yield line(`BEGIN:${name}`);
  for (const [property, value] of lines) yield line(`${property}:${value}`);
  for (const component of components) yield [...ical(component)].join('');
  yield line(`END:${name}`);
}

/** A text as a value (section 3.3.11). Control characters are not allowed; those that hide or reorder text are left out too. */
export function escapeText(text: string): string {
  return withoutUnsafeCharacters(text)
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n]/gu, ' ')
    .replace(/[\\;,]/g, '\\$&')
    .replaceAll('\n', '\\n');
}

/** A wall time, passed as if it were UTC in milliseconds: `20260907T110000`. */
export function wallText(utc: number): string {
  return new Date(utc).toISOString().slice(0, 19).replace(/[-:]/g, '');
}

/** An instant in UTC: `20260907T180000Z`. */
export function instantText(instant: number): string {
  return `${wallText(instant)}Z`;
}

/** Splits a line into pieces of at most 75 octets, never inside a character. */
function fold(line: string): string {
  // A UTF-16 unit is at most three octets.
  if (line.length * 3 <= MAX_LINE_OCTETS) return line;
  const pieces: string[] = [];
  let piece = '';
  let octets = 0;
  for (const character of line) {
    const size = octetsOf(character);
    if (octets + size > MAX_LINE_OCTETS) {
      pieces.push(piece);
      // The space that marks a continuation counts as one octet.
      piece = ' ';
      octets = 1;
    }
    piece += character;
    octets += size;
  }
  return [...pieces, piece].join('\r\n');
}

/** The length of a character as UTF-8. Encoding each one took most of the time of a calendar. */
function octetsOf(character: string): number {
  const point = character.codePointAt(0) ?? 0;
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x1_0000 ? 3 : 4;
}
