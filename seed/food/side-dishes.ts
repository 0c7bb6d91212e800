/**
 * Side dishes, snacks and drinks of the permits of 2013-2024, in the form of a category's words. The last word of a dish decides:
 * "vegetarian baked beans" are beans, a "vegetarian burrito" is a burrito. In four of
 * these files, churros made 7 hot-dog and popcorn carts Mexican, and cups of noodles made 4 caterers Asian (2026-11-26).
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
