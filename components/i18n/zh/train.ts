import type en from "../en/train";

const zh: typeof en = {
  title: "新建训练",
};
export default zh;
