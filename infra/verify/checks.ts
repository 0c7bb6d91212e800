import { CACHE_CHECKS } from './cache-checks.ts';
import type { Check } from './check.ts';
import { CITY_CHECKS } from './city-checks.ts';
import { DEPLOYMENT_CHECKS } from './deployment-checks.ts';
import { ERROR_CHECKS } from './error-checks.ts';
import { HEADER_CHECKS } from './header-checks.ts';
import { COLD_START_CHECKS, LATENCY_CHECKS } from './latency-checks.ts';
import { OPERATION_CHECKS } from './operation-checks.ts';
import { ORIGIN_CHECKS } from './origin-checks.ts';
import { QUERY_CHECKS } from './query-checks.ts';
import { RELEASE_CHECKS } from './release-checks.ts';

/** All checks, in the order in which they run. A new check is one entry in the table of its group. */
export const CHECKS: readonly Check[] = [
  ...ORIGIN_CHECKS,
  ...QUERY_CHECKS,
  ...ERROR_CHECKS,
  ...HEADER_CHECKS,
  ...CACHE_CHECKS,
  ...CITY_CHECKS,
  ...LATENCY_CHECKS,
  ...COLD_START_CHECKS,
  ...OPERATION_CHECKS,
  ...RELEASE_CHECKS,
  ...DEPLOYMENT_CHECKS,
];
