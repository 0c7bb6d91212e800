import type { LanguageVocabulary } from './language-vocabulary.ts';

/** Spanish. Words are compared without accents, so that they may be typed with or without. */
export const es: LanguageVocabulary = {
  meanings: `
    mexican: mexicano, mexicana, mexicanos, mexicanas
    latin: latino, latina, latinoamericano, latinoamericana, sudamericano, sudamericana
    peruvian: peruano, peruana, peruanos, peruanas
    salvadoran: salvadoreno, salvadorena
    cuban: cubano, cubana
    american: americano, americana
    asian: asiatico, asiatica
    chinese: chino, china, chinos, chinas
    japanese: japones, japonesa, japoneses, japonesas
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
    italian: italiano, italiana, italianos, italianas
    french: frances, francesa, franceses, francesas
    breakfast: desayuno, desayunos
    dessert: postre, postres, algo dulce, cosas dulces
    snack: bocadillo, antojito, antojitos, botana, botanas
    drink: bebida, bebidas, algo de tomar, algo de beber
    bakery: panaderia, pan dulce, reposteria
    pastry: bolleria, pastelitos, hojaldres
    seafood: mariscos, marisco
    salad: ensalada, ensaladas
    soup: sopa, sopas, caldo
    bowl: tazon
    hot dog: perrito, perritos, perro, perros, perrito caliente, perritos calientes, perro caliente, perros calientes, pancho, panchos, jocho, jochos
    burger: hamburguesa, hamburguesas
    cheeseburger: hamburguesa con queso, hamburguesas con queso
    sandwich: sandwiche, bocata, emparedado, emparedados
    grilled cheese: queso a la plancha, sandwich de queso
    french fries: papas fritas, patatas fritas, papas a la francesa
    chips: papitas, patatas, totopos, papas de bolsa
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
    corn dog: perrito de maiz, banderilla, banderillas, salchicha empanizada
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
    gyro: giros
    vietnamese sandwich: sandwich vietnamita, bocadillo vietnamita
    ice cream: helado, helados, nieve, nieves
    shaved ice: raspado, raspados
    popsicle, ice cream: paleta, paletas
    donut: dona, donas, rosquilla, rosquillas
    bagel: rosca
    toast: tostado, pan tostado
    cake: pastel, pasteles, torta dulce, tarta
    cupcake: magdalena, magdalenas
    cookie: galleta, galletas
    pie: tarta, pay
    crepe: crepa, crepas
    waffle: gofre, gofres
    popcorn: palomitas, palomitas de maiz
    kettle corn: palomitas dulces
    candy: dulce, dulces, caramelo, caramelos, golosinas
    chocolate: chocolates
    nut: nueces, nuez, frutos secos
    peanut: cacahuate, cacahuates, mani
    fruit: fruta, frutas
    fruit salad: ensalada de frutas
    coconut: coco
    coconut water, coconut juice: agua de coco
    strawberry: fresa, fresas
    pineapple: pina
    watermelon: sandia
    lemon: limon
    orange: naranja, naranjas
    coffee: cafe, cafes, cafecito, cafecitos
    tea: te
    iced tea: te helado
    green tea: te verde
    cold: frio, fria, frios, frias
    hot: caliente, calientes
    apple: manzana, manzanas
    mustard: mostaza
    cream: crema
    garlic: ajo
    al pastor: al pastor
    juice: jugo, jugos, zumo, zumos
    orange juice: jugo de naranja
    smoothie: licuado, licuados, batido, batidos
    milkshake: malteada, malteadas
    lemonade: limonada
    soda, coke: coca cola, coca
    soda: refresco, refrescos, gaseosa, gaseosas
    water: agua
    energy drink: bebida energetica, bebidas energeticas
    condiment: condimento, condimentos
    sunflower seeds: pipas, semillas de girasol
    chestnut: castana, castanas
    yogurt: yogur
    muffin: panque, panques
    pretzel: pretzeles, lazo salado
    rice pudding: arroz con leche
    chili: chile con carne
    mashed potatoes: pure de papas, pure de patatas
    pasta: pastas, espagueti
    wrap: rollo, enrollado
    hot chocolate: chocolate caliente
    beer: cerveza
    vegetable: verdura, verduras, vegetales
  `,
  diets: `
    vegan: vegano, vegana, veganos, veganas
    vegetarian: vegetariano, vegetariana, vegetarianos, vegetarianas
    halal: jalal
    kosher: kosher
    gluten free: sin gluten, libre de gluten, para celiacos, celiaco, celiaca
    dairy free: sin lactosa, libre de lactosa, intolerante a la lactosa
    nut free: libre de nueces, libre de frutos secos
    egg free: libre de huevo
    sugar free: sin azucar
  `,
  kinds: '',
  foods: `
    taco burrito quesadilla torta nacho churro flan tostada pupusa tamal enchilada flauta empanada arepa ceviche pizza pasta salsa guacamole
    chorizo carnitas pozole menudo horchata mango chile gatorade lassi refried halal
  `,
  asides:
    'por favor, en la ciudad, de la ciudad, por que no, no se, no importa, nada mas, o algo, abierto hasta, me muero de hambre, para llevar',
  fillers: `
    comida comidas comer plato platos camion camiones camioneta puesto puestos carrito carritos carreta lugar lugares sitio sitios
    vendedor vendedores restaurante restaurantes calle calles avenida esquina cuadra barrio zona mejor mejores bueno buena buenos buenas barato barata baratos baratas rico rica ricos
    ricas sabroso sabrosa sabrosos sabrosas delicioso deliciosa deliciosos deliciosas fresco fresca frescos frescas
    almuerzo cena hambre ganas antojo antoja buen rapido rapida rapidos rapidas dos tres par extra abren abre cierran cierra ciudad hoy noche tarde manana horario menu vaso taza rebanada economico economica
  `,
  ignored: `
    el la los las un una unos unas de del al con u en para por que donde cual cuales como puedo puede hay quiero quisiera
    busco buscar encontrar comprar vender venden vende tienen tiene algo algun alguna muy mas mi mis yo me se es son
    tengo tenemos gustaria encantaria favor gracias hola necesito recomienda recomiendas recomiendan recomendar venda sirven sirve comen quien
    recomiendame recomendarme soy somos nada cuanto cuesta cuestan esta estan este estos estas ese esa lo le les nos su sus tambien pero si solo cosa cosas tomar beber unos todo todos toda todas
    quisieramos queremos quieren dame deme alguien
  `,
  negations:
    'sin, no, nada de, excepto, menos, todo menos, salvo, alergico a, alergica a, alergia a, alergia al, alergico al, alergica al, odio, en vez de, nunca, ni',
  negationsAfter: '',
  connectives: 'o',
  conjunctions: 'y',
  nearMe:
    'cerca de mi, cerca de aqui, cerca, cercano, cercana, cercanos, cercanas, mas cercano, mas cercana, por aqui, aqui cerca, a pie, alrededor',
  openNow:
    'abierto ahora, abierta ahora, abiertos ahora, abiertas ahora, abierto en este momento, abierto ahorita, abiertos ahorita, ahora abierto, abierto, abierta, abiertos, abiertas, esta abierto, estan abiertos',
  whens: 'cuando, a que hora, hasta que hora, que horario',
};
