import type en from "../en/chat";

const zh: typeof en = {
  title: "对话",
};
export default zh;
