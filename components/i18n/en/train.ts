export default {
  title: "New run",
};
