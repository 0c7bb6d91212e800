import { capitalized, listHeading } from '../../../functions/model/city-wording.ts';
import type { WordingTexts } from './wording-texts.ts';

/** Spanish. */
export const wordingEs: WordingTexts = {
  place: { one: 'lugar', other: 'lugares' },
  texts: ({ number, date, plural: form }, messages, { count, plural, singular, arePlaces, hasFood, hasPermits }) => {
    const { groups, suggestionTypes, whyWord, locations } = messages;
    const since = hasPermits
      ? 'Los permisos y horarios pueden haber cambiado.'
      : 'Los lugares y horarios pueden haber cambiado.';
    return {
      tagline: (city) => (city ? listHeading(city, capitalized(plural), 'en') : capitalized(plural)),
      searchPlaceholder: hasFood ? 'Comida, nombre o calle' : 'Nombre o calle',
      suggestionTypes: { ...suggestionTypes, vendor: capitalized(singular) },
      favourites: `Guardado: ${plural}`,
      noFavourites: 'Aún no hay nada guardado. Pulsa una estrella de la lista para guardar algo aquí.',
      openCount: (n) => `Abierto: ${number(n)}`,
      openSummary: (when, open, maybe) =>
        [`${when} (${number(open)})`, ...(maybe > 0 ? [`quizá abierto (${number(maybe)})`] : [])].join(' · '),
      histogram: (day) => `Cuántos sitios abren a cada hora, ${day}`,
      noneOpenThatDay: 'No se sabe de ningún sitio que abra ese día.',
      groups: { ...groups, facility: 'Tipo', ...(hasFood ? {} : { category: 'Clase' }) },
      limitFilter: (n) => `Como mucho ${count(n)}`,
      found: (hits, places) => (arePlaces || hits === places ? count(hits) : `${count(hits)} en ${locations(places)}`),
      truncated: (shown) =>
        form(shown, { one: 'Se muestra solo un resultado.', other: 'Se muestran los primeros # resultados.' }),
      nextPageFailed: 'No se pudieron cargar los siguientes resultados.',
      relaxed: (param, from, to) => {
        switch (param) {
          case 'q':
            return messages.relaxed(param, from, to);
          case 'open_at':
            return `Nada ${hasPermits ? 'tiene permiso para abrir' : 'abre'} a esa hora. Se muestran otras horas.`;
          case 'radius':
            return `No hay nada a menos de ${from}. Se muestra lo que está a menos de ${to}.`;
          case 'bbox':
            return 'No hay nada en esa zona del mapa. Se muestra lo que hay alrededor.';
        }
      },
      exclusionNote: `Según ${hasPermits ? 'el permiso' : 'la lista de la ciudad'}; pregunta en el lugar.`,
      filteredOut: 'Nada cumple estos filtros',
      without: (what, n) => `Sin «${what}»: ${count(n)}`,
      opensNext: 'Lo próximo en abrir:',
      sample: `Datos de muestra inventados (${plural}).`,
      plainList: `La lista completa en una sola página (${plural})`,
      partOnMap: (shown, total) => `${number(shown)} de ${count(total)} en el mapa`,
      permitDisclaimer: hasPermits
        ? 'Un permiso dice dónde y cuándo se puede operar. No dice que haya alguien ahí ahora.'
        : 'Los lugares y horarios son los que figuran en los datos.',
      staleData: (day) => `Estos datos son del ${date(day)}. ${since}`,
      staleReading: (day) => `Estos datos se leyeron el ${date(day)}. ${since}`,
      ...(hasFood
        ? {}
        : {
            searchLabel: '¿Qué buscas?',
            meals: { breakfast: 'Mañana', lunch: 'Mediodía', dinner: 'Tarde', night: 'Noche' },
            noItems: '',
            food: 'Detalles',
            moreItems: 'Más detalles',
            fewerItems: 'Menos detalles',
            emptyHelp: 'Tienen que coincidir todas las palabras. Prueba con menos u otras.',
            whyWord: (word, matched, field, quality) =>
              whyWord(word, matched, { items: 'en sus detalles', category: 'en su clase' }[field] ?? field, quality),
          }),
      ...(hasPermits
        ? {}
        : {
            anyStatus: '',
            searchAnyStatus: '',
            anyPermit: '',
            permitFilter: 'En cualquier estado',
            permitState: (status) => `Estado: ${status}`,
            permitEnded: (month) => `Hasta: ${month}`,
            permitEndedIn: (month, isOldData) => `Hasta ${month}${isOldData ? ': según datos antiguos' : ''}`,
            permitted: 'Horario',
            permit: 'Número',
            permitLink: 'La ficha en la página de la ciudad',
            placeGone: 'El lugar de este enlace no está en esta lista. Puede que ya no exista.',
            pastItems: 'Antes:',
            whyTime: {
              open: 'a esa hora está abierto',
              closed: 'a esa hora está cerrado',
              unknown: 'no se conoce su horario',
            },
          }),
    };
  },
};
