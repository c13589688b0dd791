export default {
  title: "Chat",
};
