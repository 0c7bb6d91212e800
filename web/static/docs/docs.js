/** Swagger UI fills every field with its example, and a request with all of them finds nothing: they become words. */
function withoutPrefills(document) {
  for (const { parameters = [] } of Object.values(document.paths)) {
    for (const parameter of parameters) {
      if (parameter.in !== 'query') continue;
      const { example, schema } = parameter;
      if (example !== undefined) parameter.description += ` Example: \`${example}\`.`;
      delete parameter.example;
      delete schema.default;
    }
  }
  // What HEAD answers is what GET answers: as many entries again would only hide them.
  for (const item of Object.values(document.paths)) delete item.head;
  return document;
}

/** The errors stand below what Swagger UI draws step by step: their anchors stay in view until the reader does something. */
function holdAnchor() {
  const target = location.hash.startsWith('#/') ? null : document.getElementById(location.hash.slice(1));
  if (!target) return;
  const observer = new ResizeObserver(() => target.scrollIntoView());
  observer.observe(document.getElementById('api'));
  for (const act of ['wheel', 'pointerdown', 'keydown'])
    addEventListener(act, () => observer.disconnect(), { once: true });
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
