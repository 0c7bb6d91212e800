import type { FoodCategory } from '../city.ts';

/**
 * Street-food words of English-speaking cities by kind of food, from the permits of 2013-2024 and other cities' vendors,
 * with the misspellings found there. Stems are compared, so the singular is enough. A word may belong to several kinds.
 * The order is the order of display.
 */
export const streetFoodCategories: readonly FoodCategory[] = [
  cuisine(
    'mexican',
    `mexican yucatan taco burrito quesadilla quesedilla torta tortass tamale tostada sope gordita
    flauta enchilada chimichanga pozole menudo carnitas alambre panucho panusho salbute cochinita taqueria
    mangoneada mangonada chamoyada bionico`,
    'carne asada',
    'asada fries',
    'al pastor',
    'chile relleno',
  ),
  cuisine(
    'latin',
    `latin peruvian peruano colombian cuban brazilian brasilian guatemalan salvadoran venezuelan
    pupusa empanada arepa ceviche ceiche jalea anticucho tostone pernil croqueta yuca`,
    'south american',
    'lomo saltado',
    'ropa vieja',
    'arroz con pollo',
    'platano',
  ),
  kind('burgers', 'burger hamburger cheeseburger slider'),
  kind('hot_dogs', 'hotdog frankfurter bratwurst', 'hot dog', 'chili dog', 'mexican hot dog', 'italian sausage'),
  kind(
    'sandwiches',
    `sandwich panini sub =wrap =wraps =melt =melts poboy cheesesteak blt`,
    'po boy',
    'cheese steak',
    'grilled cheese',
    'banh mi',
  ),
  kind('pizza', 'pizza calzone flatbread'),
  kind('bbq', 'bbq barbecue barbeque brisket =ribs', 'pulled pork'),
  kind('chicken', '', 'fried chicken', 'rotisserie chicken', 'rotisserrie chicken', 'chicken wing', 'jerk chicken'),
  kind(
    'seafood',
    `seafood lobster crab shrimp shirmp =fish salmon catfish oyster clam tilapia calamar calamari ceviche
    ceiche poke octopus ahi tuna chowder chowdery`,
  ),
  cuisine(
    'asian',
    `asian chinese japanese korean vietnamese filipino thai hawaiian hawaiianese noodle ramen pho vermicelli
    vermincelli dumpling bao lumpia sisig sushi teriyaki bento katsu takoyaki musubi misubi masubi poke oden satay`,
    'dim sum',
    'spring roll',
    'egg roll',
    'imperial roll',
    'chow mein',
    'cow mein',
    'fried rice',
    'pork bun',
    'banh mi',
    'noodle soup',
  ),
  cuisine('chinese', 'chinese', 'dim sum', 'chow mein', 'cow mein'),
  cuisine('japanese', 'japanese sushi bento katsu takoyaki musubi misubi masubi teriyaki oden udon tempura'),
  cuisine('korean', 'korean bulgogi kimchi bibimbap'),
  cuisine('vietnamese', 'vietnamese pho vermicelli vermincelli goi', 'banh mi', 'imperial roll', 'vietnamese coffee'),
  cuisine('filipino', 'filipino lumpia sisig adobo'),
  cuisine('thai', 'thai satay'),
  cuisine('hawaiian', 'hawaiian hawaiianese poke musubi misubi masubi'),
  cuisine(
    'indian',
    `indian pakistani tikka masala naan roti paratha samosa kathi paneer dosa chaat biryani pakora
    pulao tandoori halva`,
  ),
  kind('curry', 'curry'),
  cuisine(
    'mediterranean',
    `mediterranean gyro giro falafel kebab kebob kabob shawarma hummus pita halal greek baklava
    israeli afghan mantu`,
    'mid eastern',
    'middle eastern',
    'shish ka bob',
  ),
  cuisine('halal', 'halal'),
  cuisine('african', 'african eritrean ethiopian injera'),
  cuisine('caribbean', 'caribbean jerk trinidad jamaican', 'jerk chicken', 'curry goat', 'ox tail'),
  cuisine('southern', 'southern cajun creole gumbo beignet =greens', 'peach cobbler'),
  cuisine(
    'european',
    'italian irish jewish pierogi knish crepe =pasta =pastas',
    'central european',
    'pot pie',
    'shepherds pie',
    'shepards pie',
    'australian pie',
    'australian pies',
    'french food',
    'french crepe',
  ),
  cuisine('vegetarian', 'vegetarian vegeterian vegan veggie vegi'),
  cuisine('vegan', 'vegan'),
  kind('breakfast', 'breakfast omelet omelette bagel oatmeal pancake =eggs =egg =toast buscuit biscuit', 'egg muffin'),
  kind('salads', 'salad ensalada', 'fruit salad'),
  kind('soups', 'soup stew chowder bisque gumbo', 'noodle soup'),
  kind('bowls', '=bowl =bowls', 'rice plate', 'over rice'),
  kind('fries', '=fries poutine', '=french fries', 'asada fries', 'tater tot', 'potato based'),
  kind(
    'desserts',
    `dessert cupcake cake cookie donut doughnut churro flan pudding pie =pies brownie icecream cheesecake
    raspado beignet funnel waffle fudge`,
    'ice cream',
    'ica cream',
    'soft serve',
    'creme brulee',
    'shaved ice',
    'snow cone',
    'frozen yogurt',
    'cup cake',
    'peach cobbler',
    'panna cotta',
    'cinnamon bun',
    'waffle cone',
    'crepes with fruit',
  ),
  kind(
    'ice_cream',
    'icecream gelato raspado',
    'ice cream',
    'ica cream',
    'soft serve',
    'shaved ice',
    'snow cone',
    'frozen yogurt',
    'waffle cone',
  ),
  kind('bakery', 'pastry bread croissant crossaint muffin bagel scone donut doughnut bakery pretzel', 'bakery goods'),
  kind(
    'coffee',
    'coffee coff espresso expresso latte cappuccino cappucino cappuchino',
    'cold brew',
    'vietnamese coffee',
  ),
  kind('tea', 'tea chai matcha boba', 'thai tea', 'green tea', 'milk tea'),
  kind('juice', 'juice wheatgrass lemonade', 'fruit drink'),
  kind('smoothies', 'smoothie acai shake milkshake', 'milk shake'),
  kind('fruit', 'fruit mango watermelon pineapple acai', 'fruit salad', 'crepes with fruit'),
  kind(
    'snacks',
    `snack chip nacho candy candies popcorn pretzel nut peanut cracker crackerjack kettlecorn jerky`,
    'kettle corn',
    'caramel corn',
    'sunflower seed',
    'corn on the cob',
    'granola bar',
    'energy bar',
  ),
  kind(
    'drinks',
    `drink beverage beversagesm refreshment soda sodea coke water juice lemonade gatorade milk mikl tea
    coffee coff espresso expresso latte cappuccino cappucino cappuchino horchata lassi`,
    'agua fresca',
    'aqua fresca',
    'soft drink',
    'energy drink',
    'sports drink',
    'fruit drink',
    'mexican drink',
    'mexican coke',
    'italian soda',
    'coconut water',
    'mango lassi',
    'coconut juice',
    'thai tea',
    'green tea',
    'milk tea',
    'vietnamese coffee',
  ),
];

function kind(slug: string, words: string, ...phrases: string[]): FoodCategory {
  return { slug, isCuisine: false, words: [...words.split(/\s+/).filter(Boolean), ...phrases] };
}

/** A cuisine or a diet. */
function cuisine(...args: Parameters<typeof kind>): FoodCategory {
  return { ...kind(...args), isCuisine: true };
}
