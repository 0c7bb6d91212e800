/**
 * Side dishes, snacks and drinks in the permits of 2013–2024, written as the words of a category are. The last word of a dish decides:
 * "vegetarian baked beans" are beans, and a "vegetarian burrito" is a burrito. Without this list, churros made 7 carts of hot dogs and
 * popcorn Mexican in four of these files, and cups of noodles made 4 caterers Asian (2026-11-26).
 */
export const streetFoodSides: readonly string[] = [
  ...`bean chip snack coleslaw slaw dip salsa sauce candy cookie popcorn churro nacho =fries =sides =side =veggies
  drink beverage refreshment soda coke water juice coffee espresso latte cappuccino tea chai lassi horchata lemonade`.split(
    /\s+/,
  ),
  'agua fresca',
  'aqua fresca',
  'corn bread',
  'cup of noodle',
  'hot chocolate',
  'potato salad',
];
