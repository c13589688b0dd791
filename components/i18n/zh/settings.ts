import type en from "../en/settings";

const zh: typeof en = {
  title: "设置",
};
export default zh;
