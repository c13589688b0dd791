import type en from "../en/runs";

const zh: typeof en = {
  title: "运行记录",
};
export default zh;
