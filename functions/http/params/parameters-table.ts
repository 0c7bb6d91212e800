import { type Param, SEARCH_PARAMS } from './parameters.ts';

/** The parameters of `/search` as a Markdown table, for the README. */
export function paramsTable(): string {
  const rows = Object.entries<Param>(SEARCH_PARAMS).map(([name, { help, example, aliases = [] }]) => {
    const names = [name, ...aliases].map((one) => `\`${one}\``).join(', ');
    return `| ${names} | ${help} | ${example && `\`${example}\``} |`;
  });
  return ['| parameter | what it does | example |', '|---|---|---|', ...rows].join('\n');
}
