import type { LatLon } from '../../functions/model/geo.ts';

/** Why the browser returned no position. */
export type LocationError = 'denied' | 'unavailable' | 'timeout' | 'unsupported';

/** `accuracy`: the person is within this many metres of the point, with a probability of 95 %. */
export type Position = LatLon & { readonly accuracy: number };

/** From the answer to the browser's permission prompt. */
const TIMEOUT_MS = 20_000;
/** From the start: the browser waits for an answer to its prompt without a limit. */
const PROMPT_TIMEOUT_MS = 40_000;
/** A position up to a minute old is accurate enough to find street food. */
const MAX_AGE_MS = 60_000;

/** Requests the user's position. Call it only in response to a user action, because the browser may prompt. */
export function requestPosition(): Promise<Position | LocationError> {
  if (!('geolocation' in navigator) || !window.isSecureContext) return Promise.resolve('unsupported');
  return new Promise((resolve) => {
    setTimeout(resolve, PROMPT_TIMEOUT_MS, 'timeout');
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ lat: coords.latitude, lon: coords.longitude, accuracy: coords.accuracy }),
      (error) => {
        if (error.code === error.PERMISSION_DENIED) resolve('denied');
        else resolve(error.code === error.TIMEOUT ? 'timeout' : 'unavailable');
      },
      { maximumAge: MAX_AGE_MS, timeout: TIMEOUT_MS, enableHighAccuracy: false },
    );
  });
}
