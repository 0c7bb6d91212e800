import type { LanguageVocabulary } from './language-vocabulary.ts';

/**
 * Chinese, in simplified and, where it differs, traditional characters. Chinese has no blanks between words: the parser reads the longest of
 * these words at each place of a run of characters.
 */
export const zh: LanguageVocabulary = {
  meanings: `
    mexican: 墨西哥菜, 墨西哥, 墨西哥餐
    latin: 拉美菜, 拉丁美洲, 南美菜, 拉美
    peruvian: 秘鲁菜, 秘鲁, 秘魯菜
    american: 美国菜, 美式
    asian: 亚洲菜, 亚洲, 亞洲菜
    chinese: 中国菜, 中餐, 中國菜, 中式
    japanese: 日本菜, 日本料理, 日式, 日本
    korean: 韩国菜, 韩国料理, 韩式, 韩国, 韓國菜
    vietnamese: 越南菜, 越南
    filipino: 菲律宾菜, 菲律宾, 菲律賓菜
    thai: 泰国菜, 泰国, 泰式, 泰國菜
    hawaiian: 夏威夷菜, 夏威夷
    indian: 印度菜, 印度
    mediterranean: 地中海菜, 地中海, 中东菜, 中东
    greek: 希腊菜, 希腊
    african: 非洲菜, 非洲
    caribbean: 加勒比菜, 加勒比
    southern: 美国南方菜, 南方菜
    european: 欧洲菜, 欧洲, 歐洲菜
    italian: 意大利菜, 意大利, 义大利菜
    french: 法国菜, 法式, 法國菜
    breakfast: 早餐, 早饭, 早点
    dessert: 甜点, 甜品, 甜點
    snack: 小吃, 零食, 点心
    drink: 饮料, 饮品, 飲料
    bakery: 面包店, 烘焙
    seafood: 海鲜, 海鮮
    salad: 沙拉, 色拉
    soup: 汤, 湯
    bowl: 盖饭, 碗
    hot dog: 热狗, 熱狗
    corn dog: 玉米热狗
    burger: 汉堡, 汉堡包, 漢堡
    cheeseburger: 芝士汉堡, 起司汉堡
    sandwich: 三明治, 三文治
    french fries: 薯条, 炸薯条, 薯條
    chips: 薯片
    pizza: 披萨, 比萨, 披薩
    taco: 塔可, 墨西哥卷饼, 玉米饼, 塔可饼
    burrito, wrap: 卷饼, 捲餅, 墨西哥卷
    quesadilla: 芝士饼, 墨西哥馅饼
    fried chicken: 炸鸡, 炸雞
    chicken: 鸡肉, 鸡, 雞肉
    chicken wing: 鸡翅, 雞翅
    beef: 牛肉
    steak: 牛排
    pork: 猪肉, 豬肉
    lamb: 羊肉
    meat: 肉, 肉类
    duck: 鸭肉, 烤鸭
    fish: 鱼, 鱼肉, 魚
    shrimp: 虾, 虾仁, 蝦
    crab: 螃蟹, 蟹
    lobster: 龙虾, 龍蝦
    oyster: 生蚝, 牡蛎
    squid, calamari: 鱿鱼
    sausage: 香肠
    bacon: 培根
    ham: 火腿
    egg: 鸡蛋, 蛋
    cheese: 奶酪, 芝士, 起司
    milk: 牛奶
    bread: 面包, 麵包
    rice: 米饭, 饭
    fried rice: 炒饭, 炒飯
    noodle: 面条, 面, 麵
    chow mein: 炒面, 炒麵
    ramen: 拉面, 拉麵
    pho: 越南河粉, 河粉
    sushi: 寿司, 壽司
    dumpling: 饺子, 水饺, 餃子
    bao: 包子
    dim sum: 早茶, 港式点心
    spring roll: 春卷, 春捲
    curry: 咖喱, 咖哩
    teriyaki: 照烧
    bbq: 烧烤, 烤肉, 燒烤
    ribs: 排骨
    kebab: 烤串, 羊肉串
    gyro: 希腊卷饼
    shawarma: 沙威玛, 沙瓦玛
    falafel: 法拉费, 炸豆丸子
    corn: 玉米
    potato: 土豆, 马铃薯
    tofu: 豆腐
    beans: 豆子
    ice cream: 冰淇淋, 冰激凌, 雪糕
    shaved ice: 刨冰
    donut: 甜甜圈
    cake: 蛋糕
    cupcake: 纸杯蛋糕
    cookie: 饼干, 曲奇
    pie: 派
    crepe: 可丽饼
    waffle: 华夫饼
    churro: 吉事果, 西班牙油条
    pretzel: 椒盐卷饼
    popcorn: 爆米花
    kettle corn: 甜爆米花
    candy: 糖果
    nut: 坚果
    peanut: 花生
    fruit: 水果
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
    smoothie: 奶昔, 冰沙
    lemonade: 柠檬水
    soda: 汽水, 苏打水
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
    gluten free: 无麸质, 无麸, 不含麸质, 無麩質
    dairy free: 无乳制品, 不含乳制品, 无乳糖
    nut free: 无坚果, 不含坚果
    egg free: 无蛋, 不含鸡蛋
    sugar free: 无糖
  `,
  kinds: '',
  fillers:
    '美食 食物 吃的 好吃 好吃的 便宜 便宜的 餐车 餐車 快餐车 小摊 摊位 推车 餐厅 餐馆 饭店 地方 最好 最好的 美味',
  ignored: '的 了 和 与 或 在 有 我 想 想吃 要 吃 找 哪里 哪儿 哪里有 什么 有什么 吗 呢 请 一些 买 卖',
  negations: '不要, 不含, 没有, 沒有, 无, 不吃, 除了, 不带',
  connectives: '或, 和',
  nearMe: '附近, 附近的, 离我最近, 离我近, 我附近, 最近的, 身边',
  openNow: '现在营业, 正在营业, 营业中, 现在开门, 现在开着, 正在開門, 現在營業',
};
