/** A straight line through points (least squares). */
export type Slope = { readonly perSecond: number; readonly standardError: number };

/** The slope of values over seconds, with its standard error. Infinite if there are fewer than three points. */
export function slopeOf(points: readonly { readonly seconds: number; readonly value: number }[]): Slope {
  const { length } = points;
  const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / length;
  const [x, y] = [mean(points.map(({ seconds }) => seconds)), mean(points.map(({ value }) => value))];
  const spread = points.reduce((sum, { seconds }) => sum + (seconds - x) ** 2, 0);
  const perSecond = points.reduce((sum, { seconds, value }) => sum + (seconds - x) * (value - y), 0) / spread;
  const residuals = points.reduce((sum, { seconds, value }) => sum + (value - y - perSecond * (seconds - x)) ** 2, 0);
  return { perSecond, standardError: Math.sqrt(residuals / (length - 2) / spread) };
}

/** The value below which a part of the values is. */
export function percentile(values: readonly number[], part: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? Number.NaN;
}
