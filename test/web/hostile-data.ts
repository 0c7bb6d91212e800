import { permitRow, permitsCsv } from './invented-tables.ts';

const attack = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';

/** Vendors with markup, very long texts, and text direction overrides. All of them sell noodles. */
export const HOSTILE_VENDORS = [
  { name: attack, food: `noodles: ${attack}: \${alert(1)} {{7*7}}`, address: `1 ${attack} ST` },
  { name: 'W'.repeat(500), food: `noodles: ${'unbreakable'.repeat(40)}`, address: `${'LONG '.repeat(60)}ST` },
  { name: 'شاورما الملك \u202eevil', food: 'noodles: فلافل: حمص', address: '٣ شارع' },
  {
    name: '🌮🔥 Taco \u200d👨‍👩‍👧‍👦 &amp; "Quotes" \'n\' <b>bold</b>',
    food: 'noodles: 🍜: <i>x</i>',
    address: '4 "A" & B ST',
  },
];

/** The vendors as a permits table. */
export function hostileCsv(): string {
  const rows = HOSTILE_VENDORS.map(({ name, food, address }, index) =>
    permitRow({
      locationid: String(9_900_000 + index),
      Applicant: name,
      Address: address,
      permit: '24MFF-09999',
      FoodItems: food,
      Schedule: `javascript:window.hacked=${index + 1}`,
    }),
  );
  return permitsCsv(rows);
}
