import { foldColumn } from '../table/table.ts';

/**
 * What publishers call a column of ours: names in folded form (lower case, letters and digits only), best first, and words that make a
 * longer name likely (`VendorAddr`). English first, then Spanish, French, German, Italian and Portuguese.
 */
type NameHints = {
  readonly names: readonly string[];
  readonly words: readonly string[];
  readonly not?: readonly string[];
};

const list = (text: string) => text.trim().split(/\s+/);

/** Our fields that a column's name can suggest. Places are in place-columns.ts. */
export const FIELD_NAMES: Readonly<Record<string, NameHints>> = {
  id: {
    names:
      list(`:id locationid objectid id key uid uuid recordid rowid vendorid permitid licenseid licensenum licenseno licensenumber
      permitno permitnumber stallid standid siteid assetid globalid fid ogcfid osmid code clave identifiant kennung`),
    words: list('id key uid'),
    not: list('parcel block lot zip postal tax'),
  },
  name: {
    names:
      list(`businessname vendorname tradename tradingname dba applicant vendor name stallname stall truckname truck business
      operator operatorname company companyname restaurant merchant holder licensee permitholder title nombre nom naam denominazione
      nome razonsocial enseigne marktstand`),
    words: list('name vendor business applicant stall truck operator company dba trader'),
    not: list(
      'street road park file user contact neighborhood neighbourhood ward district owner id type status addr address',
    ),
  },
  food: {
    names:
      list(`fooditems food foods fooditem cuisine cuisines itemssold items menu description fooddescription foodtype typeoffood
      whattheysell sells selling products product goods offering specialty speciality offerings dishes comida productos cuisinetype
      speisen angebot`),
    words: list('food cuisine menu items sold sell sells products goods dishes'),
    not: list('id date facility license permit'),
  },
  address: {
    names:
      list(`address streetaddress addr vendoraddr vendoraddress siteaddress fulladdress locationaddress street location site
      locationname where place direccion ubicacion adresse indirizzo endereco standort lieu`),
    words: list('address addr street location site place'),
    not: list('id mail email web description desc'),
  },
  description: {
    names:
      list(`locationdescription locationdesc locdesc sitedescription landmark intersection crossstreet crossstreets nearby
      placedescription directions emplacement`),
    words: list('landmark intersection cross directions'),
  },
  facility: {
    names:
      list(`facilitytype vendortype vehicletype unittype carttype cartdescr cartdescription cart kind type licensetype permittype
      businesstype amenity stalltype category tipo typ`),
    words: list('facility type kind vehicle cart unit'),
    not: list('food cuisine id'),
  },
  status: {
    names:
      list(`status permitstatus licensestatus licencestatus state currentstatus approvalstatus statusdescription active isactive
      estado etat statut stato`),
    words: list('status'),
  },
  permit: {
    names:
      list(`permit permitno permitnumber permitnum license licence licenseno licensenum licensenumber licencenumber permiso
      autorizacion`),
    words: list('permit license licence'),
    not: list('type status date holder name url expiry expires expiration'),
  },
  permitUrl: {
    names: list('permiturl schedule permitlink licenseurl permitdocument'),
    words: list('url link'),
  },
  hours: {
    names:
      list(`dayshours hours openinghours openhours hoursofoperation operatinghours businesshours open opening times schedule when
      daysandhours horario horarios horaires oeffnungszeiten orari ouverture`),
    words: list('hours opening horario times'),
    not: list('start end'),
  },
  approved: {
    names: list(
      'approved approvaldate approveddate dateapproved issuedate issueddate dateissued issued startdate validfrom',
    ),
    words: list('approved approval issued issue'),
  },
  received: {
    names: list('received receiveddate datereceived applicationdate applieddate submitted submitteddate filed'),
    words: list('received application submitted applied'),
  },
  expires: {
    names:
      list(`expirationdate expirydate expiredate expires expiry expiration expdate dateexpires enddate validto validuntil
      vencimiento`),
    words: list('expiration expiry expires expire valid until'),
    not: list('from'),
  },
  area: {
    names: list(`neighborhood neighbourhood geolocalarea localarea nhood district borough suburb quarter ward community
      communityname area areaname zone barrio distrito quartier arrondissement stadtteil`),
    words: list('neighborhood neighbourhood nhood district borough ward'),
    not: list('police fire council supervisor id'),
  },
};

/** Columns of a table with a row for each weekday: the second kind of table that a city may have. */
export const SCHEDULE_NAMES: Readonly<Record<string, NameHints>> = {
  dayName: { names: list('dayofweekstr dayofweek weekday dayname day dia jour wochentag'), words: list('day weekday') },
  start: {
    names: list('start24 start starttime opens open opentime from begin begins begintime hora'),
    words: list('start open from begin'),
  },
  end: { names: list('end24 end endtime closes close closetime to until finish'), words: list('end close until') },
};

/** How well a column's name fits a field: 1 is its usual name, 0 means that it says nothing. */
export function nameFit(column: string, { names, words, not = [] }: NameHints): number {
  const folded = column.startsWith(':') ? column : foldColumn(column);
  const rank = names.indexOf(folded);
  // Names at the end of a list are used for other things too, so they count for less.
  if (rank >= 0) return 1 - 0.3 * (rank / names.length);
  const parts = nameWords(column);
  if (parts.some((part) => not.includes(part))) return 0;
  return parts.some((part) => words.includes(part)) ? 0.5 : 0;
}

/** The words of a column's name: `VendorAddr`, `vendor_addr` and `Vendor addr` have the same. */
export function nameWords(column: string): string[] {
  return column
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+|(?<=\p{L})(?=\p{N})/u)
    .filter((word) => word !== '');
}
