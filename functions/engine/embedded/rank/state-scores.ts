import type { Sections } from '../file/index-format.ts';
import { type OpenStates, STATE_FACTORS } from '../match/open-states.ts';
import type { VendorFilter } from '../match/vendor-filter.ts';
import { setAll } from './vendor-scores.ts';

type Scored = { readonly sections: Sections; readonly states: OpenStates; readonly filter: VendorFilter };

/** Sets the scores of vendors, by vendor, to the factor of the best open state among those of their branches that pass the filter. */
export function scoreByState({ sections, states, filter }: Scored, vendors: Uint32Array, scores: Float64Array): void {
  const stateOf = states.all();
  const { hoursByVendor } = sections;
  filter.expand();
  const { positions, failed, count, vendorAt } = filter;
  setAll(scores, vendors, 0);
  for (let at = 0; at < count; at++) {
    if (failed[at] !== 0) continue;
    const position = positions[at] as number;
    const vendor = vendorAt[position] as number;
    const state = stateOf[hoursByVendor[position] as number] as number;
    scores[vendor] = Math.max(scores[vendor] as number, STATE_FACTORS[state] as number);
  }
}
