/** The form in which words for states are compared: `On hold` and `ON-HOLD` are one. */
export function foldStatus(word: string): string {
  return word.toLowerCase().replace(/[\s_-]+/g, '');
}

/** The form in which words for kinds of facilities are compared. */
export function foldFacility(word: string): string {
  return word.toLowerCase().trim();
}

/** Common words for the state of a permit, folded, for a city whose file has none. */
export const COMMON_STATUSES: Readonly<Record<string, string>> = {
  ...meaning('approved', 'approved', 'active', 'open', 'current', 'valid', 'granted'),
  ...meaning('requested', 'requested', 'pending', 'applied', 'submitted', 'inreview'),
  ...meaning('expired', 'expired', 'lapsed'),
  ...meaning('suspended', 'suspended', 'suspend', 'revoked'),
  ...meaning('inactive', 'inactive', 'closed', 'cancelled', 'canceled', 'withdrawn', 'denied'),
  ...meaning('issued', 'issued'),
  ...meaning('onhold', 'onhold'),
};

/** Common words for kinds of facilities, folded, for a city whose file has none. */
export const COMMON_FACILITIES: Readonly<Record<string, string>> = {
  ...meaning('truck', 'truck', 'food truck', 'mobile food truck'),
  ...meaning('push_cart', 'push cart', 'pushcart', 'cart', 'food cart'),
  ...meaning('food_vendor', 'food vendor', 'vendor'),
  ...meaning('unknown', 'unknown'),
};

function meaning(ours: string, ...words: string[]): Record<string, string> {
  return Object.fromEntries(words.map((word) => [word, ours]));
}
