import { html } from 'hono/html';

type Tag = ReturnType<typeof html>;

/** The head of the plain pages, which have no script. @param more tags of this page only, each with a line break at its end */
export function plainHead({ title, description, more = [] }: { title: string; description?: string; more?: Tag[] }) {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Curbside</title>
${description === undefined ? '' : html`<meta name="description" content="${description}">\n`}<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/list.css">
${more}</head>`;
}
