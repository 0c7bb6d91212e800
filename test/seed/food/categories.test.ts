import { describe, expect, it } from 'vitest';
import { stem } from '../../../functions/model/text/stemming.ts';
import { readFood } from '../../../seed/food/food.ts';
import { sanFrancisco } from '../../fixtures/cities.ts';

const read = (text: string) => readFood(text, sanFrancisco);

describe('categories', () => {
  it.each([
    ['tacos', ['mexican']],
    ['Vietnamese sandwiches', ['sandwiches', 'asian', 'vietnamese']],
    ['French fries', ['fries']],
    ['Fried chicken', ['chicken']],
    ['Egg rolls', ['asian']],
    ['Chili dogs', ['hot_dogs']],
    ['Hot chocolate: corn dogs', []],
    ['Vegan tamales', ['mexican', 'vegetarian', 'vegan']],
    ['Mexican coke', ['drinks']],
    ['cappuchino', ['coffee', 'drinks']],
  ])('%s: %j', (text, categories) => {
    expect(read(text).categories).toEqual(categories);
  });

  it.each([
    ['Churros', ['desserts']],
    ['Nachos', ['snacks']],
    ['Italian sausages', ['hot_dogs']],
    ['Mexican Hot Dogs', ['hot_dogs']],
    ['Vegan Hot Dogs', ['hot_dogs', 'vegetarian', 'vegan']],
    ['Vegetarian baked beans', []],
    ['Veggies', []],
    ['Veggie', ['vegetarian']],
    ['Vegetarian burritos', ['mexican', 'vegetarian']],
    ['Tacos with chips', ['mexican', 'snacks']],
    ['Korean chips with salsa', ['snacks']],
    ['Asada fries', ['mexican', 'fries']],
    ['Cup of Noodles', []],
    ['Noodles', ['asian']],
    ['Hot Indian Chai (Tea)', ['tea', 'drinks']],
    ['African Brewed Coffee & Coffee Beans', ['coffee', 'drinks']],
    ['Sides (corn bread, beans, chili)', ['bakery']],
    ['Greens and corn bread', ['southern', 'bakery']],
    ['Crepes with fruit', ['desserts', 'fruit']],
  ])('a side dish or a drink makes no cuisine: %s: %j', (text, categories) => {
    expect(read(text).categories).toEqual(categories);
  });

  it('every word of the table gets its category', () => {
    for (const { slug, words } of sanFrancisco.food.categories) {
      for (const word of words) expect(read(word).categories, word).toContain(slug);
    }
  });
});

it('two words of the category table share a Porter stem', () => {
  // This is why the table has "=" forms.
  expect(stem('greens')).toBe(stem('green'));
});
