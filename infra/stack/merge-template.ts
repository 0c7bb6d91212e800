import { readFile } from 'node:fs/promises';

/** The two halves of the template: what serves the requests, and what watches it. */
const TEMPLATE_FILES = ['infra/template.yaml', 'infra/operations.yaml'] as const;

/** The project's whole template, as CloudFormation takes it. */
export async function readProjectTemplate(): Promise<string> {
  const [main, operations] = await Promise.all(TEMPLATE_FILES.map((path) => readFile(path, 'utf8')));
  return mergeTemplates(main ?? '', operations ?? '');
}

/**
 * Appends each section of the second template (`Parameters`, `Resources`, …) to the section of the same name of the first one.
 * Works on the text, so that comments and line breaks stay.
 */
export function mergeTemplates(first: string, second: string): string {
  const sections = splitSections(first);
  for (const [name, content] of splitSections(second)) {
    if (name !== '') sections.set(name, `${sections.get(name) ?? `${name}:\n`}${content.replace(/^.*\n/, '')}`);
  }
  return [...sections.values()].join('\n');
}

/** Maps the key of each section to its text with the key; the text before the first section has an empty key. */
function splitSections(text: string): Map<string, string> {
  const parts = text.split(/^(?=[A-Za-z]+:)/m);
  return new Map(parts.map((part) => [/^[A-Za-z]+(?=:)/.exec(part)?.[0] ?? '', `${part.trimEnd()}\n`]));
}
