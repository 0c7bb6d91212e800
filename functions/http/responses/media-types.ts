/* In a file of their own, because a start reads them without the code that writes such files. */
export const CSV_TYPE = 'text/csv; charset=utf-8; header=present';
export const GEOJSON_TYPE = 'application/geo+json';
