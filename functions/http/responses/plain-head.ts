import { html } from 'hono/html';

type Tag = ReturnType<typeof html>;

export type PlainHead = {
  /** The path of the city's map page, with slashes at both ends. */
  readonly root: string;
  readonly title: string;
  readonly description?: string;
  /** Tags of this page only, each with a line break at its end. */
  readonly more?: readonly Tag[];
};

/** The head of the plain pages, which have no script. */
export function plainHead({ root, title, description, more = [] }: PlainHead) {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Curbside</title>
${description === undefined ? '' : html`<meta name="description" content="${description}">\n`}<link rel="icon" href="${root}favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${root}list.css">
${[...more]}</head>`;
}
