import type en from "../en/run";

const zh: typeof en = {
  title: "运行",
};
export default zh;
