import type { City } from '../city.ts';
import { streetFoodSides } from '../food/side-dishes.ts';
import { streetFoodSynonyms } from '../food/synonyms.ts';
import { streetFoodCategories } from '../food/vocabulary.ts';
import { sanFranciscoOutline } from './san-francisco-outline.ts';

/**
 * San Francisco, from DataSF. Checked against copies of the permits of 2013 to 2024 and of the schedule of 2017 and 2022.
 * Not verified: that the live addresses still answer (the ids of permits and schedule come from the data dictionaries of
 * 2024-12), the address for reports, and the id of the neighbourhoods, whose map page is p5b7-5n3h.
 */
export const sanFrancisco: City = {
  facts: {
    id: 'san-francisco',
    name: 'San Francisco',
    zone: 'America/Los_Angeles',
    // All coordinates of 2013-2024 are in 37.7094..37.8077, -122.5096..-122.3733.
    bounds: { west: -122.52, south: 37.7, east: -122.35, north: 37.84 },
    center: { lat: 37.7749, lon: -122.4194 },
    outline: sanFranciscoOutline,
    attribution: {
      text: 'Mobile Food Facility Permit and Mobile Food Schedule, City and County of San Francisco (DataSF)',
      url: 'https://data.sfgov.org/d/rqzj-sfat',
      license: 'PDDL',
      licenseUrl: 'https://opendatacommons.org/licenses/pddl/1-0/',
    },
    reportUrl: 'https://sf311.org',
    synonyms: [
      ...streetFoodSynonyms,
      ['San Francisco', 'SF', 'San Fran', 'Frisco', '旧金山', '三藩市', 'Сан-Франциско'],
    ],
    // What people call the neighbourhoods, and in other languages.
    vocabulary: {
      meanings: `
        south of market: soma
        financial district: fidi, distrito financiero, 金融区, финансовый квартал, финансовый район
        chinatown: barrio chino, 唐人街, 中国城, 中國城, 华埠, чайнатаун, китайский квартал
        mission: mision
      `,
    },
  },
  sources: {
    permits: {
      url: 'https://data.sfgov.org/resource/rqzj-sfat.json',
      paging: 'socrata',
      columns: {
        // `ObjectID` in the CSV of 2013, `locationid` since 2014; the API always says `objectid`.
        id: ['locationid', 'objectid'],
        name: ['Applicant'],
        food: ['FoodItems'],
        address: ['Address'],
        description: ['LocationDescription'],
        facility: ['FacilityType'],
        status: ['Status'],
        permit: ['permit'],
        permitUrl: ['Schedule'],
        hours: ['dayshours'],
        approved: ['Approved'],
        received: ['Received'],
        expires: ['ExpirationDate'],
        lat: ['Latitude', ':lat'],
        lon: ['Longitude', ':lon'],
        point: ['Location', ':geometry', 'the_geom'],
        pointText: [],
        area: [],
      },
      required: ['id', 'name', 'food', 'status'],
      unread: [
        'cnn',
        'blocklot',
        'block',
        'lot',
        'X',
        'Y',
        'NOISent',
        'PriorPermit',
        'Fire Prevention Districts',
        'Police Districts',
        'Supervisor Districts',
        'Zip Codes',
        'Neighborhoods (old)',
        ':@computed_region_*',
        'data_as_of',
        'data_loaded_at',
        ':id',
      ],
    },
    schedule: {
      url: 'https://data.sfgov.org/resource/jjew-r69b.json',
      paging: 'socrata',
      columns: {
        id: ['locationid'],
        dayOrder: ['DayOrder'],
        dayName: ['DayOfWeekStr'],
        start: ['start24', 'starttime'],
        end: ['end24', 'endtime'],
        coldTruck: ['ColdTruck'],
        name: ['Applicant'],
        description: ['locationdesc'],
        lat: ['Latitude', ':lat'],
        lon: ['Longitude', ':lon'],
        // CSV exports call the point `Location` and the address `PermitLocation`; the API `location_2` and `location`.
        point: ['location_2', 'Location'],
      },
      required: ['id', 'dayOrder', 'start', 'end'],
      unread: [
        'permit',
        'PermitLocation',
        'optionaltext',
        'scheduleid',
        'CNN',
        'Addr_Date_Create',
        'Addr_Date_Modified',
        'block',
        'lot',
        'X',
        'Y',
        'starttime',
        'endtime',
        ':@computed_region_*',
        'data_as_of',
        'data_loaded_at',
        ':id',
      ],
    },
    areas: {
      url: 'https://data.sfgov.org/resource/j2bu-swwd.geojson',
      paging: 'whole',
      columns: {
        name: ['nhood', 'name', 'neighborhood', 'neighborho'],
        geometry: [':geometry', 'the_geom', 'geometry'],
      },
      required: ['name', 'geometry'],
      unread: ['sfar_distr', ':id', 'cartodb_id', 'shape_*'],
    },
  },
  permits: {
    statuses: {
      approved: 'approved',
      requested: 'requested',
      expired: 'expired',
      suspend: 'suspended',
      suspended: 'suspended',
      issued: 'issued',
      inactive: 'inactive',
      onhold: 'onhold',
      postapproved: 'postapproved',
    },
    facilities: { truck: 'truck', 'push cart': 'push_cart', unknown: 'unknown' },
    // Eleven rows of 2017-06 are "BSM - TEST1"; BSM is the bureau that issues the permits.
    testNames: [/^BSM\s*-\s*TEST/i],
    unnamed: null,
  },
  food: {
    coldTruck: /^\s*cold[\s-]*truck\b\s*[:;.,–-]*\s*/i,
    coldTruckCategory: 'cold_truck',
    remarks: [/(?:MFF\s*[-–:]\s*)?do not approve[^.;:]*\.?/gi],
    remarkParts: [
      /^(?:n\/?a|none|tb[ad]|unknown|see attached|same as above)$/i,
      /\bvar(?:y|ies) (?:from )?truck to truck\b/i,
      /^\d*\s*multiple (?:food )?trucks?\b/i,
      /\bMFFs?\b|\bMFF['’]s\b/,
    ],
    acronyms: ['BBQ', 'BLT', 'SF', 'NY', 'USA', 'PB'],
    categories: streetFoodCategories,
    sides: streetFoodSides,
  },
  sample: { permits: 'permits.csv', schedule: 'schedule.csv' },
};
