import type { LanguageVocabulary } from './language-vocabulary.ts';

/** English: the language of the data. The city's synonyms have its dishes; this file has how people ask. */
export const en: LanguageVocabulary = {
  meanings: `
    latin: latin american, latino, south american
    breakfast: brunch
    seafood: sea food
    hot dog: weiner, wiener
    bbq: bar b que, bar b q, barbie
    burger: hamburger
    fried rice: friedrice
    coffee: cafe, coffe
    french fries: frites
    shrimp: prawn
    corn: elote
    soda: pop
    potato: spud
    chips: crisps
    popcorn: pop corn
    eggplant: aubergine
    zucchini: courgette
    cilantro: coriander
    cotton candy: candyfloss, candy floss
    milkshake: shake
    gyro: doner, donner
    shawarma: shwarma, shawerma, shawurma
    falafel: felafel
    pierogi: perogi, pierogy, pirogi
    satay: sate
  `,
  diets: `
    vegan: vegan, plant based, plantbased
    vegetarian: vegetarian, meatless, meat free
    halal: halal, hallal
    kosher: kosher
    gluten free: gluten free, glutenfree, celiac, coeliac, no gluten, without gluten
    dairy free: dairy free, dairyfree, lactose free, milk free, no dairy, without dairy, no lactose, without lactose
    nut free: nut free, nutfree, peanut free, no nuts, without nuts, no peanuts, without peanuts
    egg free: egg free, eggfree, no eggs, without eggs
    soy free: soy free, soyfree, no soy, without soy
    sugar free: sugar free, sugarfree, no sugar, without sugar
  `,
  kinds: `
    meat: meat, beef, pork, chicken, lamb, goat, turkey, duck, veal, bacon, ham, sausage, steak, chorizo, carnitas, carne asada,
      al pastor, barbacoa, brisket, ribs, bulgogi, pastrami, salami, pepperoni, prosciutto, hot dog, hotdog, corn dog, corndog,
      hamburger, cheeseburger, burger, meatball, gyro, shawarma, adobo, sisig, teriyaki, jerky, bratwurst, frankfurter, oxtail,
      ox tail, tongue, lengua, cheesesteak, cheese steak, pulled pork, carne, pollo, birria
    pork: pork, bacon, ham, carnitas, al pastor, pulled pork, prosciutto, pepperoni, salami, chorizo, lechon, sisig, bratwurst,
      puerco, cerdo, pernil
    chicken: chicken, pollo, chiken
    beef: beef, steak, brisket, carne asada, bulgogi, pastrami, hamburger, cheeseburger, burger, oxtail, ox tail, birria
    fish: fish, salmon, tuna, ahi, tilapia, catfish, poke, sushi, cod, pescado
    seafood: seafood, fish, salmon, tuna, ahi, tilapia, catfish, poke, sushi, shrimp, prawn, crab, lobster, oyster, clam, calamari,
      octopus, ceviche, chowder, shellfish, pescado, mariscos
    shellfish: shellfish, shrimp, prawn, crab, lobster, oyster, clam, mussel, scallop
    dairy: dairy, milk, cheese, cream, yogurt, butter, ice cream, milkshake, quesadilla, latte, gelato
    nuts: nut, peanut, almond, cashew, walnut, pecan, pistachio, hazelnut
    alcohol: alcohol, beer, wine, cocktail, liquor
  `,
  fillers: `
    food foods eat eats meal meals dish dishes menu snack truck trucks foodtruck foodtrucks cart carts stand stands stall stalls trailer
    place places spot spots vendor vendors restaurant restaurants joint street streets avenue st ave blvd
    best good great nice cheap affordable tasty delicious yummy favorite favourite popular famous top fresh real authentic
  `,
  ignored: `
    a an the and or with of for in at on to from by is are am be i im me my we our us you your it its this that these those some any all
    what where which who how when can could would should do does did have has had want wants need needs like likes looking look
    find get got buy show give serve serves serving sell sells selling offer offers order please there here near around
    anything something someone anyone nearby now today tonight
  `,
  negations: 'no, not, without, except, hold the, minus, excluding, free of, anything but, everything but, other than',
  connectives: 'or, nor',
  nearMe:
    'near me, nearby, near by, close to me, close by, around me, around here, near here, closest, nearest, in my area, walking distance',
  openNow:
    'open now, open right now, currently open, now open, open at the moment, open currently, thats open, still open',
};
