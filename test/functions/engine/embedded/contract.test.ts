import { openEmbedded } from '../../../../functions/engine/embedded/release-engine.ts';
import { engineContract } from '../contract.ts';

engineContract({
  name: 'the embedded engine',
  open: async (release) => ({ engine: openEmbedded(release), close: async () => {} }),
  gaps: {},
});
