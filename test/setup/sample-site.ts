import type { TestProject } from 'vitest/node';
import { startServer } from '../web/page-server.ts';
import { buildSite } from '../web/static-site/built-site.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The directory of the sample's site, and the URL of a server with the same data. */
    sampleSite: { readonly directory: string; readonly api: string };
  }
}

/** For a run against sites without a server: most of its tests use the same site, which is built once. */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (process.env.PAGE !== 'site') return undefined;
  const [site, server] = await Promise.all([buildSite(), startServer()]);
  project.provide('sampleSite', { directory: site.directory, api: server.url });
  return async () => {
    await server.stop();
    site.remove();
  };
}
