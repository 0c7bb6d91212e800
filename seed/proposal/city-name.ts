import type { FoundTable } from './found-table.ts';
import type { Proposed } from './proposal.ts';

/**
 * A name for the city or the list. The city of the time zone counts if the title or the address has it too; a zone alone says little,
 * because it is named after its largest city.
 */
export function proposeName({ title, from, page }: FoundTable, zone: string): Proposed<string> {
  const zoneCity = zone.split('/').at(-1)?.replace(/_/g, ' ') ?? '';
  const texts = [title ?? '', decodeURI(from), page ?? ''].map(lettersOf);
  if (zoneCity !== '' && texts.some((text) => text.includes(lettersOf(zoneCity)))) {
    return {
      value: zoneCity,
      sureness: 'likely',
      why: 'it is in the title or the address, and the time zone is named after it',
    };
  }
  if (title !== null) return { value: title, sureness: 'guess', why: "the data set's title" };
  return { value: fileWords(from), sureness: 'guess', why: "the file's name" };
}

/** A short name for paths: lower-case words with hyphens. */
export function idOf(name: string): string {
  const words =
    name
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[a-z]+/g) ?? [];
  return words.slice(0, 5).join('-') || 'my-city';
}

/** The words of a file's name, without dates, endings and the parameters of an address. */
export function fileWords(from: string): string {
  const file =
    from
      .replace(/[?#].*$/s, '')
      .split(/[/\\]/)
      .findLast((part) => /[a-z]{3}/i.test(part.replace(/\.[a-z.]+$/i, ''))) ?? '';
  const words = file
    .replace(/(?:\.[a-z]+)+$/i, '')
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '')
    .join(' ');
  return words === '' ? 'My city' : `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

function lettersOf(text: string): string {
  return text.normalize('NFKD').replace(/\P{L}/gu, '').toLowerCase();
}
