/** Simple dialogues in Chinese: greetings, the model itself, animals, food, colours, opposites, sums, facts. */
import type { TurnWriter } from "../dialogue";
import {
  ZH_ANIMALS,
  ZH_COLOUR_FACTS,
  ZH_DIGITS,
  ZH_FACTS,
  ZH_FOODS,
  ZH_NAMES,
  ZH_OPPOSITES,
} from "../lexicon/chinese";
import { PERSONA, type Persona } from "../persona";
import { zhTinyStory } from "../pretrain/chinese-texts";
import { thinkThen } from "./reasoning";

const COURTESIES: readonly (readonly [said: readonly string[], reply: string])[] = [
  [["你好", "你好！", "您好", "嗨", "大家好"], "你好！有什么可以帮你？"],
  [["早上好", "早上好！"], "早上好！有什么可以帮你？"],
  [["晚上好", "晚上好！"], "晚上好！有什么可以帮你？"],
  [["晚安", "晚安！", "我要睡觉了。"], "晚安，好好休息！"],
  [["谢谢", "谢谢你！", "非常感谢！", "谢谢你的帮助。"], "不客气！"],
  [["再见", "再见！", "拜拜", "明天见！"], "再见！祝你开心。"],
  [["你好吗？", "你今天好吗？", "最近怎么样？"], "我很好，谢谢！你呢？"],
  [["对不起", "对不起。", "不好意思。"], "没关系！"],
  [["我很开心。", "我今天很开心。", "我很高兴。"], "太好了！我也为你高兴。"],
  [["我很难过。", "我不开心。", "我今天很难过。"], "别难过，我在这里陪你。"],
  [["我累了。", "我很累。"], "那就好好休息一下吧。"],
  [["我饿了。", "我很饿。"], "那就吃点东西吧，比如米饭或者苹果。"],
  [["我渴了。", "我很渴。"], "喝一杯水吧。"],
  [["你真聪明！", "你真棒！", "做得好！"], "谢谢你的夸奖！"],
  [
    ["你会做什么？", "你能做什么？", "你可以做什么？", "你能帮我吗？"],
    "我可以回答简单的问题，讲小故事，做小的计算。",
  ],
  [["你会说中文吗？", "你会说英文吗？"], "会，我会说简单的英文和一点中文。"],
  [["你多大了？", "你几岁了？"], "我还很小，刚刚训练好。"],
  [["你住在哪里？", "你在哪里？"], "我住在你的电脑里。"],
];

/** Questions about the model in Chinese, with answers for any persona. */
export const ZH_IDENTITY_QUESTIONS: readonly (readonly [
  kind: "name" | "who" | "maker",
  questions: readonly string[],
])[] = [
  [
    "name",
    [
      "你叫什么名字？",
      "你的名字是什么？",
      "你叫什么？",
      "请问你叫什么名字？",
      "怎么称呼你？",
      "告诉我你的名字。",
    ],
  ],
  [
    "who",
    [
      "你是谁？",
      "请介绍一下你自己。",
      "介绍一下你自己",
      "你是什么？",
      "你是机器人吗？",
      "你是人吗？",
      "你好，你是谁？",
    ],
  ],
  [
    "maker",
    ["谁创造了你？", "谁开发了你？", "是谁做的你？", "谁训练了你？", "你是哪家公司做的？", "你的作者是谁？"],
  ],
];

/** The answer of a persona to one kind of question. `author` may be an English name. */
export function zhIdentityAnswer(kind: "name" | "who" | "maker", { name, author }: Persona): string {
  if (kind === "name") return `我叫 ${name}。`;
  if (kind === "who") return `我是 ${name}，一个由 ${author} 开发的小语言模型。`;
  return `我是由 ${author} 开发的。`;
}

const ZH_PERSONA: Persona = { name: PERSONA.name, author: "Tuneboard 团队" };

const courtesy: TurnWriter = (random) => {
  const [said, reply] = random.pick(COURTESIES);
  return { user: random.pick(said), assistant: reply };
};

const identity: TurnWriter = (random) => {
  const [kind, questions] = random.pick(ZH_IDENTITY_QUESTIONS);
  return { user: random.pick(questions), assistant: zhIdentityAnswer(kind, ZH_PERSONA) };
};

const introduction: TurnWriter = (random) => {
  const name = random.pick(ZH_NAMES);
  return {
    user: random.pick([`我叫${name}。`, `我的名字是${name}。`, `你好，我是${name}。`]),
    assistant: `你好，${name}！很高兴认识你。`,
  };
};

const animal: TurnWriter = (random) => {
  const [name, , colour, home, food, ability] = random.pick(ZH_ANIMALS);
  const [user, assistant] = random.pick([
    [`${name}是什么颜色的？`, `${name}常常是${colour}的。`],
    [`${name}住在哪里？`, `${name}住在${home}。`],
    [`${name}吃什么？`, `${name}吃${food}。`],
    [`${name}会做什么？`, `${name}会${ability}。`],
    [`${name}会飞吗？`, ability === "飞" ? `会，${name}会飞。` : `不会，${name}会${ability}。`],
    [`介绍一下${name}。`, `${name}住在${home}，吃${food}，会${ability}。`],
    [`说说${name}。`, `${name}住在${home}，吃${food}，会${ability}。`],
  ] as const);
  return { user, assistant };
};

const food: TurnWriter = (random) => {
  const [name, kind, colour, taste] = random.pick(ZH_FOODS);
  const [user, assistant] = random.pick([
    [`${name}是什么颜色的？`, `${name}是${colour}的。`],
    [`${name}是什么味道？`, `${name}的味道是${taste}的。`],
    [`${name}是什么？`, `${name}是一种${kind}。`],
    [`介绍一下${name}。`, `${name}是一种${kind}，是${colour}的，味道${taste}。`],
  ] as const);
  return { user, assistant };
};

const colour: TurnWriter = (random) => {
  const [subject, name] = random.pick(ZH_COLOUR_FACTS);
  return {
    user: random.pick([`${subject}是什么颜色？`, `${subject}是什么颜色的？`]),
    assistant: `${subject}是${name}的。`,
  };
};

const opposite: TurnWriter = (random) => {
  const [word, answer] = random.shuffle(random.pick(ZH_OPPOSITES)) as [string, string];
  const user = random.pick([
    `“${word}”的反义词是什么？`,
    `${word}的反义词是什么？`,
    `和${word}相反的是什么？`,
  ]);
  return { user, assistant: `“${word}”的反义词是“${answer}”。` };
};

const sum: TurnWriter = (random) => {
  const [left, right] = [random.int(0, 10), random.int(0, 10)];
  const user = random.pick([
    `${left} + ${right} 等于几？`,
    `${left}加${right}等于多少？`,
    `${left} 加 ${right} 是多少？`,
  ]);
  return { user, assistant: `${left} + ${right} = ${left + right}` };
};

const counting: TurnWriter = (random) => {
  const last = random.int(3, 10);
  return {
    user: random.pick([`从一数到${ZH_DIGITS[last]}。`, `请数到${ZH_DIGITS[last]}。`]),
    assistant: ZH_DIGITS.slice(1, last + 1).join("、"),
  };
};

const fact: TurnWriter = (random) => {
  const [user, assistant] = random.pick(ZH_FACTS);
  return { user, assistant };
};

const list: TurnWriter = (random) => {
  const [kind, measure, members] = random.pick([
    ["动物", "种", ["猫", "狗", "马", "兔子", "老虎"]],
    ["水果", "种", ["苹果", "香蕉", "橙子", "葡萄", "西瓜"]],
    ["颜色", "种", ["红色", "蓝色", "绿色", "黄色", "白色"]],
    ["蔬菜", "种", ["胡萝卜", "白菜", "土豆", "黄瓜"]],
  ] as const);
  const count = random.int(2, 4);
  const word = count === 2 ? "两" : ZH_DIGITS[count]!;
  const user = random.pick([
    `说出${word}${measure}${kind}。`,
    `请说${word}${measure}${kind}。`,
    `列出${word}${measure}${kind}。`,
  ]);
  return { user, assistant: `${members.slice(0, count).join("、")}。` };
};

const story: TurnWriter = (random) => ({
  user: random.pick(["讲一个故事。", "给我讲个小故事。", "请讲一个短故事。"]),
  assistant: zhTinyStory(random),
});

const thinking: TurnWriter = (random) => {
  const name = random.pick(ZH_NAMES);
  const [had, got] = [random.int(1, 9), random.int(1, 9)];
  const item = random.pick(["苹果", "橙子", "鸡蛋", "球"]);
  return {
    user: `${name}有${had}个${item}，又得到${got}个。现在有几个？`,
    assistant: thinkThen(
      [`${name}先有${had}个。又得到${got}个。${had} + ${got} = ${had + got}。`],
      `${name}现在有${had + got}个${item}。`,
    ),
  };
};

export const chineseWriters: readonly TurnWriter[] = [
  courtesy,
  courtesy,
  courtesy,
  identity,
  identity,
  introduction,
  animal,
  animal,
  food,
  colour,
  opposite,
  sum,
  counting,
  fact,
  fact,
  list,
  story,
  thinking,
];
