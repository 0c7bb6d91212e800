import type { LatLon } from '../../functions/model/geo.ts';

/** Why the browser gave no position. */
export type LocationRefusal = 'denied' | 'unavailable' | 'timeout' | 'unsupported';

/** Long enough for a person to read the browser's question, which counts too. */
const TIMEOUT_MS = 20_000;
/** A position of the last minute is near enough for street food. */
const MAX_AGE_MS = 60_000;

/** Asks the browser where the person is. Call it on a press of the person only. */
export function requestPosition(): Promise<LatLon | LocationRefusal> {
  if (!('geolocation' in navigator) || !window.isSecureContext) return Promise.resolve('unsupported');
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ lat: coords.latitude, lon: coords.longitude }),
      (error) => {
        if (error.code === error.PERMISSION_DENIED) resolve('denied');
        else resolve(error.code === error.TIMEOUT ? 'timeout' : 'unavailable');
      },
      { maximumAge: MAX_AGE_MS, timeout: TIMEOUT_MS, enableHighAccuracy: false },
    );
  });
}
