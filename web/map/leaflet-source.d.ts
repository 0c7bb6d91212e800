/** Leaflet's own modules, which have no types: only leaflet-modules.ts imports them, and `@types/leaflet` describes them as `leaflet`. */
declare module 'leaflet/src/*';
