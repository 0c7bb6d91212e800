/** Octets of a line before it must be folded (RFC 5545 section 3.1). */
const LONGEST_LINE = 75;

const encoder = new TextEncoder();

/** One line of iCalendar: a name with its parameters, and a value that is escaped already. */
export type Line = readonly [name: string, value: string];

/** A component with its lines and the components in it. */
export type Component = {
  readonly name: 'VCALENDAR' | 'VTIMEZONE' | 'STANDARD' | 'DAYLIGHT' | 'VEVENT';
  readonly lines: readonly Line[];
  readonly parts: readonly Component[];
};

/** The text of a component: CRLF, folded lines. */
export function ical(component: Component): string {
  return `${linesOf(component).map(fold).join('\r\n')}\r\n`;
}

function linesOf({ name, lines, parts }: Component): string[] {
  return [
    `BEGIN:${name}`,
    ...lines.map(([property, value]) => `${property}:${value}`),
    ...parts.flatMap(linesOf),
    `END:${name}`,
  ];
}

/** A text as a value (section 3.3.11). Control characters, which no text may have, become blanks. */
export function text(value: string): string {
  return value
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n]/gu, ' ')
    .replace(/[\\;,]/g, '\\$&')
    .replaceAll('\n', '\\n');
}

/** A time of the wall, given as if it were UTC in milliseconds: `20260907T110000`. */
export function wallText(utc: number): string {
  return new Date(utc).toISOString().slice(0, 19).replace(/[-:]/g, '');
}

/** An instant in UTC: `20260907T180000Z`. */
export function instantText(instant: number): string {
  return `${wallText(instant)}Z`;
}

/** Cuts a line into pieces of 75 octets at most, never inside a character. */
function fold(line: string): string {
  if (line.length * 3 <= LONGEST_LINE) return line;
  const pieces: string[] = [];
  let piece = '';
  let octets = 0;
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (octets + size > LONGEST_LINE) {
      pieces.push(piece);
      // The blank that marks a continuation is one octet of it.
      piece = ' ';
      octets = 1;
    }
    piece += character;
    octets += size;
  }
  return [...pieces, piece].join('\r\n');
}
