import type { LanguageVocabulary } from './language-vocabulary.ts';

/** English: the language of the data. The city's synonyms have its dishes; this file has how people ask. */
export const en: LanguageVocabulary = {
  meanings: `
    latin: latin american, latino, south american
    mexican: mexico, tex mex, texmex
    peruvian: peru
    cuban: cuba
    brazilian: brazil
    chinese: china
    japanese: japan
    korean: korea
    vietnamese: vietnam
    filipino: pinoy, philippine, philippines
    thai: thailand
    hawaiian: hawaii
    indian: india
    middle eastern, mid eastern: middle eastern, mid eastern, middle east
    greek: greece
    southern: soul food
    italian: italy
    french: france
    breakfast: brunch, brekkie
    salad, fruit, smoothie: healthy
    dessert: sweets, something sweet, sweet treat, sweet treats, sweet tooth, sweet stuff
    seafood: sea food
    hot dog: weiner, wiener
    bbq: bar b que, bar b q, barbie
    burger: hamburger
    sub: hoagie, submarine
    grilled cheese: grilled cheese, cheese toastie
    fried chicken: fried chicken
    fried rice: fried rice, friedrice
    spring roll: spring roll
    egg roll: egg roll
    fruit salad: fruit salad, fruit cup
    pulled pork: pulled pork
    french toast: french toast
    dumpling: potsticker, gyoza
    bao: baozi, steamed bun
    dim sum: dimsum, yum cha
    coffee: cafe, coffe, cofe, java
    iced coffee: iced coffee, ice coffee
    guacamole: guac
    cold brew: cold brew
    milk tea, boba: bubble tea, boba tea, pearl tea
    french fries: frites
    shrimp: prawn
    corn: elote
    soda: pop, carbonated drink, fizzy drink
    potato: spud
    chips: crisps
    popcorn: pop corn
    eggplant: aubergine
    zucchini: courgette
    cilantro: coriander
    cotton candy: candyfloss, candy floss
    milkshake: shake
    ice cream: gelato, popsicle, ice pop
    soft serve: soft serve, softserve
    frozen yogurt: froyo, fro yo
    gyro: doner, donner
    shawarma: shwarma, shawerma, shawurma
    falafel: felafel
    kebab: skewer, souvlaki
    pierogi: perogi, pierogy, pirogi
    satay: sate
  `,
  // What menus name is excluded: no nuts, without dairy. What they never name must be declared: without gluten.
  diets: `
    vegan: vegan, plant based, plantbased
    vegetarian: vegetarian, meatless, meat free
    halal: halal, hallal
    kosher: kosher
    gluten free: gluten free, glutenfree, celiac, coeliac, no gluten, without gluten, gluten intolerant
    dairy free: dairy free, dairyfree, non dairy, nondairy, lactose free, milk free, no lactose, without lactose, lactose intolerant, lactose intolerance
    nut free: nut free, nutfree, peanut free, nut allergy, peanut allergy
    egg free: egg free, eggfree
    soy free: soy free, soyfree, no soy, without soy
    sugar free: sugar free, sugarfree, no sugar, without sugar
  `,
  kinds: `
    meat: meat, beef, pork, chicken, lamb, goat, turkey, duck, veal, bacon, ham, sausage, steak, chorizo, carnitas, carne asada,
      al pastor, barbacoa, brisket, ribs, bulgogi, pastrami, salami, pepperoni, prosciutto, hot dog, hotdog, corn dog, corndog,
      hamburger, cheeseburger, burger, slider, meatball, meatloaf, gyro, shawarma, kebab, skewer, adobo, sisig, teriyaki, jerky,
      bratwurst, frankfurter, hot link, oxtail, ox tail, tongue, lengua, cheesesteak, cheese steak, pulled pork, carne, pollo, birria,
      cochinita, kurobuta, spam, boar, deer, pheasant, buffalo, poultry, anticucho, ropa vieja
    pork: pork, bacon, ham, carnitas, al pastor, pulled pork, prosciutto, pepperoni, salami, chorizo, lechon, sisig, bratwurst,
      puerco, cerdo, pernil, cochinita, kurobuta, spam, boar
    chicken: chicken, pollo, chiken
    beef: beef, steak, brisket, carne asada, bulgogi, pastrami, hamburger, cheeseburger, burger, oxtail, ox tail, birria
    fish: fish, salmon, tuna, ahi, tilapia, catfish, poke, sushi, cod, pescado
    seafood: seafood, fish, salmon, tuna, ahi, tilapia, catfish, poke, sushi, shrimp, prawn, crab, lobster, lobsta, oyster, clam, calamari,
      octopus, ceviche, chowder, shellfish, pescado, mariscos
    shellfish: shellfish, shrimp, prawn, crab, lobster, lobsta, oyster, clam, mussel, scallop
    dairy: dairy, milk, cheese, cream, yogurt, butter, ice cream, milkshake, quesadilla, latte, gelato
    nut: nut, peanut, chestnut, almond, cashew, walnut, pecan, pistachio, hazelnut, macadamia
    egg: egg, omelet, omelette
    alcohol: alcohol, beer, wine, cocktail, liquor
  `,
  foods: `
    coke cola pepsi sprite caesar tuna salsa guacamole taquito fajita chimichanga tiramisu paella ramen udon soba tempura miso edamame kimchi bibimbap lasagna
    gnocchi risotto spaghetti macaroni pesto ravioli calzone hummus pita tahini baklava tabbouleh dolma naan roti dosa samosa pakora tikka
    masala korma vindaloo paneer lassi raita musubi jambalaya gumbo beignet grits cornbread poutine schnitzel strudel macaron eclair cannoli
    brownie pancake waffle muffin scone bagel biscuit mocha macchiato americano frappe matcha kombucha cider mozzarella cheddar feta kale
    quinoa tofu tempeh seitan lentil chickpea apple banana strawberry blueberry pineapple papaya coconut lemon lime grape peach cherry melon
    orange guava cucumber carrot cabbage spinach lettuce garlic ginger pepper celery rabbit venison bison eel squid scallop mussel oatmeal
    granola cereal toast jam honey butter cream custard pudding fudge caramel chocolate vanilla cinnamon sauce gravy mustard ketchup mayo
  `,
  fillers: `
    food foods eat eats meal meals dish dishes menu truck trucks foodtruck foodtrucks cart carts stand stands stall stalls trailer
    place places spot spots vendor vendors restaurant restaurants joint street streets avenue st ave blvd
    best good great nice cheap affordable tasty delicious yummy favorite favourite popular famous top fresh real authentic
    cheapest inexpensive expensive pricey budget price prices priced under dollar dollars buck bucks
    awesome amazing decent excellent perfect super homemade traditional local friendly option options choice choices selection idea ideas
    bite bites lunch lunchtime dinner dinnertime supper late night nights quick fast early morning afternoon evening noon midnight tomorrow weekend
    monday tuesday wednesday thursday friday saturday sunday hour hours schedule location locations address directions
    kid kids child children daughter son wife husband family friend friends girlfriend boyfriend mom dad office work school party
    love loves hungry starving thirsty craving cravings mood feel feeling cup glass bottle slice slices piece pieces couple dozen side
    two three four five six let lets people person persons group extra day days between festival event events junk finger delivery
    takeout pickup shop shops store parlor before after disease surprise squeezed freshly everyday take taking bring bringing out see think guess hope wish wondering grab try trying fancy make makes made help tell suggest suggestion
    recommend recommendation eating every stuff lot lots
  `,
  ignored: `
    a an the with of for in at on to from by is are am be i im me my we our us you your it its this that these those some any all
    what where which who how can could would should do does did have has had want wants need needs like likes looking look
    find get got buy show give serve serves serving sell sells selling offer offers order please there here near around
    anything something someone anyone nearby now today tonight
    ive id ill were theyre youre whats wheres whos hows theres heres they them their he she his her him whom whose but so also too just both ever someplace only
    really very pls plz thanks thank hi hello hey yes yeah ok okay if then than because while as into about been being was having
    another other more most much many few bit kind kinds sort sorts type types thing things each either
    possible available maybe perhaps probably possibly actually still know wanna gonna gotta lemme gimme
    somebody anybody everyone everybody somewhere anywhere everywhere carry carries why rn asap w wed youd
  `,
  asides: `
    cant find, cant decide, cant wait, cant get enough, cant we, cant i, couldnt find, why not, why dont, dont mind, dont know, dont care, dont you,
    dont they, dont we, doesnt anyone, doesnt anybody, isnt there, arent there, wouldnt mind, no problem, no idea, no rush, not sure, not bad,
    never mind, nothing but, or not, or something, or so, go for, go get, home made, surprise me, in the mood for, go to, going to, going for, how about, what about, feel like,
    in the city, in this city, in town, around town, in this town, in the area, in this area, in the neighborhood, this week, this weekend,
    this morning, this evening, right now, right away, on a cold day, on a hot day, cold day, hot day, rainy day, open late, open tomorrow, open on, open until,
    open till, open after, opening hours, opening times, open hours, open times, open early, open faced, open face, close to, next to, near to, corner of, intersection of, how much, to take away, to take out, for takeout, take out
  `,
  negations: `
    no, not, without, except, hold the, minus, excluding, free of, anything but, everything but, other than, all but, dont, doesnt, didnt, isnt,
    arent, cant, cannot, wont, never, avoid, avoiding, hate, hates, dislike, allergic to, allergy to, intolerant to, skip the, instead of,
    rather than, apart from, aside from, free from, sick of, tired of, w o, neither, nor, nothing
  `,
  negationsAfter: 'allergy, allergies, intolerance, free',
  connectives: 'or',
  conjunctions: 'and, n',
  nearMe: `
    near me, nearby, near by, close to me, close by, around me, around here, near here, closest, nearest, in my area, walking distance,
    within walking distance, walkable, around the corner, close to here, next to me, not far, not too far, not far from me, not far from here
  `,
  openNow: `
    open now, open right now, currently open, now open, open at the moment, open currently, thats open, still open, open, open today,
    open tonight, open rn
  `,
  whens: 'when, what time, until when, how late, how early',
};
