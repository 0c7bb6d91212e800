import type { City } from '../city.ts';
import { streetFoodSides } from '../food/side-dishes.ts';
import { streetFoodSynonyms } from '../food/synonyms.ts';
import { streetFoodCategories } from '../food/vocabulary.ts';

/**
 * Vancouver, from its open-data portal: one table without schedule, hours or dates, so the data has no date of its own and
 * no permit expires. Checked against the portal's export of 2025-12 (91 rows) in two shapes. Not verified: that the live
 * address still answers; it follows the portal's software (Opendatasoft, Explore API 2.1). Nor the address for reports.
 */
export const vancouver: City = {
  facts: {
    id: 'vancouver',
    name: 'Vancouver',
    zone: 'America/Vancouver',
    bounds: { west: -123.28, south: 49.19, east: -123.0, north: 49.33 },
    center: { lat: 49.2806, lon: -123.1207 },
    outline: [],
    attribution: {
      text: 'Food vendors, City of Vancouver Open Data Portal. Contains information licensed under the Open Government Licence – Vancouver',
      url: 'https://opendata.vancouver.ca/explore/dataset/food-vendors/',
      license: 'Open Government Licence – Vancouver',
      licenseUrl: 'https://opendata.vancouver.ca/pages/licence/',
    },
    reportUrl: 'https://van311.ca',
    synonyms: streetFoodSynonyms,
  },
  sources: {
    permits: {
      url: 'https://opendata.vancouver.ca/api/explore/v2.1/catalog/datasets/food-vendors/exports/csv',
      paging: 'whole',
      columns: {
        id: ['KEY'],
        name: ['BUSINESS_NAME'],
        food: ['DESCRIPTION'],
        address: ['LOCATION'],
        description: [],
        facility: ['VENDOR_TYPE'],
        status: ['STATUS'],
        permit: [],
        permitUrl: [],
        hours: [],
        approved: [],
        received: [],
        expires: [],
        lat: [':lat'],
        lon: [':lon'],
        point: ['Geom', ':geometry'],
        pointText: ['geo_point_2d'],
        area: ['GEO_LOCALAREA'],
      },
      required: ['id', 'name', 'food', 'status'],
      unread: [':id'],
    },
  },
  permits: {
    statuses: { open: 'approved', closed: 'inactive' },
    facilities: { vendor_food: 'food_vendor' },
    testNames: [],
    // 16 of 91 rows have no business name; each counts as a separate vendor.
    unnamed: 'Street food vendor',
  },
  food: {
    coldTruck: /^\s*cold[\s-]*truck\b\s*[:;.,–-]*\s*/i,
    coldTruckCategory: 'cold_truck',
    remarks: [],
    remarkParts: [/^(?:n\/?a|none|tb[ad]|unknown)$/i],
    acronyms: ['BBQ', 'BLT'],
    categories: streetFoodCategories,
    sides: streetFoodSides,
  },
  sample: null,
};
