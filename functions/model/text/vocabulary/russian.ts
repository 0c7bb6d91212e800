import type { LanguageVocabulary } from './language-vocabulary.ts';

/**
 * Russian. Words are compared without their case endings ({@link vocabularyStem}): one form matches the others, except where the
 * stem itself changes.
 */
export const ru: LanguageVocabulary = {
  meanings: `
    mexican: мексиканский, мексика
    latin: латиноамериканский, латинский
    peruvian: перуанский
    american: американский
    asian: азиатский
    chinese: китайский
    japanese: японский
    korean: корейский
    vietnamese: вьетнамский
    filipino: филиппинский
    thai: тайский
    hawaiian: гавайский
    indian: индийский
    mediterranean: средиземноморский, ближневосточный
    greek: греческий
    african: африканский
    caribbean: карибский
    southern: южный
    european: европейский
    italian: итальянский
    french: французский
    breakfast: завтрак
    dessert: десерт, сладкое
    snack: закуска, закуски, закусок, перекус
    drink: напиток, напитки, напитков
    bakery: выпечка, пекарня
    seafood: морепродукты
    salad: салат
    soup: суп
    hot dog: хот дог, хотдог, хот доги
    burger: бургер, гамбургер
    cheeseburger: чизбургер
    sandwich: сэндвич, сандвич, бутерброд
    french fries: картошка фри, картофель фри, фри
    chips: чипсы
    pizza: пицца
    taco: тако
    burrito: буррито, бурито
    quesadilla: кесадилья, кесадильи
    nacho: начос
    fried chicken: жареная курица, жареной курицы
    chicken: курица, курицы, курицу, куриный, цыпленок
    chicken wing: куриные крылышки, крылышки
    beef: говядина
    steak: стейк
    pork: свинина
    lamb: баранина, ягненок
    meat: мясо
    turkey: индейка
    duck: утка
    fish: рыба
    shrimp: креветка, креветки, креветок
    crab: краб
    lobster: омар, лобстер
    oyster: устрица
    squid, calamari: кальмар
    sausage: сосиска, колбаса, колбаска
    bacon: бекон
    ham: ветчина
    egg: яйцо, яйца, яиц
    cheese: сыр
    milk: молоко
    bread: хлеб
    rice: рис
    fried rice: жареный рис
    noodle: лапша
    pasta: паста, макароны
    ramen: рамен
    pho: фо
    sushi: суши
    dumpling: пельмени, вареники, манты
    pierogi: вареник
    bao: бао
    dim sum: димсам
    spring roll: спринг ролл, блинчики с овощами
    curry: карри
    bbq: барбекю, шашлык на гриле
    ribs: ребра, ребрышки
    kebab: кебаб, шашлык
    gyro: гиро, гирос
    shawarma: шаурма, шаверма
    falafel: фалафель
    corn: кукуруза
    potato: картошка, картофель
    beans: фасоль, бобы
    ice cream: мороженое, мороженого, мороженым
    donut: пончик
    cake: торт
    cupcake: капкейк, кекс
    cookie: печенье
    pie: пирог
    crepe: блин, блины, блинчик, креп
    waffle: вафля, вафли
    churro: чуррос
    pretzel: крендель
    popcorn: попкорн
    candy: конфета, конфеты, сладости
    nut: орех, орехи
    peanut: арахис
    fruit: фрукт, фрукты
    mango: манго
    coffee: кофе
    espresso: эспрессо
    latte: латте
    cappuccino: капучино
    tea: чай
    juice: сок
    smoothie: смузи
    milkshake: молочный коктейль
    lemonade: лимонад
    soda: газировка, кола
    water: вода
    hot chocolate: горячий шоколад
    beer: пиво
    vegetable: овощ, овощи
    onion: лук
    tomato: помидор, томат
    mushroom: гриб, грибы
  `,
  diets: `
    vegan: веганский, веган, веганы
    vegetarian: вегетарианский, вегетарианец
    halal: халяль, халяльный
    kosher: кошерный, кошер
    gluten free: без глютена, безглютеновый
    dairy free: без лактозы, без молока, безлактозный
    nut free: без орехов, без арахиса
    egg free: без яиц
    sugar free: без сахара
  `,
  kinds: '',
  fillers: `
    еда еды еду кухня кухни кухню блюдо блюда фургон фургончик фудтрак фудтраки трак тележка ларек киоск место места ресторан ресторанчик
    кафе уличный лучший хороший вкусный дешевый недорогой свежий
  `,
  ignored:
    'и или с со в во на у из для по где что какой какая какие как можно мне я мы хочу хочется найти купить поесть съесть есть продают',
  negations: 'без, не, кроме, нет',
  connectives: 'или, ни',
  nearMe: 'рядом со мной, рядом, поблизости, недалеко, неподалеку, ближайший, около меня, возле меня',
  openNow: 'открыто сейчас, сейчас открыто, открыт сейчас, открытые сейчас, работает сейчас, сейчас работает, открыто',
};
