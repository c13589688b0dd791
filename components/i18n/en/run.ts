export default {
  title: "Run",
};
