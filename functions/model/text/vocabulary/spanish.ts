import type { LanguageVocabulary } from './language-vocabulary.ts';

/** Spanish. Words are compared without accents, so that they may be typed with or without. */
export const es: LanguageVocabulary = {
  meanings: `
    mexican: mexicano, mexicana, mexicanos, mexicanas
    latin: latino, latina, latinoamericano, latinoamericana, sudamericano, sudamericana
    peruvian: peruano, peruana
    salvadoran: salvadoreno, salvadorena
    cuban: cubano, cubana
    american: americano, americana
    asian: asiatico, asiatica
    chinese: chino, china
    japanese: japones, japonesa
    korean: coreano, coreana
    vietnamese: vietnamita
    filipino: filipino, filipina
    thai: tailandes, tailandesa
    hawaiian: hawaiano, hawaiana
    indian: indio, india, hindu
    mediterranean: mediterraneo, mediterranea
    greek: griego, griega
    african: africano, africana
    caribbean: caribeno, caribena
    southern: sureno, surena
    european: europeo, europea
    italian: italiano, italiana
    french: frances, francesa
    breakfast: desayuno, desayunos
    dessert: postre, postres
    snack: bocadillo, antojito, antojitos, botana, botanas
    drink: bebida, bebidas
    bakery: panaderia, pan dulce
    seafood: mariscos, marisco
    salad: ensalada, ensaladas
    soup: sopa, sopas, caldo
    bowl: tazon
    hot dog: perrito caliente, perritos calientes, perro caliente, perros calientes, pancho, panchos, jocho, jochos
    burger: hamburguesa, hamburguesas
    cheeseburger: hamburguesa con queso, hamburguesas con queso
    sandwich: sandwiche, bocata, emparedado, emparedados
    grilled cheese: queso a la plancha, sandwich de queso
    french fries: papas fritas, patatas fritas, papas a la francesa
    chips: papitas, patatas, totopos
    fried chicken: pollo frito
    chicken: pollo, pollos
    chicken wing: alitas, alas de pollo
    beef: res, carne de res, ternera
    steak: bistec, filete
    pork: cerdo, puerco, chancho
    lamb: cordero
    goat: chivo, cabra
    meat: carne
    fish: pescado
    shrimp: camaron, camarones, gambas
    crab: cangrejo
    lobster: langosta
    octopus: pulpo
    squid, calamari: calamares
    oyster: ostra, ostras, ostion, ostiones
    sausage: salchicha, salchichas
    bacon: tocino
    ham: jamon
    egg: huevo, huevos
    cheese: queso
    milk: leche
    bread: pan
    rice: arroz
    rice plate: plato de arroz
    fried rice: arroz frito
    beans: frijoles, frijol, habichuelas
    corn: maiz, elote, elotes
    potato: papa, papas, patata
    tomato: tomate, jitomate
    avocado: aguacate, palta
    onion: cebolla
    mushroom: champinones, hongos, setas
    noodle: fideos, tallarines
    dumpling: empanadillas chinas
    spring roll: rollitos de primavera, rollo primavera
    bbq: barbacoa, parrilla, asado, parrillada
    ribs: costillas
    kebab: brocheta, brochetas
    ice cream: helado, helados, nieve, nieves
    shaved ice: raspado, raspados
    popsicle, ice cream: paleta, paletas
    donut: dona, donas, rosquilla, rosquillas
    cake: pastel, pasteles, torta dulce, tarta
    cupcake: magdalena, magdalenas
    cookie: galleta, galletas
    pie: tarta, pay
    crepe: crepa, crepas
    waffle: gofre, gofres
    popcorn: palomitas, palomitas de maiz
    candy: dulce, dulces, caramelo, caramelos
    nut: nueces, nuez
    peanut: cacahuate, cacahuates, mani
    fruit: fruta, frutas
    coffee: cafe
    tea: te
    iced tea: te helado
    juice: jugo, jugos, zumo, zumos
    orange juice: jugo de naranja
    smoothie: licuado, licuados, batido, batidos
    milkshake: malteada, malteadas
    lemonade: limonada
    soda: refresco, refrescos, gaseosa
    water: agua
    hot chocolate: chocolate caliente
    beer: cerveza
    vegetable: verdura, verduras, vegetales
  `,
  diets: `
    vegan: vegano, vegana, veganos, veganas
    vegetarian: vegetariano, vegetariana, vegetarianos, vegetarianas
    halal: jalal
    gluten free: sin gluten, libre de gluten, para celiacos
    dairy free: sin lactosa, sin lacteos, sin leche
    nut free: sin nueces, sin cacahuates, sin frutos secos
    egg free: sin huevo
    sugar free: sin azucar
  `,
  kinds: '',
  fillers: `
    comida comidas comer plato platos camion camiones camioneta puesto puestos carrito carritos carreta lugar lugares sitio sitios
    vendedor vendedores restaurante restaurantes calle mejor mejores bueno buena buenos buenas barato barata baratos baratas rico rica ricos
    ricas sabroso sabrosa delicioso deliciosa fresco fresca
  `,
  ignored: `
    el la los las un una unos unas de del al con y o u en para por que donde cual cuales como cuando puedo puede hay quiero quisiera
    busco buscar encontrar comprar vender venden vende tienen tiene algo algun alguna muy mas mi mis yo me se es son
  `,
  negations: 'sin, no, nada de, excepto, menos',
  connectives: 'o, ni',
  nearMe: 'cerca de mi, cerca de aqui, cerca, cercano, cercana, cercanos, cercanas, mas cercano, mas cercana, por aqui',
  openNow:
    'abierto ahora, abierta ahora, abiertos ahora, abiertas ahora, abierto en este momento, abierto ahorita, abiertos ahorita, ahora abierto',
};
