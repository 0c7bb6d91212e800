import { describe, expect, it } from 'vitest';
import { tokens } from '../../../functions/model/text/tokenizer.ts';
import { type Food, readFood } from '../../../seed/food/food.ts';
import { sanFrancisco } from '../../fixtures/cities.ts';

const read = (text: string) => readFood(text, sanFrancisco);

describe('a food text is split into dishes', () => {
  it.each([
    ['Tacos: Burritos : Tortas:Quesadillas', ['Tacos', 'Burritos', 'Tortas', 'Quesadillas']],
    ['Sandwiches: snacks: prepackaged items: beverages:', ['Sandwiches', 'Snacks', 'Prepackaged items', 'Beverages']],
    ['Burritos; Tacos; Quesedillas.', ['Burritos', 'Tacos', 'Quesedillas']],
    ['Tacos, burritos,tortas', ['Tacos', 'Burritos', 'Tortas']],
    ['burritos: rice plates. Various beverages.', ['Burritos', 'Rice plates', 'Various beverages']],
    ['tacos.Chairman Bao: soup', ['Tacos', 'Chairman Bao', 'Soup']],
    ['Tacos\nBurritos\r\nTortas', ['Tacos', 'Burritos', 'Tortas']],
    ['::; . :', []],
    ['', []],
    // Colons inside parentheses were commas.
    [
      'various sides (fries: potato salad:coleslaw : salad): soda',
      ['Various sides (fries, potato salad, coleslaw, salad)', 'Soda'],
    ],
    [
      'Artisan Pizzas (Margherita: Funghi:  Arugula) and Drinks.',
      ['Artisan Pizzas (Margherita, Funghi, Arugula)', 'Drinks'],
    ],
    ['Soda: Donuts.  (Pitco Wholesale)', ['Soda', 'Donuts (Pitco Wholesale)']],
    ['chips (salted: tacos', ['Chips (salted', 'Tacos']],
    // Full stops that do not end a sentence, colons in times.
    ['St. Louis Style Ribs: Dr. Pepper: tea', ['St. Louis Style Ribs', 'Dr. Pepper', 'Tea']],
    ['Coffee until 11:30: tea for $1.50', ['Coffee until 11:30', 'Tea for $1.50']],
    // "and" and "&" split only where both sides are surely complete.
    ['Burritos: tacos: quesadillas: and tortas', ['Burritos', 'Tacos', 'Quesadillas', 'Tortas']],
    ['Tacos: & can soda.', ['Tacos', 'Can soda']],
    ['Hot Dogs: Chips and Soda', ['Hot Dogs', 'Chips', 'Soda']],
    ['Muffins & Various Drinks & Pre-Packaged Snacks.', ['Muffins', 'Various Drinks', 'Pre-Packaged Snacks']],
    ['omelets and sodas', ['Omelets', 'Sodas']],
    ['hot and cold drinks', ['Hot and cold drinks']],
    ['Sandwiches (hot & cold)', ['Sandwiches (hot & cold)']],
    [
      'Mac and Cheese: fish & chips: salt and pepper squid',
      ['Mac and Cheese', 'Fish & chips', 'Salt and pepper squid'],
    ],
    ['Biscuits & Gravy: Natural & organic juices', ['Biscuits & Gravy', 'Natural & organic juices']],
    ['Chips & Salsa & Various Beverages', ['Chips & Salsa', 'Various Beverages']],
    // Four or more dishes in a row are a list that lost its separators; fewer may be one dish, as alternatives are.
    [
      'Tacos burritos quesadillas tortas pupusas flautas tamales',
      ['Tacos', 'Burritos', 'Quesadillas', 'Tortas', 'Pupusas', 'Flautas', 'Tamales'],
    ],
    [
      'fresh tacos burritos quesadilla & tortas with rice',
      ['Fresh tacos', 'Burritos', 'Quesadilla', 'Tortas with rice'],
    ],
    ['taco pizza burger sandwich', ['Taco', 'Pizza', 'Burger', 'Sandwich']],
    ['Tacos burritos quesadillas', ['Tacos burritos quesadillas']],
    ['rice chicken beef hot dogs and coke', ['Rice chicken beef hot dogs', 'Coke']],
    ['paneer tikka masala curry: thai noodle soup bowl', ['Paneer tikka masala curry', 'Thai noodle soup bowl']],
    // The numbers of a list.
    ['1. Tacos 2. Burritos', ['Tacos', 'Burritos']],
    ['1) Hot dogs\n2) Tea', ['Hot dogs', 'Tea']],
    ['#1 burgers: No. 2 pencils', ['#1 burgers', 'No. 2 pencils']],
    ['Hot/Cold Sandwiches: fried chicken leg/wing', ['Hot/Cold Sandwiches', 'Fried chicken leg/wing']],
    ['butter: jam: or nutella', ['Butter', 'Jam or nutella']],
    // Repeated dishes are shown once.
    ['Tostadas: tacos: TOSTADAS', ['Tostadas', 'Tacos']],
    ['Panushos: cochinita: etc.', ['Panushos', 'Cochinita']],
  ])('%s', (text, items) => {
    expect(read(text).items).toEqual(items);
  });

  it.each([
    ['HOT DOGS: BBQ RIBS: BLT', ['Hot dogs', 'BBQ ribs', 'BLT']],
    ['bbq ribs: French Fries: crème brûlée', ['BBQ ribs', 'French Fries', 'Crème brûlée']],
    ['KUROBUTA Sausage Curry: PoBoy Sandwiches', ['KUROBUTA Sausage Curry', 'PoBoy Sandwiches']],
    ['élote: iPad cookies: 7-Up', ['Élote', 'iPad cookies', '7-Up']],
  ])('with its case repaired for display: %s', (text, items) => {
    expect(read(text).items).toEqual(items);
  });
});

describe('"Cold Truck" is a category and a flag, not a dish', () => {
  it.each(['Cold Truck: Soda:Chips', 'COLD TRUCK. Soda: Chips', 'Cold truck - soda: chips', 'cold truck soda: chips'])(
    '%s',
    (text) => {
      const { items, drinks, categories } = read(text);
      expect(items).toEqual(['Soda', 'Chips']);
      expect(drinks).toBe(true);
      expect(categories).toEqual(['cold_truck', 'snacks', 'drinks']);
    },
  );

  it.each(['Cold Brew Coffee', 'Sandwiches: cold truck style lemonade', 'cold trucking'])(
    '%s is not a Cold Truck',
    (text) => {
      expect(read(text)).toMatchObject({ drinks: false, prefix: '' });
    },
  );
});

describe('food that is not sold is not found', () => {
  it.each([
    ['everything except for hot dogs', ['Everything'], 'hot dogs'],
    ['Everything Except Hot Dogs: tacos: burritos', ['Everything'], 'tacos'],
    ['Serving everything but hot dogs', ['Serving everything'], 'hot dogs'],
    ['everything: but hot dogs', ['Everything'], 'hot dogs'],
    ['All types of food except for BBQ on site per fire safety. Soup', ['All types of food', 'Soup'], 'bbq'],
    ['Empanadas. No Mexican food allowed.', ['Empanadas'], 'mexican'],
    ['tacos: no hot dogs: soda', ['Tacos', 'Soda'], 'hot dogs'],
    ['burritos without beans: soup', ['Burritos', 'Soup'], 'beans'],
    ['tacos(without beans)dogs', ['Tacos dogs'], '(without beans)'],
    ['salads (no nuts): soup', ['Salads', 'Soup'], 'nuts'],
    ['We do not serve alcohol; tea', ['Tea'], 'alcohol'],
    ['hot dogs not allowed: tea', ['Tea'], 'hot dogs'],
    ['any food but not seafood', ['Any food'], 'seafood'],
    ['Any kind of food but seafood: meat', ['Any kind of food'], 'meat'],
    ['tacos but not burritos: tea', ['Tacos', 'Tea'], 'burritos'],
    ['Burgers and no fries', ['Burgers'], 'fries'],
  ])('%s', (text, items, hidden) => {
    const food = read(text);
    expect(food.items).toEqual(items);
    expect(found(food)).not.toContain(hidden);
    expect(food.excluded.join(' ').toLowerCase()).toContain(hidden);
    expect(food.categories).not.toContain(hidden.replace(' ', '_'));
  });

  it.each([
    'no sugar added lemonade',
    'Non alcoholic beverages',
    'Nothing except hot dogs',
    'all beef hot dogs',
    'No. 1 burgers',
    'Anything including but not limited to tacos',
    'Savory but not only savory crepes',
  ])('%s is sold', (text) => {
    expect(read(text).excluded).toEqual([]);
    expect(tokens(read(text).items.join(' '))).toEqual(tokens(text));
  });
});

describe('remarks of the administration are not food', () => {
  it.each([
    ['MFF - Do not approve without review.', []],
    ['Guatemalan and Mexican FoodMFF - Do not approve without review', ['Guatemalan and Mexican Food']],
    ['N/A', []],
    ['varies truck to truck', []],
    ['Multiple Trucks - Everything', []],
    ['2 Multiple Trucks: American: Indian', ['American', 'Indian']],
    [
      '7 Multiple Trucks on rotation (1 on 3rd St & 6 on 4th St).   Serving everything but hot dogs',
      ['Serving everything'],
    ],
  ])('%s', (text, items) => {
    const food = read(text);
    expect(food.items).toEqual(items);
    expect(food.note).not.toBeNull();
    expect(found(food)).not.toMatch(/approve|varies|multiple/);
  });
});

describe('run-together words', () => {
  it.each([
    [
      'Burrito BowlsNaughty NaanKathi Rollssexy friesthali combo platterstreet food',
      ['Burrito Bowls', 'Naughty Naan', 'Kathi Rolls', 'Sexy fries', 'Thali combo platter', 'Street food'],
    ],
    [
      'BBQ PORK SANDWICHGRILL CHICKEN SANDWICHSHIRMP ROLLSBBQ PORK',
      ['BBQ pork sandwich', 'Grill chicken sandwich', 'Shirmp rolls', 'BBQ pork'],
    ],
    [
      'MASALA DOSAPANNER DOSACHICKEN STEWRICE AND RICECHICKEN',
      ['Masala dosa', 'Panner dosa', 'Chicken stew', 'Rice and rice', 'Chicken'],
    ],
    ['Chana masala (vegan)Mango lassi', ['Chana masala (vegan)', 'Mango lassi']],
    ['Bonito poke menu808 - ogo seaweed', ['Bonito poke menu', '808 - ogo seaweed']],
    ['HotDogsBurgersTacos', ['Hot Dogs', 'Burgers', 'Tacos']],
    ['FriedChickenBurgersTacos', ['Fried Chicken Burgers', 'Tacos']],
    ['tacosburritos', ['Tacos', 'Burritos']],
  ])('are separate dishes where newlines were lost: %s', (text, items) => {
    const food = read(text);
    expect(food.items).toEqual(items);
    for (const word of tokens(text)) expect(found(food)).toContain(word);
  });

  it.each([
    ['Mini cheesecakes: tea', ['Mini cheesecakes', 'Tea'], ['cheese cakes']],
    ['Prepackaged Kettlecorn', ['Prepackaged Kettlecorn'], ['Pre packaged', 'Kettle corn']],
    ['Cheesecake and cornbread', ['Cheesecake and cornbread'], ['Cheese cake', 'corn bread']],
    ['Icecream: hotdogs', ['Icecream', 'Hotdogs'], ['Ice cream', 'hot dogs']],
    ['Corndogs: hotdogs: milkshakes', ['Corndogs', 'Hotdogs', 'Milkshakes'], ['Corn dogs', 'hot dogs', 'milk shakes']],
    [
      'ricebowls noodlebowls tacobowls',
      ['Ricebowls noodlebowls tacobowls'],
      ['rice bowls', 'noodle bowls', 'taco bowls'],
    ],
    ['FriedChicken: BeefTacos', ['FriedChicken', 'BeefTacos'], ['Fried Chicken', 'Beef Tacos']],
    ['Hamburgers: popcorn: Pier39 chowder', ['Hamburgers', 'Popcorn', 'Pier39 chowder'], []],
  ])('that are compounds stay one dish, and their parts are found too: %s', (text, items, searchText) => {
    expect(read(text)).toMatchObject({ items, searchText });
  });

  it.each(['PoBoy Sandwiches', 'McMuffin', 'RedBull', "POPO's Noodle", 'MoBowl'])('%s is not split', (text) => {
    expect(read(text)).toMatchObject({ items: [text], searchText: [] });
  });
});

/** All searchable words. */
function found({ items, searchText }: Food): string {
  return [...items, ...searchText].flatMap(tokens).join(' ');
}
