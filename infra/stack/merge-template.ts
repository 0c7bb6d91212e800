import { readFile } from 'node:fs/promises';

/** The parts of the template: what serves the requests, what CloudFront adds to them, and what watches both. */
export const TEMPLATE_FILES = ['infra/template.yaml', 'infra/edge.yaml', 'infra/operations.yaml'] as const;

/** The project's whole template, as CloudFormation takes it. */
export async function readProjectTemplate(): Promise<string> {
  return mergeTemplates(await Promise.all(TEMPLATE_FILES.map((path) => readFile(path, 'utf8'))));
}

/**
 * Joins the sections of the same name (`Parameters`, `Resources`, …). Works on the text, so that comments and line breaks stay, except for
 * what precedes the first section of each part but the first.
 */
export function mergeTemplates([first = '', ...others]: readonly string[]): string {
  const sections = splitSections(first);
  for (const [name, content] of others.flatMap((text) => [...splitSections(text)])) {
    if (name !== '') sections.set(name, `${sections.get(name) ?? `${name}:\n`}${content.replace(/^.*\n/, '')}`);
  }
  return [...sections.values()].join('\n');
}

/** Splits a template into its sections, by key. A section includes its key. Comments above the first section have an empty key. */
function splitSections(text: string): Map<string, string> {
  const parts = text.split(/^(?=[A-Za-z]+:)/m);
  return new Map(parts.map((part) => [/^[A-Za-z]+(?=:)/.exec(part)?.[0] ?? '', `${part.trimEnd()}\n`]));
}
