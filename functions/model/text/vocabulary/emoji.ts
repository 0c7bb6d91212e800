/** Pictures of food, and the data's words for them. */
const PICTURES = `
  🌮 taco, 🌯 burrito, 🫔 tamale, 🌭 hot dog, 🍔 burger, 🍟 fries, 🍕 pizza, 🥪 sandwich, 🥙 gyro, 🧆 falafel, 🥗 salad, 🍝 pasta, 🍜 noodles,
  🍣 sushi, 🍱 bento, 🥟 dumpling, 🍛 curry, 🍚 rice, 🍲 soup, 🍳 eggs, 🥞 pancake, 🧇 waffle, 🥯 bagel, 🥨 pretzel, 🥐 croissant, 🍞 bread,
  🍗 chicken, 🍖 meat, 🥩 steak, 🥓 bacon, 🐟 fish, 🍤 shrimp, 🦐 shrimp, 🦞 lobster, 🦀 crab, 🦪 oyster, 🐙 octopus, 🧀 cheese, 🥚 egg, 🥜 nuts,
  🌽 corn, 🥔 potato, 🥑 avocado, 🌶 spicy, 🧅 onion, 🧄 garlic, 🍦 ice cream, 🍨 ice cream, 🍧 shaved ice, 🍩 donut, 🍪 cookie, 🎂 cake, 🍰 cake,
  🧁 cupcake, 🥧 pie, 🍮 flan, 🍫 chocolate, 🍬 candy, 🍭 candy, 🍿 popcorn, 🍉 watermelon, 🥭 mango, 🍓 strawberry, 🥥 coconut, ☕ coffee, 🍵 tea,
  🧋 boba, 🥤 soda, 🧃 juice, 🥛 milk, 💧 water, 🍺 beer, 🍷 wine, 🌱 vegan
`;

const WORDS: ReadonlyMap<string, string> = new Map(
  PICTURES.trim()
    .split(/,\s+/)
    .map((one) => [one.slice(0, one.indexOf(' ')), one.slice(one.indexOf(' ') + 1)] as const),
);

/** Not the digits, which are emoji too; with the mark that asks for a picture. */
const PICTURE = /\p{Extended_Pictographic}\ufe0f?/gu;

/** A question with words for its pictures of food. */
export function withoutEmoji(question: string): string {
  return question.replace(PICTURE, (picture) => {
    const word = WORDS.get(picture.replace('\ufe0f', ''));
    return word === undefined ? picture : ` ${word} `;
  });
}
