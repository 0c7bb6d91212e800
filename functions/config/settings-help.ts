import { GROUPS, type Setting } from './setting.ts';
import { SETTINGS, SOURCE_SETTING } from './settings.ts';

/** Widest line of `--help`, characters. */
const COLUMNS = 100;

type Row = Pick<Setting<unknown>, 'group' | 'flag' | 'env' | 'default' | 'help'>;

/** All settings in the order of their groups. */
function rows(): Row[] {
  const all: readonly Row[] = [...Object.values(SETTINGS), SOURCE_SETTING];
  return Object.keys(GROUPS).flatMap((group) => all.filter((row) => row.group === group));
}

/** The settings as `--help` prints them. */
export function settingsHelp(): string {
  const indent = 4 + Math.max(...rows().map(({ flag }) => `--${flag}`.length));
  const sections = Object.entries(GROUPS).map(([group, heading]) => {
    const lines = rows()
      .filter((row) => row.group === group)
      .flatMap((row) => {
        const [first = '', ...more] = settingLines(row, COLUMNS - indent);
        return [`  --${row.flag}`.padEnd(indent) + first, ...more.map((line) => ' '.repeat(indent) + line)];
      });
    return [heading, ...lines].join('\n');
  });
  return [...sections, 'A flag wins over its environment variable, which is shown in brackets.'].join('\n\n');
}

/** The help text of a setting, then its variable and default: on the same line if they fit. */
function settingLines({ help, env, default: value }: Row, width: number): string[] {
  const text = wrap(help.replaceAll('`', ''), width);
  const source = `[${env}${value === null ? '' : `, default ${value}`}]`;
  const last = text.at(-1) ?? '';
  if (last.length + 1 + source.length <= width) return [...text.slice(0, -1), `${last} ${source}`];
  return [...text, ...wrap(source, width)];
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** README's table of settings. */
export function settingsTable(): string {
  const code = (text: string | null) => (text === null ? '' : `\`${text}\``);
  return [
    '| flag | environment | default | what it does |',
    '|---|---|---|---|',
    ...rows().map(
      ({ flag, env, default: value, help }) => `| ${code(`--${flag}`)} | ${code(env)} | ${code(value)} | ${help} |`,
    ),
  ].join('\n');
}
