import { describe, expect, it } from 'vitest';
import { recogniseLink } from '../../../seed/proposal/portal-link.ts';

const HEX = '0a1b2c3d4e5f60718293a4b5c6d7e8f9';
const UUID = '0b4d7a1e-8c1f-4b0e-9c58-2f6f4f1d2c3a';

describe('a link', () => {
  it.each([
    ['https://data.town.gov/d/abcd-1234', 'abcd-1234'],
    ['https://data.town.gov/Health/Food-Trucks/abcd-1234', 'abcd-1234'],
    ['https://data.town.gov/Health/Food-Trucks/abcd-1234/about_data', 'abcd-1234'],
    ['https://data.town.gov/Health/Food-Trucks/abcd-1234/data?no_mobile=true', 'abcd-1234'],
    ['https://data.town.gov/dataset/Food-Trucks/abcd-1234', 'abcd-1234'],
    ['https://data.town.gov/resource/abcd-1234.json', 'abcd-1234'],
    ['https://data.town.gov/api/views/abcd-1234/rows.csv?accessType=DOWNLOAD', 'abcd-1234'],
    ['https://data.town.gov/api/views/abcd-1234.json', 'abcd-1234'],
  ])('%s is a Socrata data set', (from, id) => {
    expect(recogniseLink(from)).toEqual({ portal: 'socrata', base: 'https://data.town.gov', id });
  });

  it.each([
    ['https://data.town.gov/explore/dataset/food-vendors/', 'food-vendors'],
    ['https://data.town.gov/explore/dataset/food-vendors/information/?disjunctive.type', 'food-vendors'],
    ['https://data.town.gov/explore/dataset/food-vendors/download/?format=csv', 'food-vendors'],
    ['https://data.town.gov/api/explore/v2.1/catalog/datasets/food-vendors/exports/csv', 'food-vendors'],
    ['https://data.town.gov/api/explore/v2.1/catalog/datasets/food-vendors/records?limit=20', 'food-vendors'],
    ['https://data.town.gov/api/records/1.0/search/?dataset=food-vendors', 'food-vendors'],
  ])('%s is an Opendatasoft data set', (from, id) => {
    expect(recogniseLink(from)).toEqual({ portal: 'opendatasoft', base: 'https://data.town.gov', id });
  });

  it.each([
    ['https://data.town.gov/dataset/food-vendors', 'ckan-dataset', 'https://data.town.gov', 'food-vendors'],
    ['https://data.town.gov/en/dataset/food-vendors', 'ckan-dataset', 'https://data.town.gov/en', 'food-vendors'],
    [`https://data.town.gov/dataset/food-vendors/resource/${UUID}`, 'ckan-resource', 'https://data.town.gov', UUID],
    [
      'https://data.town.gov/api/3/action/package_show?id=food-vendors',
      'ckan-dataset',
      'https://data.town.gov',
      'food-vendors',
    ],
    [
      `https://data.town.gov/api/3/action/datastore_search?resource_id=${UUID}&limit=5`,
      'ckan-resource',
      'https://data.town.gov',
      UUID,
    ],
    [
      `https://data.town.gov/open/api/3/action/resource_show?id=${UUID}`,
      'ckan-resource',
      'https://data.town.gov/open',
      UUID,
    ],
  ])('%s is of CKAN', (from, portal, base, id) => {
    expect(recogniseLink(from)).toEqual({ portal, base, id });
  });

  const service = 'https://gis.town.gov/arcgis/rest/services/Health/Vendors/FeatureServer';
  it.each([
    [`${service}/0`, service, 0],
    [`${service}/3/query?where=1%3D1&outFields=*&f=geojson`, service, 3],
    [`${service}`, service, null],
    [`${service.replace('Feature', 'Map')}/12/`, service.replace('Feature', 'Map'), 12],
  ])('%s is a layer of ArcGIS', (from, base, layer) => {
    expect(recogniseLink(from)).toEqual({ portal: 'arcgis-layer', base, layer });
  });

  it.each([
    [
      'https://data-town.opendata.arcgis.com/datasets/town::food-vendors/explore?location=1,2,3',
      'town::food-vendors',
      null,
    ],
    ['https://data.town.gov/datasets/town::food-vendors/about', 'town::food-vendors', null],
    ['https://town.hub.arcgis.com/datasets/food-vendors', 'food-vendors', null],
    [`https://data.town.gov/datasets/${HEX}_2/explore`, HEX, 2],
    [`https://data.town.gov/maps/${HEX}`, HEX, null],
    [`https://opendata.arcgis.com/datasets/${HEX}_0.geojson`, HEX, 0],
  ])('%s is a page of ArcGIS Hub', (from, id, layer) => {
    expect(recogniseLink(from)).toEqual({ portal: 'arcgis-hub', base: new URL(from).origin, id, layer });
  });

  it('may be an item of ArcGIS Online', () => {
    expect(recogniseLink(`https://www.arcgis.com/home/item.html?id=${HEX}#overview`)).toEqual({
      portal: 'arcgis-item',
      base: 'https://www.arcgis.com',
      id: HEX,
    });
  });

  it.each([
    'vendors.csv',
    '../data/dataset/vendors.geojson',
    'C:\\data\\vendors.csv',
    'file:///data/vendors.csv',
    'https://town.gov/files/vendors.csv',
    'https://town.gov/files/abcd-1234.csv',
    'https://town.gov/open-data/food-cart-list.csv',
    'https://town.gov/apps/lists/2025/food-cart',
    // The person has chosen the rows.
    'https://data.town.gov/resource/abcd-1234.json?$where=status=%27APPROVED%27',
    `https://data.town.gov/dataset/food/resource/${UUID}/download/vendors.csv`,
  ])('%s stays as it is', (from) => {
    expect(recogniseLink(from)).toEqual({ portal: 'none', from });
  });

  it.each([
    [
      'https://github.com/town/open-data/blob/main/lists/food%20vendors.csv',
      'https://raw.githubusercontent.com/town/open-data/main/lists/food%20vendors.csv',
    ],
    [
      'https://docs.google.com/spreadsheets/d/1AbC-dEf/edit?gid=77#gid=77',
      'https://docs.google.com/spreadsheets/d/1AbC-dEf/export?format=csv&gid=77',
    ],
  ])('%s is the page of a file', (from, data) => {
    expect(recogniseLink(from)).toEqual({ portal: 'none', from: data });
  });
});
