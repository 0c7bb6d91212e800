import { buildProject } from '../../infra/build/build-project.ts';
import { BUILD } from '../fixtures/build-directory.ts';

/** Tests of entry points run the bundles, as users do. One build serves the whole run, and the next one if no source changes. */
export function setup(): Promise<void> {
  return buildProject(BUILD);
}
