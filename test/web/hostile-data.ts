import { readFileSync } from 'node:fs';

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

/** The vendors as a permits table with the columns of the sample's. */
export function hostileCsv(): string {
  const [header = ''] = readFileSync('seed/sample/permits.csv', 'utf8').split('\n');
  const columns = header.trim().split(',');
  const rows = HOSTILE_VENDORS.map(({ name, food, address }, index) => {
    const values: Record<string, string> = {
      locationid: String(9_900_000 + index),
      Applicant: name,
      FacilityType: 'Truck',
      Address: address,
      permit: '24MFF-09999',
      Status: 'APPROVED',
      FoodItems: food,
      Latitude: '37.7893',
      Longitude: '-122.4009',
      Schedule: `javascript:window.hacked=${index + 1}`,
      Approved: '02/14/2024 12:00:00 AM',
      Received: '20240110',
      ExpirationDate: '11/15/2099 12:00:00 AM',
    };
    return columns.map((column) => `"${(values[column] ?? '').replaceAll('"', '""')}"`).join(',');
  });
  return [header.trim(), ...rows, ''].join('\n');
}
