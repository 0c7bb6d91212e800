/** A snapshot of the city's permits; 2017 has the schedule of its time, 2024 the neighbourhoods. */
export type Snapshot = '2015' | '2017' | '2024';

/** What a person who knows the snapshot expects of a query, for permits in any state. */
export type Judged = {
  readonly q: string;
  readonly data: Snapshot;
  /**
   * Phrases in the city's own texts that the query means: the vendors found are exactly those with a placed row that has one of them in
   * its food or name, counted in the raw file. `*` ends a prefix.
   */
  readonly means?: readonly string[];
  /** More vendors than those of `means` are expected: the kind of food has more words than these. */
  readonly more?: true;
  /** Vendors expected besides those of `means`, for the reason in a comment. */
  readonly also?: readonly string[];
  /** The first vendors, in any order. */
  readonly first?: readonly string[];
  readonly has?: readonly string[];
  readonly not?: readonly string[];
  /** The number of vendors; the lower bound is the count of QUERIES.md or of the raw file. */
  readonly atLeast?: number;
  readonly atMost?: number;
  /** The expected relaxation steps: parameter and `to`. Without it, nothing may be relaxed. */
  readonly relaxed?: readonly (readonly ['q' | 'open_at' | 'radius' | 'bbox', string | null])[];
  /** Why the search does not meet this yet; the test fails when it does. */
  readonly notYet?: string;
};

const HOT_DOGS = ['hot dog', 'hot dogs', 'hotdog', 'hotdogs', 'frankfurter'];
const NO_HOT_DOGS = ['Off the Grid Services, LLC', 'SF Cart Project'];
const BURGERS = ['burger', 'burgers', 'hamburger', 'hamburgers'];
const KEBABS = ['kebab', 'kebabs', 'kebob', 'kebobs', 'kabob', 'kabobs', 'shish ka bob'];
const DONUTS = ['donut', 'donuts', 'doughnuts'];
const ICE_CREAM = ['ice cream', 'icecream', 'ica cream'];
const BBQ = ['bbq', 'barbecue', 'barbeque'];
const VEGETARIAN = ['vegetarian', 'vegeterian', 'veggie', 'veggies', 'vegi'];
const SODA = ['soda', 'sodas', 'sodea', 'soft drink', 'soft drinks'];

/** Words as people write them: singular and plural, phrases, names, and ambiguous words. */
export const WORDS: readonly Judged[] = [
  { q: 'tacos', data: '2017', means: ['taco', 'tacos'], atLeast: 29 },
  { q: 'taco', data: '2017', means: ['taco', 'tacos'], first: ['Senor Sisig', 'Mora Taco Truck'] },
  { q: 'TACOS!', data: '2024', means: ['taco', 'tacos'] },
  { q: 'burritos', data: '2017', means: ['burrito', 'burritos'], atLeast: 30 },
  { q: 'burrito', data: '2024', means: ['burrito', 'burritos'] },
  { q: 'quesadillas', data: '2017', means: ['quesadilla*', 'quesedilla*'], atLeast: 20 },
  { q: 'tortas', data: '2017', means: ['torta', 'tortas'], atLeast: 18 },
  { q: 'nachos', data: '2017', means: ['nacho', 'nachos'], atLeast: 5 },
  { q: 'tamales', data: '2017', means: ['tamale', 'tamales'], atLeast: 2 },
  { q: 'pupusas', data: '2024', means: ['pupusa', 'pupusas'], atLeast: 3 },
  { q: 'lomo saltado', data: '2017', means: ['lomo saltado'], atLeast: 2, atMost: 2 },
  {
    q: 'peruvian food',
    data: '2017',
    first: ['Los 2 Cuates', 'Peruchi Food Truck,LLC', 'Sanguchon'],
    has: ['El Calamar Perubian Food Truck'],
    atMost: 4,
  },
  {
    q: 'mexican food',
    data: '2017',
    first: ["Mario's Colombian and Mexican Food", 'Tacos El Primo'],
    not: ['Bombay Blvd.', 'Hiyaaa'],
  },
  {
    q: 'mexican food',
    data: '2015',
    first: ["Mario's Colombian and Mexican Food", 'Tacos El Primo'],
    not: ['888 Brannan L.P.'],
    notYet: 'the category of its "Asian inspired tacos" outweighs its "No Mexican food allowed"',
  },
  { q: 'italian american', data: '2015', first: ['888 Brannan L.P.'] },
  { q: 'hot dogs', data: '2017', means: HOT_DOGS, atLeast: 25, not: NO_HOT_DOGS },
  { q: 'hot dog', data: '2017', means: HOT_DOGS, first: ['D & T Catering', 'Mob Dog'], not: NO_HOT_DOGS },
  { q: 'hot dogs', data: '2024', means: HOT_DOGS, not: NO_HOT_DOGS },
  { q: 'everything', data: '2017', has: NO_HOT_DOGS },
  { q: 'bacon wrapped hot dogs', data: '2017', means: ['bacon wrapped hot dogs'], atLeast: 2, atMost: 2 },
  { q: 'hamburgers', data: '2017', means: BURGERS, more: true, not: ["Casey's Pizza, LLC", 'Lobsta Truck'] },
  { q: 'burgers', data: '2024', means: BURGERS, more: true },
  { q: 'cheeseburgers', data: '2017', means: ['cheeseburger', 'cheeseburgers'], atLeast: 3, atMost: 3 },
  { q: 'sandwiches', data: '2017', means: ['sandwich', 'sandwiches'], more: true, atLeast: 42 },
  { q: 'cold sandwiches', data: '2017', atLeast: 24, has: ['F & C Catering', 'M M Catering'] },
  { q: 'grilled cheese', data: '2017', means: ['grilled cheese'], more: true, atLeast: 3, atMost: 4 },
  {
    q: 'grilled cheese sandwich',
    data: '2017',
    first: ['Bacon Bacon', 'Cheese Gone Wild', 'Serendipity SF'],
    notYet: 'words apart count as much as adjacent ones: "Grilled Asparagus" and "Mac & Cheese" are grilled cheese',
  },
  { q: 'vietnamese sandwiches', data: '2017', means: ['vietnamese sandwiches'], atLeast: 3, atMost: 3 },
  { q: 'noodles', data: '2017', means: ['noodle', 'noodles'], atLeast: 9 },
  { q: 'pho', data: '2017', means: ['pho'], atLeast: 2, atMost: 2 },
  { q: 'filipino fusion food', data: '2017', means: ['filipino fusion food'], atMost: 1 },
  { q: 'lumpia', data: '2024', first: ['Sohomei, LLC'], atMost: 1 },
  { q: 'sushi burrito', data: '2017', first: ['Think is Good Inc.'], atMost: 1 },
  { q: 'poke', data: '2024', means: ['poke', 'bonito poke'], atLeast: 1 },
  { q: 'curry', data: '2017', means: ['curry', 'curries', 'japacurry'] },
  { q: 'mango lassi', data: '2017', means: ['mango lassi'], atLeast: 2, atMost: 2 },
  { q: 'chai', data: '2017', first: ['The Chai Cart', 'Gour Chaat'], atLeast: 2 },
  { q: 'indian', data: '2017', first: ['BHUK Burger', 'Bombay Blvd.', 'The Chai Cart'] },
  { q: 'coffee', data: '2017', means: ['coffee', 'coff'], more: true, atLeast: 18 },
  { q: 'tea', data: '2024', means: ['tea', 'teas', 'te'], more: true },
  { q: 'churros', data: '2017', means: ['churro', 'churros'], atLeast: 4 },
  { q: 'soft pretzels', data: '2017', means: ['soft pretzel', 'soft pretzels'], atLeast: 4 },
  { q: '"cold truck"', data: '2017', atLeast: 22, atMost: 22, has: ['F & C Catering', 'M M Catering'] },
  // Every vendor has a truck or a cart, so "truck" is not required.
  { q: 'cold truck', data: '2017', atLeast: 22, has: ['F & C Catering', 'M M Catering'] },
  { q: 'best food trucks with tacos', data: '2017', means: ['taco', 'tacos'] },
  { q: 'tacos de pescado', data: '2017', has: ['Tacos El Primo'] },
  { q: '热狗', data: '2017', means: HOT_DOGS, not: NO_HOT_DOGS },
  { q: 'хот-доги', data: '2017', means: HOT_DOGS, not: NO_HOT_DOGS },
  { q: 'fried chicken', data: '2017', means: ['fried chicken'], more: true, atLeast: 6 },
  { q: 'spring rolls', data: '2017', means: ['spring rolls'], more: true, atLeast: 3 },
  { q: 'pizza', data: '2017', means: ['pizza', 'pizzas'], atLeast: 4 },
  { q: 'seafood', data: '2017', first: ['Munch India'], has: ['Lobsta Truck', 'El Calamar Perubian Food Truck'] },
  { q: 'breakfast', data: '2017', means: ['breakfast'], more: true, atLeast: 5 },
  { q: 'pies', data: '2017', means: ['pie', 'pies'] },
  {
    q: 'french fries',
    data: '2017',
    means: ['french fries'],
    more: true,
    has: ['Bacon Bacon', 'La Falafel'],
    atLeast: 5,
  },
  {
    q: 'fries',
    data: '2017',
    not: ['Hiyaaa', "Eva's Catering", 'Bonito Poke'],
    notYet: 'Porter’s stems of "fried" and "fries" are the same, so fried rice matches fries',
  },
  {
    q: 'smoothies',
    data: '2017',
    means: ['smoothies'],
  },
  {
    q: 'american food',
    data: '2024',
    first: ["Stanley's Steamers Hot Dogs"],
    not: ['El Calamar Perubian Food Truck'],
  },
  {
    q: 'chips and salsa',
    data: '2024',
    first: ['Tacos El Flaco'],
    atMost: 2,
  },
  { q: 'chips & salsa', data: '2024', first: ['Tacos El Flaco'], atMost: 2 },
];

/** Synonyms in the query or in the data, and misspellings in the city's data. */
export const SYNONYMS: readonly Judged[] = [
  { q: 'hotdog', data: '2017', means: HOT_DOGS, first: ['The Huge Hotdog Concession'], not: NO_HOT_DOGS },
  { q: 'banh mi', data: '2017', means: ['vietnamese sandwiches'], atLeast: 3, atMost: 3 },
  { q: 'bahn mi', data: '2017', means: ['vietnamese sandwiches'] },
  { q: 'bánh mì', data: '2017', means: ['vietnamese sandwiches'] },
  { q: 'bbq', data: '2017', means: BBQ, more: true, atLeast: 6 },
  { q: 'barbecue', data: '2017', means: BBQ, more: true, first: ['Smokin Warehouse Barbecue'] },
  { q: 'barbeque', data: '2024', means: BBQ, more: true, not: ['Union Square Business Improvement District'] },
  { q: 'doughnuts', data: '2017', means: DONUTS, atLeast: 4 },
  { q: 'doughnut', data: '2024', means: DONUTS },
  { q: 'icecream', data: '2017', means: ICE_CREAM, more: true, first: ['Stanley Roth'], atLeast: 8 },
  { q: 'ice cream', data: '2024', means: ICE_CREAM, more: true, atLeast: 8 },
  { q: 'kabob', data: '2017', means: KEBABS, first: ['Kabob Trolley, LLC', 'Maiwand Halal Kabob Truck'] },
  { q: 'kebab', data: '2017', means: KEBABS, first: ['Halal Cart, LLC'] },
  { q: 'shish kebab', data: '2024', means: KEBABS },
  { q: 'soft drink', data: '2017', means: SODA, more: true },
  { q: 'soda pop', data: '2017', means: SODA },
  { q: 'crème brûlée', data: '2017', means: ['creme brulee'], atLeast: 2 },
  { q: 'CREME BRULEE', data: '2017', means: ['creme brulee'], atLeast: 2 },
  { q: 'espresso', data: '2017', means: ['espresso', 'expresso'], atLeast: 2 },
  { q: 'expresso', data: '2024', means: ['espresso'], atLeast: 2 },
  { q: 'cappuccino', data: '2017', means: ['cappucino', 'cappuchino'], atLeast: 2 },
  { q: 'mac and cheese', data: '2017', means: ['mac and cheese', 'mac cheese', 'macaroni cheese'] },
  { q: 'mac & cheese', data: '2024', means: ['mac and cheese', 'mac cheese'] },
  { q: 'vegetarian', data: '2017', means: VEGETARIAN, more: true, atLeast: 3 },
  { q: 'veggie', data: '2024', means: VEGETARIAN, more: true, has: ['Flavors of Africa'] },
  { q: 'vegan', data: '2024', means: ['vegan'], atMost: 1 },
  { q: 'cupcakes', data: '2017', means: ['cupcake', 'cupcakes', 'cup cakes'], first: ["Kara's Cupcakes"] },
  { q: 'kettle corn', data: '2024', means: ['kettle corn', 'kettlecorn'], first: ['Kettle Corn Star'] },
  { q: 'gyro', data: '2017', means: ['gyro', 'gyros', 'giros'], atLeast: 6 },
  { q: 'tikka masala', data: '2017', first: ['Spice Affairs'], has: ['Curry Up Now'], atMost: 2 },
  { q: 'ceviches', data: '2024', means: ['ceviche', 'ceviches', 'ceiches'] },
  { q: 'musubi', data: '2024', means: ['misubi'] },
  { q: 'avocado', data: '2017', means: ['avacado', 'avocado'] },
  { q: 'chow mein', data: '2017', means: ['chow mein', 'cow mein'] },
  { q: 'croissant', data: '2024', means: ['crossaints', 'croissant*'] },
  { q: 'cheese steak', data: '2024', means: ['cheesesteak', 'cheesesteaks', 'cheese steak'] },
  { q: 'snow cones', data: '2017', means: ['snow cones', 'shaved ice', 'raspados'] },
  { q: 'prepackaged', data: '2017', means: ['prepackaged', 'pre packaged'] },
  { q: 'ice tea', data: '2017', means: ['iced tea'], more: true, atMost: 4 },
  { q: 'agua fresca', data: '2017', means: ['aguas frescas'] },
];
