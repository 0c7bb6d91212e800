/** Moves examples into the descriptions: Swagger UI would fill in all of them, and such a search finds nothing. */
function withoutPrefills(document) {
  for (const { parameters = [] } of Object.values(document.paths)) {
    for (const parameter of parameters) {
      if (parameter.in !== 'query') continue;
      const { example, schema } = parameter;
      if (example !== undefined) parameter.description += ` Example: \`${example}\`.`;
      delete parameter.example;
      delete schema.default;
      // Swagger UI has no input for lists of doubles, and logs an error.
      delete schema.items?.format;
    }
  }
  // HEAD answers as GET does, and would double the number of entries.
  for (const item of Object.values(document.paths)) delete item.head;
  return document;
}

/** Keeps a linked error in view while Swagger UI above it grows, until the reader scrolls, clicks or presses a key. */
function holdAnchor() {
  const target = location.hash.startsWith('#/') ? null : document.getElementById(location.hash.slice(1));
  if (!target) return;
  const observer = new ResizeObserver(() => target.scrollIntoView());
  observer.observe(document.getElementById('api'));
  for (const name of ['wheel', 'pointerdown', 'keydown'])
    addEventListener(name, () => observer.disconnect(), { once: true });
}

holdAnchor();
document.documentElement.classList.toggle('dark-mode', matchMedia('(prefers-color-scheme: dark)').matches);
const response = await fetch('/openapi.json');
globalThis.SwaggerUIBundle({
  spec: withoutPrefills(await response.json()),
  dom_id: '#api',
  deepLinking: true,
  tryItOutEnabled: true,
  persistAuthorization: false,
  validatorUrl: null,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
});
