import type { LocaleFormats } from '../locale-formats.ts';
import type { Messages } from './en.ts';

// Over 250 lines because each language is one file, so that a translator sees all of it.

/** The page in Spanish. */
export const es = ({ plural, number, date }: LocaleFormats): Messages => {
  const vendors = (n: number) => plural(n, { one: '# puesto', other: '# puestos' });
  const locations = (n: number) => plural(n, { one: '# lugar', other: '# lugares' });
  return {
    name: 'Curbside',
    tagline: (city) => (city ? `Comida callejera en ${city}` : 'Comida callejera cerca de ti'),
    title: (what, city) => [what, 'Curbside', city].filter(Boolean).join(' · '),
    skip: 'Ir a la lista',
    language: 'Idioma',

    searchLabel: '¿Qué se te antoja?',
    searchPlaceholder: 'Tacos, café, una calle…',
    searchButton: 'Buscar',
    suggestions: 'Sugerencias',
    suggestionsShown: (n) => plural(n, { one: '# sugerencia', other: '# sugerencias' }),
    suggestionTypes: {
      food: 'Comida',
      vendor: 'Puesto',
      area: 'Barrio',
      intersection: 'Distancias desde aquí, más o menos',
    },
    intersection: (a, b) => `${a} y ${b}`,
    nearMe: 'Cerca de mí',
    locating: 'Buscando tu posición…',
    anyStatus: 'También permisos no aprobados',
    hoursKnown: 'Solo con horario conocido',
    sortLabel: 'Orden',
    sorts: { best: 'Más relevante', distance: 'Más cerca', name: 'Por nombre' },
    fromHere: 'Distancias en línea recta desde donde estás',
    fromPin: 'Distancias en línea recta desde tu marca',
    fromPlace: (place) => `Distancias en línea recta desde ${place}`,
    fromPoint: (lat, lon) => `Distancias en línea recta desde ${lat}, ${lon}`,
    remove: (what) => `Quitar «${what}»`,

    whenLabel: 'Cuándo',
    timeOptions: { any: 'A cualquier hora', now: 'Abierto ahora', at: 'Elegir hora' },
    dayLabel: 'Día',
    timeLabel: 'Hora',
    openAt: (time) => `Abierto: ${time}`,
    openCount: (n) => plural(n, { one: '# puesto abierto', other: '# puestos abiertos' }),
    unknownHoursCount: (n) => plural(n, { one: '# sin horario conocido', other: '# sin horario conocido' }),
    histogram: (day) => `Puestos abiertos a cada hora, ${day}`,
    busiest: (time, n) => `La hora con más abiertos: ${time} (${number(n)}).`,
    noneOpenThatDay: 'No se sabe de ninguno que abra ese día.',
    openForFilter: (minutes) => `Abierto ${plural(minutes, { one: '# minuto más', other: '# minutos más' })}`,

    filters: 'Filtros',
    filtersOn: (n) => `Filtros: ${plural(n, { one: '# activo', other: '# activos' })}`,
    groups: { category: 'Comida', facility: 'Tipo de puesto', area: 'Barrio' },
    moreValues: (n) => `${number(n)} más`,
    fewerValues: 'Menos',
    within: 'Hasta',
    withinAny: 'Cualquier distancia',
    withinFilter: (distance) => `A menos de ${distance}`,
    boxFilter: 'En esta zona del mapa',
    limitFilter: (n) => `Como mucho ${vendors(n)}`,
    permitFilter: 'Permisos en cualquier estado',
    clearFilters: 'Quitar todos los filtros',

    locationRough: (within: string) =>
      `Tu posición solo se conoce con un margen de ${within}: las distancias son aproximadas.`,
    locationFar: (distance: string, city: string) => `Estás a unos ${distance} de ${city}.`,
    measureAnyway: 'Medir desde aquí de todos modos',
    locationErrors: {
      denied:
        'El navegador no compartió tu posición. Permítelo en los ajustes del sitio para ver lo más cercano, o pon una marca en el mapa.',
      unavailable: 'No se pudo encontrar tu posición. Inténtalo de nuevo en un momento.',
      timeout: 'Encontrar tu posición tardó demasiado. Inténtalo de nuevo en un momento.',
      unsupported: 'Este navegador no puede decir dónde estás, o la página no se abrió por HTTPS.',
    },

    resultsHeading: 'Resultados',
    found: (hits, places) => `${vendors(hits)} en ${locations(places)}`,
    foundWithin: (distance) => `a menos de ${distance}`,
    truncated: (shown) => plural(shown, { one: 'Se muestra solo el primero.', other: 'Se muestran los primeros #.' }),
    showMore: (n) => `Mostrar ${number(n)} más`,
    relaxed: (param, from, to) => {
      switch (param) {
        case 'q':
          return `No hay nada para «${from}»; esto es para «${to}».`;
        case 'open_at':
          return 'Nada tiene permiso para abrir a esa hora; estos abren a otras horas.';
        case 'radius':
          return `No hay nada a menos de ${from}; estos están a menos de ${to}.`;
        case 'bbox':
          return 'No hay nada en esa zona del mapa; estos están alrededor.';
      }
    },
    understood: 'Cómo se entendió tu búsqueda',
    exactWords: 'Solo palabras exactas',
    noFood: (food) => `Sin ${food}`,
    exclusionNote: 'Según el permiso; pregunta en el puesto.',
    askNearMe: 'Cerca de mí: ubícame',
    surplus: (most, words) => `Solo ${number(most)} palabras son obligatorias. Estas solo mejoran el orden: ${words}.`,
    searching: 'Buscando…',
    locations,
    moreItems: (n) => `y ${number(n)} más`,
    fewerItems: 'Mostrar menos',
    moreBranches: (n) => plural(n, { one: '# lugar más', other: '# lugares más' }),
    fewerBranches: 'Menos lugares',
    noItems: 'Comida sin detallar',
    missing: (words) => `No tiene: ${words}`,
    pastItems: 'No figura en un permiso vigente:',
    noAddress: 'Dirección sin detallar',
    showOnMap: 'mostrar en el mapa',
    permitState: (status) => `Permiso ${status}`,

    idleHeading: '¿Qué se cocina en la acera?',
    idleIntro: (city, n, sample) =>
      `Encuentra camiones y carritos de comida${city ? ` en ${city}` : ''} por lo que cocinan, por su nombre o por la calle.${
        n
          ? ` ${sample ? 'La muestra' : 'La lista de la ciudad'} tiene ${vendors(n.vendors)} en ${locations(n.branches)}.`
          : ''
      }`,
    idleTry: 'Prueba con',
    examples: ['tacos', 'coffee', 'vegan'],
    showOpen: 'Qué está abierto ahora',
    showAll: 'Mostrar todo lo aprobado',

    emptyHeading: (q) => (q ? `No hay nada para «${q}»` : 'Aquí no hay nada'),
    emptyHelp: 'Tienen que coincidir todas las palabras. Prueba con menos u otras, o con una de estas:',
    searchAnyStatus: 'Buscar permisos en cualquier estado',
    clear: 'Borrar la búsqueda',
    filteredOut: 'Ningún puesto cumple estos filtros',
    without: (what, n) => `Sin «${what}»: ${vendors(n)}`,
    allHoursUnknown: 'No se sabe si alguno abre a esa hora: su horario no está en la lista.',
    noneOpen: (time) => `No se sabe de nada abierto: ${time}`,
    opensNext: 'Los próximos en abrir:',

    failures: {
      offline: { heading: 'No tienes conexión', help: 'La búsqueda la necesita. Se repetirá sola cuando vuelvas.' },
      unreachable: {
        heading: 'No se pudo llegar al buscador',
        help: 'El servidor no respondió. Revisa tu conexión e inténtalo de nuevo.',
      },
      refused: {
        heading: 'Esta búsqueda no se puede hacer',
        help: 'La dirección de esta página pide algo que no sirve:',
      },
      unavailable: {
        heading: 'La búsqueda no está disponible por ahora',
        help: 'El servidor tiene problemas. Inténtalo de nuevo en un momento.',
      },
    },
    retry: 'Intentar de nuevo',
    requestId: (id) => `Solicitud ${id}`,
    metaFailed: 'No se pudieron cargar el contorno de la ciudad y la fuente de los datos.',
    saved: (when) => `No tienes conexión. Estos resultados se guardaron el ${when}.`,

    sample: 'Datos de muestra: estos puestos son inventados. Esquinas reales, camiones no.',
    placeGone: 'El lugar de este enlace no está en esta lista. Puede que su permiso haya terminado.',
    dataUpdated: 'Los datos se actualizaron mientras esta página estaba abierta.',
    asOf: (day) => `Datos del ${date(day)}`,
    staleData: (day) => `Estos datos son del ${date(day)}. Los permisos y horarios pueden haber cambiado.`,
    source: 'Fuente',
    realSource: 'Los datos reales',
    licence: 'Licencia',
    download: 'Descargar esta lista',
    plainList: 'Todos los puestos en una sola página',
    permitDisclaimer: 'Un permiso dice dónde y cuándo puede operar un puesto. No dice que esté ahí ahora.',
    openFullPage: 'Abrir en su propia página',

    sheet: { peek: 'plegada', half: 'cubre la mitad del mapa', full: 'cubre el mapa' },
    sheetGrip: 'Altura de la lista',

    map: (city) => (city ? `Mapa de ${city}` : 'Mapa'),
    zoomIn: 'Acercar',
    zoomOut: 'Alejar',
    outlineOnly: 'Solo el contorno, sin calles',
    searchHere: 'Buscar en esta zona',
    searchOnMove: 'Buscar al mover el mapa',
    pinButton: 'Poner una marca',
    setPin: 'Medir desde el centro del mapa',
    pin: 'Marca: las distancias se miden desde aquí. Arrástrala o usa las flechas.',
    marker: (vendor, address, state) => [vendor, address, state].filter(Boolean).join(', '),
    cluster: (n) => `${locations(n)}: acercarse`,
    close: 'Cerrar',
    permitted: 'Tiene permiso para operar',
    address: 'Dirección',
    food: 'Comida',
    permit: 'Permiso',
    expires: (day) => `hasta el ${date(day)}`,
    directions: 'Cómo llegar',
    directionsGoogle: 'Google Maps',
    directionsApple: 'Apple Maps',
    directionsOsm: 'OpenStreetMap',
    directionsApp: 'App de mapas',
    permitLink: 'El permiso en la página de la ciudad',
    newTab: 'se abre en otra pestaña',
    calendar: 'Añadir al calendario',
    share: 'Compartir',
    copied: 'Enlace copiado',
    copyFailed: 'Copia este enlace:',
    measureHere: 'Distancias desde aquí',

    why: '¿Por qué este?',
    whyLoading: 'Consultando…',
    whyFailed: 'No se pudo consultar.',
    whyNothing: 'Pasa los filtros.',
    whyWord: (word, matched, field, quality) => {
      const place =
        {
          items: 'en su comida',
          name: 'en su nombre',
          category: 'en su tipo de comida',
          address: 'en su dirección',
          area: 'en su barrio',
        }[field] ?? field;
      if (quality === 'exact') return `«${word}» está ${place}`;
      if (quality === 'synonym') return `un sinónimo de «${word}» está ${place}`;
      if (quality.startsWith('typo')) return `«${matched}» está ${place}; quizá quisiste decir eso con «${word}»`;
      return `«${matched}» está ${place} y va con «${word}»`;
    },
    whyNear: (distance) => `está a ${distance} en línea recta`,
    whyTime: {
      open: 'tiene permiso para abrir a esa hora',
      closed: 'a esa hora está cerrado',
      unknown: 'no se conoce su horario',
    },

    openUntil: (time) => `Abierto hasta: ${time}`,
    closesIn: (minutes) => plural(minutes, { one: 'Cierra en # minuto', other: 'Cierra en # minutos' }),
    openAlways: 'Abierto a todas horas',
    opens: (time) => `Abre: ${time}`,
    closed: 'Cerrado',
    hoursUnknown: 'Horario desconocido',
    hoursIncomplete: 'y quizá a otras horas: la lista de la ciudad se corta aquí',
    allWeek: 'Todos los días, a todas horas',
    everyDay: 'Todos los días',
    allDay: 'todo el día',

    facilities: { truck: 'Camión', push_cart: 'Carrito', food_vendor: 'Puesto de comida', unknown: 'Sin detallar' },
    statuses: {
      approved: 'aprobado',
      requested: 'solicitado',
      expired: 'vencido',
      suspend: 'suspendido',
      suspended: 'suspendido',
      issued: 'emitido',
      inactive: 'inactivo',
      onhold: 'en espera',
      on_hold: 'en espera',
      postapproved: 'aprobado después',
      post_approved: 'aprobado después',
      unknown: 'en estado desconocido',
    },
    categories: {
      african: 'Africana',
      asian: 'Asiática',
      bakery: 'Panadería',
      bbq: 'Barbacoa',
      bowls: 'Tazones',
      breakfast: 'Desayuno',
      burgers: 'Hamburguesas',
      caribbean: 'Caribeña',
      chicken: 'Pollo',
      chinese: 'China',
      coffee: 'Café',
      cold_truck: 'Comida envasada',
      curry: 'Curry',
      dairy_free: 'Sin lácteos',
      desserts: 'Postres',
      drinks: 'Bebidas',
      egg_free: 'Sin huevo',
      european: 'Europea',
      filipino: 'Filipina',
      fries: 'Papas fritas',
      fruit: 'Fruta',
      gluten_free: 'Sin gluten',
      halal: 'Halal',
      hawaiian: 'Hawaiana',
      hot_dogs: 'Hot dogs',
      ice_cream: 'Helados',
      indian: 'India',
      japanese: 'Japonesa',
      juice: 'Jugos',
      korean: 'Coreana',
      kosher: 'Kosher',
      latin: 'Latinoamericana',
      mediterranean: 'Mediterránea',
      mexican: 'Mexicana',
      nut_free: 'Sin frutos secos',
      pizza: 'Pizza',
      salads: 'Ensaladas',
      sandwiches: 'Sándwiches',
      seafood: 'Mariscos',
      smoothies: 'Batidos',
      snacks: 'Botanas y snacks',
      soups: 'Sopas',
      southern: 'Sureña',
      soy_free: 'Sin soya',
      sugar_free: 'Sin azúcar',
      tea: 'Té',
      thai: 'Tailandesa',
      vegan: 'Vegana',
      vegetarian: 'Vegetariana',
      vietnamese: 'Vietnamita',
    },
  };
};
