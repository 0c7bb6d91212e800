import { openapiDocument } from '../openapi/document.ts';
import { referencePage } from './reference-page.ts';

/** `/openapi.json` and `/docs`, in one module: the Lambda package loads it, with the schemas and zod, when either is first requested. */
export const documentation = {
  openapiJson: () => JSON.stringify(openapiDocument()),
  page: () => referencePage(openapiDocument()),
};
