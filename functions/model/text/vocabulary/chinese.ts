import type { LanguageVocabulary } from './language-vocabulary.ts';
import { withTraditionalForms } from './traditional.ts';

/** In simplified characters, and in traditional ones where Taiwan or Hong Kong uses other words. */
const simplified: LanguageVocabulary = {
  meanings: `
    mexican: 墨西哥菜, 墨西哥
    latin: 拉美菜, 拉丁美洲, 南美菜, 拉美
    peruvian: 秘鲁菜, 秘鲁
    american: 美国菜, 美式
    asian: 亚洲菜, 亚洲
    chinese: 中国菜, 中餐, 中式
    japanese: 日本菜, 日本料理, 日式, 日本
    korean: 韩国菜, 韩国料理, 韩式, 韩国
    vietnamese: 越南菜, 越南
    filipino: 菲律宾菜, 菲律宾
    thai: 泰国菜, 泰国, 泰式
    hawaiian: 夏威夷菜, 夏威夷
    indian: 印度菜, 印度
    mediterranean: 地中海菜, 地中海, 中东菜, 中东
    greek: 希腊菜, 希腊
    african: 非洲菜, 非洲
    caribbean: 加勒比菜, 加勒比
    southern: 美国南方菜, 南方菜
    european: 欧洲菜, 欧洲
    italian: 意大利菜, 意大利, 义大利菜
    french: 法国菜, 法式
    breakfast: 早餐, 早饭, 早点
    dessert: 甜点, 甜品, 甜的, 甜食
    snack: 小吃, 零食
    drink: 饮料, 饮品
    bakery: 面包店, 烘焙, 烘焙食品
    pastry: 糕点, 酥皮点心
    torta: 墨西哥三明治
    vietnamese sandwich: 越南三明治, 越南法包
    seafood: 海鲜
    salad: 沙拉, 色拉
    soup: 汤
    bowl: 盖饭, 碗
    hot dog: 热狗
    corn dog: 玉米热狗
    burger: 汉堡, 汉堡包
    cheeseburger: 芝士汉堡, 起司汉堡
    sandwich: 三明治, 三文治
    french fries: 薯条, 炸薯条
    chips: 薯片
    pizza: 披萨, 比萨
    taco: 塔可, 玉米饼, 塔可饼
    taco, burrito: 墨西哥卷饼
    tostada: 墨西哥脆饼, 炸玉米脆饼
    flauta: 墨西哥脆卷, 炸玉米卷
    nacho: 玉米片, 烤干酪玉米片
    tamale: 玉米粽
    flan: 焦糖布丁, 布丁
    burrito, wrap: 卷饼, 墨西哥卷
    quesadilla: 芝士饼, 墨西哥馅饼
    fried chicken: 炸鸡
    chicken: 鸡肉, 鸡
    chicken wing: 鸡翅
    beef: 牛肉
    steak: 牛排
    pork: 猪肉
    lamb: 羊肉
    meat: 肉, 肉类
    duck: 鸭肉, 烤鸭
    fish: 鱼, 鱼肉
    shrimp: 虾, 虾仁
    crab: 螃蟹, 蟹
    lobster: 龙虾
    oyster: 生蚝, 牡蛎
    squid, calamari: 鱿鱼
    sausage: 香肠
    bacon: 培根
    ham: 火腿
    egg: 鸡蛋, 蛋
    cheese: 奶酪, 芝士, 起司
    milk: 牛奶
    dairy: 乳制品, 奶制品
    bread: 面包
    rice: 米饭, 饭
    rice pudding: 米布丁
    fried rice: 炒饭
    noodle: 面条, 面, 泡面
    chow mein: 炒面
    ramen: 拉面
    pho: 越南河粉, 河粉
    sushi: 寿司
    dumpling: 饺子, 水饺
    bao: 包子
    dim sum: 早茶, 港式点心, 点心
    spring roll: 春卷
    curry: 咖喱, 咖哩
    teriyaki: 照烧
    bbq: 烧烤, 烤肉
    ribs: 排骨
    kebab: 烤串, 羊肉串
    gyro: 希腊卷饼
    shawarma: 沙威玛, 沙瓦玛
    falafel: 法拉费, 炸豆丸子
    corn: 玉米
    potato: 土豆, 马铃薯, 洋芋
    mashed potatoes: 土豆泥
    pasta: 意面, 意大利面, 义大利面
    avocado: 牛油果, 鳄梨
    garlic: 大蒜, 蒜
    tofu: 豆腐
    beans: 豆子
    ice cream: 冰淇淋, 冰激凌, 雪糕
    shaved ice: 刨冰
    donut: 甜甜圈
    bagel: 贝果, 百吉饼
    muffin: 松饼, 马芬, 玛芬
    croissant: 羊角面包, 可颂
    yogurt: 酸奶, 优格
    condiment: 调料, 调味品, 酱料
    sunflower seeds: 瓜子, 葵花籽
    chestnut: 栗子
    chili: 辣豆酱, 墨西哥辣豆
    chocolate: 巧克力
    cake: 蛋糕
    cupcake: 纸杯蛋糕
    cookie: 饼干, 曲奇
    pie: 派
    crepe: 可丽饼
    waffle: 华夫饼
    churro: 吉事果, 西班牙油条
    pretzel: 椒盐卷饼, 椒盐脆饼
    popcorn: 爆米花
    kettle corn: 甜爆米花
    candy: 糖果
    nut: 坚果
    peanut: 花生
    fruit: 水果
    fruit salad: 水果沙拉
    mango: 芒果
    watermelon: 西瓜
    coffee: 咖啡
    espresso: 浓缩咖啡
    latte: 拿铁
    cappuccino: 卡布奇诺
    tea: 茶
    milk tea, boba: 奶茶, 珍珠奶茶
    green tea: 绿茶
    juice: 果汁
    orange juice: 橙汁
    coconut: 椰子
    coconut water: 椰子水
    energy drink: 能量饮料, 功能饮料
    mango lassi: 芒果拉西
    smoothie: 奶昔, 冰沙
    lemonade: 柠檬水
    soda: 汽水, 苏打水, 软饮料
    soda, coke: 可乐
    water: 水, 矿泉水
    hot chocolate: 热巧克力
    beer: 啤酒
    vegetable: 蔬菜
    onion: 洋葱
    tomato: 番茄, 西红柿
    mushroom: 蘑菇
  `,
  diets: `
    vegan: 纯素, 全素, 維根
    vegetarian: 素食, 素菜, 素
    halal: 清真
    kosher: 犹太洁食, 洁食
    gluten free: 无麸质, 无麸, 不含麸质
    dairy free: 无乳制品, 无乳糖, 不含乳糖, 乳糖不耐
    nut free: 无坚果
    egg free: 无蛋
    sugar free: 无糖
  `,
  kinds: '',
  foods: '',
  asides: '有没有, 能不能, 可不可以, 是不是, 好不好, 没关系, 什么都行, 什么都可以',
  fillers:
    '美食 食物 吃的 好吃 好吃的 便宜 便宜的 餐车 快餐车 小摊 摊位 推车 餐厅 餐馆 饭店 地方 最好 最好的 最好吃 最好吃的 美味 美味的 新鲜 新鲜的 午餐 午饭 晚餐 晚饭 今天 今晚 饿 肚子饿 城里 城市 一杯 一份 一个 一碗 杯 份 餐 东西 个 两个 两份 三个 少糖 去冰 夜宵 食品',
  ignored:
    '的 了 在 有 我 你 您 我们 想 想吃 想喝 想要 要 吃 喝 找 哪里 哪儿 哪里有 什么 有什么 吗 呢 吧 啊 请 请问 一些 买 买到 卖 可以 能 会 是 这 这里 那里 都 很 最 也 还 给 推荐 一家 家 谢谢 来 去 到 哪家 哪个 谁 店 点 者 又 现在 请给我 多少钱',
  negations:
    '不要, 不含, 没有, 无, 不吃, 不喝, 不想吃, 不能吃, 除了, 不带, 不放, 别放, 去掉, 对, 我对, 不加, 不想要, 不能有, 不可以有',
  negationsAfter: '过敏',
  connectives: '或, 或者, 还是',
  conjunctions: '和, 与, 跟, 以及, 加',
  nearMe: '附近, 附近的, 离我最近, 离我近, 我附近, 最近的, 身边',
  openNow: '现在营业, 正在营业, 营业中, 现在开门, 现在开着, 正在开门, 营业, 开着的, 还开着, 开门, 还开门',
  whens: '几点, 几点开门, 什么时候',
};

/**
 * Chinese, in simplified and traditional characters. Chinese has no blanks between words: the parser reads the longest of these words at
 * each place of a run of characters.
 */
export const zh: LanguageVocabulary = withTraditionalForms(simplified);
