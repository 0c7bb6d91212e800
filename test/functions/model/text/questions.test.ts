import { describe, expect, it } from 'vitest';
import { DataWordCollector } from '../../../../functions/model/text/data-words.ts';
import { type Clause, NO_DATA_WORDS } from '../../../../functions/model/text/parsed-query.ts';
import { parserOf } from '../../../../functions/model/text/parser-of-release.ts';
import { parseQuery } from '../../../../functions/model/text/query-parser.ts';
import { tokens } from '../../../../functions/model/text/tokenizer.ts';
import { vocabularyOf } from '../../../../functions/model/text/vocabulary/compiled-vocabulary.ts';
import { streetFoodSynonyms } from '../../../../seed/food/synonyms.ts';

const vocabulary = vocabularyOf(streetFoodSynonyms);
const placeNames = [
  { kind: 'filler', stems: ['harbour', 'town'], meanings: [], alternatives: [], isDataPhrase: false },
] as const;
const data = { shortWords: new Set(['te', 'st', 'go', 'da', 'no']), literalPairs: new Set(['sin citi', 'no limit']) };

/** Words with `_` between them; `*`: also as a prefix; in brackets the first three phrases that mean the same. */
function clauseText({ terms, synonymPhrases, isQuoted, text }: Clause): string {
  if (isQuoted) return `"${text}"`;
  const words = terms.map(({ word, isPrefix }) => (isPrefix ? `${word}*` : word));
  const phrases = synonymPhrases.slice(0, 3).map((stems) => stems.join('_'));
  if (synonymPhrases.length > 3) phrases.push('…');
  return words.join('_') + (phrases.length > 0 ? `(${phrases.join('|')})` : '');
}

/** `+` required, `!` protected, `?` optional, `-` excluded; NEAR and OPEN are intents; NOTHING: it has no words. */
function read(question: string, { strict = false, exclude = [] as string[] } = {}): string {
  const { required, optional, excluded, nearMe, openNow, isUnsearchable } = parseQuery(question, {
    vocabulary,
    strict,
    exclude,
    data,
    placeNames,
  });
  return [
    ...required.map((clause) => (clause.isProtected ? '!' : '+') + clauseText(clause)),
    ...optional.map((clause) => `?${clauseText(clause)}`),
    ...excluded.map((clause) => `-${clauseText(clause)}`),
    ...(nearMe ? ['NEAR'] : []),
    ...(openNow ? ['OPEN'] : []),
    ...(isUnsearchable ? ['NOTHING'] : []),
  ].join(' ');
}

// Over 250 lines because this table is the specification of the parser, which is read as a whole.
const TABLE: Readonly<Record<string, readonly (readonly [question: string, read: string])[]>> = {
  English: [
    ['tacos', '+tacos*'],
    ['TACOS!', '+tacos*'],
    ['fish tacos', '+fish +tacos*'],
    ['tacos and burritos', '+tacos +burritos*'],
    ['taco truck', '+taco ?truck'],
    ['best tacos', '+tacos* ?best'],
    ['best cheap tacos in the city', '+tacos ?best ?cheap'],
    ['where can i get good cheap fish tacos', '+fish +tacos* ?good ?cheap'],
    ['i want to eat something spicy', '+spicy* ?eat'],
    ['what is there to eat', '?eat'],
    ['food', '?food'],
    ['food trucks', '?food ?trucks'],
    ['street food', '?street(st) ?food'],
    ['good food near me', '?good ?food NEAR'],
    ['food trucks near me', '?food ?trucks NEAR'],
    ['tacos near me', '+tacos NEAR'],
    ['nearby coffee', '+coffee*(coff) NEAR'],
    ['closest ice cream', '+ice_cream(icecream|ica_cream) NEAR'],
    ['coffee nearby please', '+coffee(coff) NEAR'],
    ['tacos open now', '+tacos OPEN'],
    ['open now', 'OPEN'],
    ["what's open now", 'OPEN'],
    ['pizza open right now near me', '+pizza NEAR OPEN'],
    ['ice cream truck', '+ice_cream(icecream|ica_cream) ?truck'],
    ['the ice cream guy', '+ice_cream(icecream|ica_cream) +guy*'],
    ['hot dogs', '+hot_dogs(hotdog|frankfurt)'],
    ['hot dog', '+hot_dog(hotdog|frankfurt)'],
    ['hot-dog', '+hot_dog(hotdog|frankfurt)'],
    ['hotdog', '+hotdog*(hot_dog|frankfurt)'],
    ['corn dogs', '+corn_dogs(corndog)'],
    ['grilled cheese', '+grilled_cheese'],
    ['mac and cheese', '+mac_and_cheese(mac_chees|mac_n_chees|macaroni_and_chees)'],
    ['mac & cheese', '+mac_cheese(mac_and_chees|mac_n_chees|macaroni_and_chees)'],
    ['macaroni and cheese', '+macaroni_and_cheese(mac_and_chees|mac_chees|mac_n_chees)'],
    ['kettle corn', '+kettle_corn(kettlecorn)'],
    ['shaved ice', '+shaved_ice(snow_cone|raspado)'],
    ['banh mi', '+banh_mi(bahn_mi|vietnames_sandwich)'],
    ['bahn mi', '+bahn_mi(banh_mi|vietnames_sandwich)'],
    ['vietnamese sandwich', '+vietnamese_sandwich(banh_mi|bahn_mi)'],
    ['cheese steak', '+cheese_steak(cheesesteak)'],
    ['cheesesteak', '+cheesesteak*(chees_steak)'],
    ['7up', '+7up*(7_up|seven_up)'],
    ['7-up', '+7_up(7up|seven_up)'],
    ['coca-cola', '+coca_cola(soda|soft_drink|soda_pop|…)'],
    ['coca cola', '+coca_cola(soda|soft_drink|soda_pop|…)'],
    ['half-n-half', '+half_n_half*(halfnhalf)'],
    ['B.B.Q', '+bbq*(barbecu|barbequ)'],
    ['B.B.Q.', '+bbq*(barbecu|barbequ)'],
    ['bbq ribs', '+bbq(barbecu|barbequ) +ribs*'],
    ['barbecue', '+barbecue*(bbq|barbequ)'],
    ['bar-b-que', '+bar_b_que(bbq|barbecu|barbequ|…)'],
    ['b.l.t. sandwich', '+blt +sandwich*'],
    ['blt', '+blt*'],
    ['PB&J', '+pbj*'],
    ['AT&T park hot dog', '+att +park +hot_dog(hotdog|frankfurt)'],
    ["M&M's", '+mms*'],
    ['no pork', '-(pork|bacon|ham|…)'],
    ['no pork or beef', '-(pork|bacon|ham|…) -(beef|steak|brisket|…)'],
    ['not spicy', '-(spici)'],
    ['tacos without meat', '+tacos -(meat|beef|pork|…)'],
    ['tacos with meat', '+tacos +meat*'],
    ['tacos without any meat', '+tacos -(meat|beef|pork|…)'],
    ['without onions', '-(onion)'],
    ['everything except hot dogs', '+everything -(hot_dog|hotdog|frankfurt)'],
    ['burgers minus bacon', '+burgers(hamburg) -(bacon)'],
    ['-burritos tacos', '+tacos* -(burrito)'],
    ['tacos -burritos', '+tacos -(burrito)'],
    ['-"hot dogs" sausages', '+sausages* -(hot_dog|hotdog|frankfurt)'],
    ['"fish tacos"', '+"fish tacos"'],
    ['"tacos"', '+"tacos"'],
    ['“ice cream”', '+"ice cream"'],
    ['-pork -beef', '-(pork|bacon|ham|…) -(beef|steak|brisket|…)'],
    ['vegan', '!vegan(plant_base|plantbas)'],
    ['vegan food', '!vegan(plant_base|plantbas) ?food'],
    ['vegan tacos', '!vegan(plant_base|plantbas) +tacos*'],
    ['vegetarian burgers', '!vegetarian(veggi|vegi|vegeterian|…) +burgers*(hamburg)'],
    ['veggie burger', '+veggie(vegetarian|vegi|vegeterian) +burger*(hamburg)'],
    ['plant based', '!(plant_base|vegan|plantbas)'],
    ['halal', '!halal(hallal)'],
    ['halal chicken', '!halal(hallal) +chicken*(chiken|pollo)'],
    ['halal chicken over rice near me', '!halal(hallal) +chicken(chiken|pollo) +over +rice(arroz) NEAR'],
    ['kosher hot dogs', '!kosher +hot_dogs(hotdog|frankfurt)'],
    ['gluten free', '!(gluten_free|glutenfre|celiac|…)'],
    ['gluten-free pizza', '!(gluten_free|glutenfre|celiac|…) +pizza*'],
    ['no gluten', '!(no_gluten|gluten_free|glutenfre|…)'],
    ['without gluten', '!(without_gluten|gluten_free|glutenfre|…)'],
    ['dairy free ice cream', '!(dairi_free|dairyfre|non_dairi|…) +ice_cream(icecream|ica_cream)'],
    ['lactose free', '!(lactos_free|dairi_free|dairyfre|…)'],
    ['nut free cookies', '!(nut_free|nutfre|peanut_free|…) +cookies*'],
    ['sugar free lemonade', '!(sugar_free|sugarfre|no_sugar|…) +lemonade*'],
    ['no vegan', '-(vegan|plant_base|plantbas)'],
    ['16 st', '+16(16th) ?st(street)'],
    ['16th st', '+16th ?st(street)'],
    ['16 street tacos', '+16(16th) +tacos* ?street(st)'],
    ['22 ave', '+22(22nd) ?ave(avenu)'],
    ['mission st', '+mission ?st(street)'],
    ['market street', '+market ?street(st)'],
    ['tacos on mission street', '+tacos +mission ?street(st)'],
    ['50 1st st', '+1st ?50 ?st(street)'],
    ['3rd st coffee', '+3rd +coffee*(coff) ?st(street)'],
    ['tacos 24th st', '+tacos +24th ?st(street)'],
    ['crème brûlée', '+creme +brulee*'],
    ['jalapeño poppers', '+jalapeno(jalepeno) +poppers*'],
    ['café', '+cafe*(coffe|coff)'],
    ['bœuf', '+boeuf*'],
    ['Weißwurst', '+weisswurst*'],
    ['łazanki', '+lazanki*'],
    ['smørrebrød', '+smorrebrod*'],
    ['đa', '+da*'],
    ['coffee & donuts', '+coffee(coff) +donuts*(doughnut)'],
    ['soup/salad', '+soup +salad*(ensalada)'],
    ['tacos, burritos, quesadillas', '+tacos +burritos +quesadillas*(quesedilla)'],
    ['a', '+a*'],
    ['b', '+b*'],
    ['te', '+te*(tea)'],
    ['x tacos', '+tacos* ?x'],
    ['to go', '+go*'],
    ['fish n chips', '+fish +chips*'],
    ['fish & chips', '+fish +chips*'],
    ['latin american food', '+latin_american(latin) ?food'],
    ['south american', '+south_american(latin)'],
    ['middle eastern food', '+middle_eastern(mid_eastern) ?food'],
    ['peruvian chicken', '+peruvian(perubian|peruano|pervano) +chicken*(chiken|pollo)'],
    ['mexican breakfast', '+mexican +breakfast*'],
    ['breakfast burritos', '+breakfast +burritos*'],
    ['iced tea', '+iced_tea'],
    ['thai iced tea', '+thai +iced_tea'],
    ['smoothies', '+smoothies*'],
    ['shwarma', '+shwarma*(shawarma)'],
    ['doner kebab', '+doner(gyro|giro) +kebab*(kabob|kebob|shish_ka_bob|…)'],
    ['prawns', '+prawns*(shrimp|shirmp|camaron)'],
    ['soda pop', '+soda_pop(soda|soft_drink|sodea)'],
    ['sea food', '+sea_food(seafood)'],
    ['brunch', '+brunch*(breakfast)'],
    ['!!', 'NOTHING'],
    ['?', 'NOTHING'],
    ['...', 'NOTHING'],
    ['no', '+no*'],
    ['not', '+not*'],
    ['with', '+with*'],
    ['or', '+or*'],
    ['tacos no', '+tacos'],
    ['tacos without', '+tacos'],
    [
      'a b c d e f fish tacos burritos chicken beef pork rice beans cheese',
      '+fish +tacos +burritos +chicken(chiken|pollo) +beef +pork +rice(arroz) +beans ?b ?c ?d ?e ?f ?cheese*',
    ],
    [
      'chicken beef pork rice beans cheese fries soup salad',
      '+chicken(chiken|pollo) +beef +pork +rice(arroz) +beans +cheese +fries(french_fries) +soup ?salad*(ensalada)',
    ],
    [
      'halal chicken beef pork rice beans cheese fries soup salad',
      '!halal(hallal) +chicken(chiken|pollo) +beef +pork +rice(arroz) +beans +cheese +fries(french_fries) ?soup ?salad*(ensalada)',
    ],
    ['sandwhich', '+sandwhich*'],
    ['tac', '+tac*'],
    ['burr', '+burr*'],
    ['hot d', '+hot +d*'],
    ['ice cre', '+ice +cre*'],
  ],
  Spanish: [
    ['perritos calientes', '+perritos_calientes(hot_dog|hotdog|frankfurt)'],
    ['perros calientes cerca de mi', '+perros_calientes(hot_dog|hotdog|frankfurt) NEAR'],
    ['tacos de pescado', '+tacos +pescado*(fish)'],
    ['tacos sin cebolla', '+tacos -(cebolla|onion)'],
    ['sin cerdo', '-(cerdo|pork|bacon|…)'],
    ['sin gluten', '!(sin_gluten|gluten_free|libr_de_gluten|…)'],
    ['sin carne', '-(carn|meat|beef|…)'],
    ['comida mexicana', '+mexicana*(mexican) ?comida'],
    ['comida china barata', '+china(chines) ?comida ?barata'],
    ['hamburguesas', '+hamburguesas*(burger|hamburg)'],
    ['hamburguesa con queso', '+hamburguesa_con_queso(cheeseburg|chees_burger)'],
    ['donde hay helados', '+helados*(ic_cream|icecream|ica_cream)'],
    ['quiero comer tacos', '+tacos* ?comer'],
    ['quiero un café con leche', '+cafe(coffe|coff) +leche*(milk|mikl)'],
    ['helado abierto ahora', '+helado(ic_cream|icecream|ica_cream) OPEN'],
    ['pollo frito', '+pollo_frito(fri_chicken)'],
    ['papas fritas', '+papas_fritas(french_fries|fries)'],
    ['comida vegana', '!vegana(vegan|vegano) ?comida'],
    ['vegetariano', '!vegetariano(vegetarian|veggi|vegi|…)'],
    ['jugo de naranja', '+jugo_de_naranja(orang_juic)'],
    ['agua fresca', '+agua_fresca(aqua_fresca)'],
    ['aguas frescas', '+aguas_frescas(aqua_fresca)'],
    ['camiones de comida cerca de mí', '?camiones ?comida NEAR'],
    ['mariscos frescos', '+mariscos(seafood) ?frescos'],
    ['pan dulce', '+pan_dulce(bakeri)'],
    ['desayuno', '+desayuno*(breakfast)'],
    ['el mejor burrito', '+burrito* ?mejor'],
    ['no cerdo ni res', '-(cerdo|pork|bacon|…) -(re|beef|steak|…)'],
  ],
  Chinese: [
    ['热狗', '+热狗(hot_dog|hotdog|frankfurt)'],
    ['熱狗', '+熱狗(hot_dog|hotdog|frankfurt)'],
    ['墨西哥菜', '+墨西_西哥_哥菜(mexican)'],
    ['附近的墨西哥菜', '+墨西_西哥_哥菜(mexican) NEAR'],
    ['不要猪肉', '-(猪肉|pork|bacon|…)'],
    ['没有牛肉的卷饼', '+卷饼(burrito|wrap) -(牛肉|beef|steak|…)'],
    ['鸡肉卷饼', '+鸡肉(chicken|chiken|pollo) +卷饼(burrito|wrap)'],
    ['牛肉面', '+牛肉(beef) +面(noodl)'],
    ['我想吃冰淇淋', '+冰淇_淇淋(ic_cream|icecream|ica_cream)'],
    ['附近的素食餐厅', '!素食(vegetarian|veggi|vegi|…) ?餐厅 NEAR'],
    ['清真鸡肉', '!清真(halal|清真) +鸡肉(chicken|chiken|pollo)'],
    ['咖啡', '+咖啡(coffe|coff)'],
    ['奶茶', '+奶茶(milk_tea|boba)'],
    ['好吃的三明治', '+三明_明治(sandwich) ?好吃_吃的'],
    ['现在营业的餐车', '?餐车 OPEN'],
    ['无麸质', '!(无麸_麸质|gluten_free|无麸_麸质|…)'],
    ['海鲜汤', '+海鲜(seafood) +汤(soup)'],
    ['烤鸭', '+烤鸭(duck)'],
    ['便宜的披萨', '+披萨(pizza) ?便宜_宜的'],
    ['早餐', '+早餐(breakfast)'],
    ['炒饭和春卷', '+炒饭(fri_rice) +春卷(spring_roll)'],
    ['不含坚果', '-(坚果|nut|peanut|…)'],
    ['哪里有汉堡', '+汉堡(burger|hamburg)'],
    ['纯素 tacos', '!纯素(vegan|纯素|全素|…) +tacos*'],
    ['tacos 附近', '+tacos NEAR'],
  ],
  Russian: [
    ['мороженое', '+мороженое*(ic_cream|icecream|ica_cream)'],
    ['мороженого', '+мороженого*(ic_cream|icecream|ica_cream)'],
    ['кофе', '+кофе*(coffe|coff)'],
    ['кофе рядом', '+кофе(coffe|coff) NEAR'],
    ['хот-дог', '+хот_дог*(hot_dog|hotdog|frankfurt|…)'],
    ['хот доги', '+хот_доги*(hot_dog|hotdog|frankfurt)'],
    ['шаурма', '+шаурма*(shawarma)'],
    ['шаверма поблизости', '+шаверма(shawarma) NEAR'],
    ['без мяса', '-(мяса|meat|beef|…)'],
    ['без свинины', '-(свинины|pork|bacon|…)'],
    ['тако без лука', '+тако(taco) -(лука|onion)'],
    ['веганская еда', '!веганская(vegan|веганскии|веган|…) ?еда'],
    ['вегетарианские бургеры', '!вегетарианские(vegetarian|veggi|vegi|…) +бургеры*(burger|hamburg)'],
    ['халяльная курица', '!халяльная(halal|халяль|халяльныи) +курица*(chicken|chiken|pollo)'],
    ['без глютена', '!(без_глютена|gluten_free|без_глютена|…)'],
    ['мексиканская кухня', '+мексиканская(mexican) ?кухня'],
    ['где поесть суши', '+суши*(sushi)'],
    ['хочу пиццу', '+пиццу*(pizza)'],
    ['жареная курица', '+жареная_курица*(fri_chicken)'],
    ['лучший бургер', '+бургер*(burger|hamburg) ?лучшии'],
    ['рыба и картошка фри', '+рыба(fish) +картошка_фри*(french_fries|fries)'],
    ['завтрак рядом со мной', '+завтрак(breakfast) NEAR'],
    ['открыто сейчас', 'OPEN'],
    ['кофе открыто сейчас', '+кофе(coffe|coff) OPEN'],
    ['свежий сок', '+сок*(juic) ?свежии'],
    ['молочный коктейль', '+молочныи_коктеиль*(milkshak|milk_shake|shake)'],
    ['блины', '+блины*(crepe)'],
    ['пельмени', '+пельмени*(dumpl)'],
    ['не острый', '-(острыи)'],
    ['чай или кофе', '+чаи(tea|te|кофе|…)'],
  ],
  'Either of several': [
    ['tacos or burritos', '+tacos(burrito)'],
    ['either tacos or burritos', '+tacos(burrito)'],
    ['burritos, tacos or quesadillas', '+burritos(taco|quesadilla|quesedilla)'],
    ['a smoothie or a juice', '+smoothie(juic)'],
    ['vegan or vegetarian', '!vegan(plant_base|plantbas|vegetarian|…)'],
    ['hot dogs or tacos', '+hot_dogs(hotdog|frankfurt|taco)'],
    ['chicken and/or rice', '+chicken(chiken|pollo|rice|…)'],
    ['"fish tacos" or burritos', '+"fish tacos" +burritos*'],
    ['tacos, burritos and rice', '+tacos +burritos +rice*(arroz)'],
    ['咖啡还是茶', '+咖啡(coffe|coff|茶|…)'],
    ['果汁或冰沙', '+果汁(juic|冰沙|smoothi)'],
    ['tacos o burritos', '+tacos(burrito)'],
  ],
  'Exclusions as people say them': [
    ['tacos but no pork', '+tacos -(pork|bacon|ham|…)'],
    ["i don't eat meat", '-(meat|beef|pork|…)'],
    ["we can't have nuts", '-(nut|peanut|chestnut|…)'],
    ["a place that doesn't sell pretzels", '?place -(pretzel)'],
    ['neither beef nor pork', '-(beef|steak|brisket|…) -(pork|bacon|ham|…)'],
    ['nothing fried', '-(fri)'],
    ['no onions, beans or cheese', '-(onion) -(bean) -(chees)'],
    ['no onions, tacos', '+tacos* -(onion)'],
    ['no pork and no beef', '-(pork|bacon|ham|…) -(beef|steak|brisket|…)'],
    ['without onions and cheese', '-(onion) -(chees)'],
    ['allergic to shellfish', '-(shellfish|shrimp|shirmp|…)'],
    ['shellfish allergy', '-(shellfish|shrimp|shirmp|…)'],
    ['peanut allergy', '!(peanut_allergi|nut_free|nutfre|…)'],
    ['pork free burritos', '+burritos* -(pork|bacon|ham|…)'],
    ['pork-free burritos', '+burritos* -(pork|bacon|ham|…)'],
    ['free coffee', '+free +coffee*(coff)'],
    ['instead of fries', '-(fries|french_fries)'],
    ['tacos w/o cheese', '+tacos -(chees)'],
    ["can't find tacos", '+tacos*'],
    ['why not tacos', '+tacos*'],
    ['nothing but tacos', '+tacos*'],
    ['not too far', 'NEAR'],
    ['no food', '-(food)'],
    ['no near me', 'NEAR'],
    ['sin cebolla ni queso', '-(cebolla|onion) -(queso|chees)'],
    ['no quiero carne', '-(carn|meat|beef|…)'],
    ['alergia a las nueces', '-(nuec|nut|peanut|…)'],
    ['不要猪肉和牛肉', '-(猪肉|pork|bacon|…) -(牛肉|beef|steak|…)'],
    ['不吃猪肉、牛肉', '-(猪肉|pork|bacon|…) -(牛肉|beef|steak|…)'],
    ['花生过敏', '-(花生|peanut)'],
    ['我对坚果过敏', '-(坚果|nut|peanut|…)'],
    ['有没有素食', '!素食(vegetarian|veggi|vegi|…)'],
    ['不要 pork', '-(pork|bacon|ham|…)'],
    ['no 猪肉', '-(猪肉|pork|bacon|…)'],
    ['ни мяса, ни рыбы', '-(мяса|meat|beef|…) -(рыбы|fish|salmon|…)'],
    ['у меня аллергия на орехи', '-(орехи|nut|peanut|…)'],
    ['я не ем мясо', '-(мясо|meat|beef|…)'],
  ],
  'Open, and when': [
    ['is anything open', 'OPEN'],
    ['tacos that are open', '+tacos OPEN'],
    ['when does philz open', '+philz'],
    ['what time do tacos open', '+tacos'],
    ['opening hours of philz', '+philz*'],
    ['tacos open late', '+tacos'],
    ['whats open near me right now', 'NEAR OPEN'],
    ['qué está abierto', 'OPEN'],
    ['a qué hora abre', '?abre'],
    ['现在还开门吗', 'OPEN'],
    ['几点开门', ''],
    ['во сколько открывается', ''],
    ['работает ли сейчас', 'OPEN'],
  ],
  'Amounts and prices': [
    ['2 tacos and a coke', '+tacos +coke*'],
    ['$5 burger', '+burger*(hamburg)'],
    ['lunch under 10 dollars', '?lunch ?under ?dollars'],
    ['top 10 food trucks', '?top ?food ?trucks'],
    ['617 bryant', '+617 +bryant*'],
    ['7 up', '+7_up(7up|seven_up)'],
    ['two slices of pizza', '+pizza* ?two ?slices'],
  ],
  Chat: [
    ['can u recommend a good taco spot pls', '+taco ?recommend ?good ?spot'],
    ["i'd like to know who sells churros", '+churros*'],
    ['a cup of tea', '+tea*(te) ?cup'],
    ['i am hungry', '?hungry'],
    ['surprise me', ''],
    ['something sweet', '+something_sweet(dessert)'],
    ['tengo hambre', '?hambre'],
    ['me gustaría un helado', '+helado*(ic_cream|icecream|ica_cream)'],
    ['我饿了', '?饿'],
    ['请问哪里有披萨', '+披萨(pizza)'],
    ['хочется чего-нибудь сладкого', '+сладкого*(dessert)'],
    ['посоветуйте хороший кофе', '+кофе*(coffe|coff) ?хорошии'],
  ],
  Places: [
    ['tacos in harbour town', '+tacos ?harbour_town'],
    ['harbour town', '?harbour_town'],
    ['coffee close to market st', '+coffee(coff) +market ?st(street)'],
    ['corner of 3rd and townsend', '+3rd +townsend*'],
    ['valencia street', '+valencia ?street(st)'],
    ['sunset blvd', '+sunset ?blvd(boulevard)'],
    ['van ness avenue', '+van +ness ?avenue(av)'],
    ['tacos en la esquina de la calle folsom', '+tacos +folsom* ?esquina ?calle'],
    ['тако на улице folsom', '+тако(taco) +folsom* ?улице'],
  ],
  'Odd writing': [
    ['hot, dog', '+hot +dog*'],
    ['hot;dog', '+hot +dog*'],
    ['ta\u00adcos', '+tacos*'],
    ['tacos please', '+tacos'],
    ['"tacos" please', '+"tacos"'],
    ['please', '+please*'],
    ['🌮', '+taco'],
    ['🌮🍺', '+taco +beer'],
    ['tacos tacos', '+tacos'],
    ['hot dog fish hot dog', '+hot_dog(hotdog|frankfurt) +fish'],
  ],
};

describe.each(Object.entries(TABLE))('%s: a question', (_language, rows) => {
  it.each(rows)('%s', (question, expected) => {
    expect(read(question)).toBe(expected);
  });
});

describe('the words of a release', () => {
  const collected = (...names: string[]) => {
    const collector = new DataWordCollector(vocabulary);
    for (const name of names) collector.addName(tokens(name));
    return collector.result().literalPairs;
  };

  it('have the pairs of names that begin like an intent or a negation', () => {
    expect(collected('Sin City Tacos', 'No Limit', 'Near Me Noodles')).toEqual(['me noodl', 'no limit', 'sin citi']);
  });

  it('have no pairs of names that begin like any other entry', () => {
    expect(collected('Peruchi Food Truck', 'The Chai Cart', 'Best Tacos or Burritos', 'Hold On')).toEqual([]);
  });
});

describe('a question', () => {
  it('is as large a table as was promised', () => {
    expect(Object.values(TABLE).flat().length).toBeGreaterThanOrEqual(150);
  });

  it('says literally what a vendor is called, whatever the words would mean', () => {
    expect(read('sin city')).toBe('+sin +city*');
    expect(read('no limit tacos')).toBe('+no +limit +tacos*');
    expect(read('sin limit')).toBe('-(limit)');
  });

  it('is taken word by word when it is strict, but for exclusions and diets', () => {
    expect(read('best food trucks near me', { strict: true })).toBe('+best +food +trucks +near_me*');
    expect(read('vegan tacos no pork', { strict: true })).toMatch(/^!vegan\S* \+tacos -\(pork/);
  });

  it('has phrases whose words count only next to each other, and words that have no typos', () => {
    const flags = (question: string) =>
      parseQuery(question, { vocabulary, strict: false, exclude: [], data, placeNames }).required.map(
        ({ text, isPhrase, isKnown }) => `${text}${isPhrase ? ' together' : ''}${isKnown ? ' known' : ''}`,
      );
    expect(flags('hot dogs')).toEqual(['hot dogs together known']);
    expect(flags('hot, dogs')).toEqual(['hot known', 'dogs known']);
    expect(flags('tuna caesar soul tacoz')).toEqual(['tuna known', 'caesar known', 'soul known', 'tacoz']);
    expect(flags('coca-cola хот-доги')).toEqual(['coca-cola together known', 'хот-доги known']);
  });

  it('takes the names of its city for optional words, in any script', () => {
    const city = { name: 'Oasis', synonyms: [['Oasis', 'Big Well', '绿洲城']] };
    const parse = parserOf({ city, words: NO_DATA_WORDS });
    const optional = (text: string) => parse({ text, strict: false, exclude: [] }).optional.map((one) => one.text);
    expect(optional('tacos in oasis')).toEqual(['oasis']);
    expect(optional('big well tacos')).toEqual(['big well']);
    expect(optional('绿洲城美食')).toEqual(['绿洲城', '美食']);
    const strict = parse({ text: 'tacos in oasis', strict: true, exclude: [] });
    expect(strict.required.map((one) => one.text)).toEqual(['tacos', 'in', 'oasis']);
    const another = parserOf({ city: { ...city, name: 'Elsewhere' }, words: NO_DATA_WORDS });
    expect(another({ text: 'tacos in oasis', strict: false, exclude: [] }).required).toHaveLength(2);
  });

  it('is joined by what the parameter `exclude` names', () => {
    expect(read('tacos', { exclude: ['pork', 'hot dogs', 'fish sauce'] })).toMatch(
      /^\+tacos\* -\(pork\S+ -\(hot_dog\S+ -"fish sauce"$/,
    );
  });

  it('says what each of its parts was taken for, in order', () => {
    const parsed = parseQuery('best vegan tacos without onions near me', {
      vocabulary,
      strict: false,
      exclude: [],
      data,
      placeNames,
    });
    expect(parsed.understood.map(({ text, as }) => `${text}: ${as}`)).toEqual([
      'best: optional',
      'vegan: diet',
      'tacos: word',
      'without onions: excluded',
      'near me: near_me',
    ]);
  });

  it('of more than eight required words keeps the first eight and every diet', () => {
    const parsed = parseQuery('chicken beef pork rice beans cheese fries soup salad halal', {
      vocabulary,
      strict: false,
      exclude: [],
      data,
      placeNames,
    });
    expect(parsed.required.map(({ text }) => text)).toEqual([
      'chicken',
      'beef',
      'pork',
      'rice',
      'beans',
      'cheese',
      'fries',
      'halal',
    ]);
    expect(parsed.surplus).toEqual(['soup', 'salad']);
  });
});
