import type en from "../en/settings";

const zh: typeof en = {
  title: "设置",
  console: "控制台",
  home: "主文件夹",
  homeHint: "数据、模型、运行结果和数据库都在这里。用 --home 或 TUNEBOARD_HOME 设置。",
  address: "地址",
  version: "版本",
  node: "Node",
  engines: "引擎",
  available: "可用",
  unavailable: "不可用",
  devices: "设备",
  cli: "llamafactory-cli 路径",
  cliHint: "留空则在 PATH 中查找。",
  cliPlaceholder: "来自 PATH",
  save: "保存",
  saved: "已保存。",
  saveFailed: "未能保存。{reason}",
  gpu: "GPU 库",
  gpuHint: "TensorFlow 的 NVIDIA GPU 库，约 500 MB。只有你要求时才会下载。",
  gpuInstall: "安装 GPU 库",
  gpuState: { absent: "未安装", installing: "正在安装…", installed: "已安装", failed: "安装失败" },
  look: "外观",
  unreachable: "无法读取。{reason}",
};
export default zh;
