import type en from "../en/train-fields";

const zh: typeof en = {
  template: {
    label: "对话模板",
    explain: "对话写成一段文本时，说话人之间用什么标记。已经会对话的模型，要用它认识的标记来训练。",
  },
  adapter_name_or_path: {
    label: "训练起点",
    explain: "接着训练以前某次运行的适配器，而不是在原始模型上重新开始。",
  },
  val_size: {
    label: "留作验证",
    explain: "这些数据不参与训练，用它们的损失判断模型是学会了还是背下来了。可填比例（如 5 %）或条数。",
  },
  finetuning_type: { label: "微调方法", explain: "模型中哪些数值可以改变。" },
  stage: { label: "训练阶段", explain: "每条数据教什么：回答问题（监督微调），或接着往下写（预训练）。" },
  lora_rank: { label: "LoRA 秩", explain: "附加矩阵的宽度。越大能学的越多，文件也越大；常用 8 到 64。" },
  lora_alpha: {
    label: "LoRA 缩放系数",
    explain: "附加矩阵的音量：输出乘以 系数 ÷ 秩。一般取秩的两倍；留空即为两倍。",
  },
  lora_dropout: { label: "LoRA 随机丢弃", explain: "每步随机抹去附加矩阵输入的比例，防止死记硬背。" },
  lora_target: {
    label: "LoRA 作用模块",
    explain: "给哪些层加矩阵：all 表示所有线性层；也可写名称，用逗号分隔，如 q_proj,v_proj。",
  },
  learning_rate: {
    label: "学习率",
    explain: "每步移动权重的幅度。太高损失会跳动甚至发散，太低则学不动。LoRA 约 1e-4，全参数约 1e-5。",
  },
  num_train_epochs: { label: "训练轮数", explain: "每条数据被看几遍。" },
  per_device_train_batch_size: { label: "批处理大小", explain: "同时计算的条数。越大越快，也越占内存。" },
  gradient_accumulation_steps: {
    label: "梯度累积",
    explain: "累加几批的梯度后再更新权重。不多占内存就能放大每一步。",
  },
  cutoff_len: { label: "截断长度", explain: "超过这么多词元的数据会被截断。内存和时间随之增长。" },
  lr_scheduler_type: { label: "学习率调节器", explain: "学习率从峰值降到结尾的方式。" },
  warmup_steps: { label: "预热步数", explain: "学习率从零升到峰值所用的步数，让开头更平稳。" },
  save_steps: {
    label: "保存并验证",
    explain: "每隔这么多步写一个检查点并测一次验证损失。可以从检查点继续训练，也可以与它对话。",
  },
  compute_type: {
    label: "计算类型",
    explain: "运算用的数字格式。内置引擎总是用 32 位计算；16 位类型供 llamafactory 引擎在 GPU 上使用。",
  },
  max_grad_norm: { label: "最大梯度范数", explain: "比这更长的梯度会被缩短，免得一批异常数据把模型带偏。" },
  seed: { label: "随机种子", explain: "随机数的起点。种子和设置相同，结果就相同。" },
  max_samples: { label: "最大样本数", explain: "每个数据集最多取前多少条。留空表示全部。" },
  optim: { label: "优化器", explain: "把梯度变成步伐的规则。不确定时用 AdamW。" },
  weight_decay: { label: "权重衰减", explain: "每步把权重轻轻拉向零。" },
  adam_beta1: { label: "Adam beta 1", explain: "AdamW 记住过去梯度方向的时间长短。" },
  adam_beta2: { label: "Adam beta 2", explain: "AdamW 记住过去梯度大小的时间长短。" },
  adam_epsilon: { label: "Adam epsilon", explain: "一个极小的数，防止 AdamW 除以零。" },
  max_steps: { label: "最大步数", explain: "到这么多步就停，不管轮数；−1 表示由轮数决定。" },
  warmup_ratio: { label: "预热比例", explain: "用总步数的比例来定预热，代替步数。" },
  executor: {
    label: "执行器",
    explain: "内置引擎用什么计算：onnx（编译图）、tfjs（TensorFlow.js），或 auto 自动选较快且可用的。",
  },
  train_on_prompt: { label: "学习提示词", explain: "不只学回答，也学问题。" },
  mask_history: { label: "不学习历史对话", explain: "每段对话只学最后一个回答。" },
  enable_thinking: {
    label: "启用思考模式",
    explain: "用于思考型模型的模板：回答前是否先有 '<think>' 标记中的思考。",
  },
  preserve_thinking: { label: "保留思考", explain: "保留前面各轮的思考内容，而不是丢掉。" },
  default_system: { label: "默认系统提示词", explain: "加在没有系统提示词的对话开头；留空用模板自带的。" },
  eval_dataset: { label: "验证数据集", explain: "用来验证的数据集，名称用逗号分隔，代替留出数据。" },
  dataset_dir: { label: "数据路径", explain: "dataset_info.json 所在的文件夹，相对于主文件夹。" },
  train_sampling_strategy: {
    label: "数据顺序",
    explain: "random 每轮重新打乱；sequential 保持原序；group_by_length 把长度相近的放在一起，少补齐。",
  },
  disable_shuffling: { label: "保持顺序", explain: "按文件中的顺序训练。" },
  data_seed: { label: "数据种子", explain: "数据顺序单独用的种子；留空则用上面的随机种子。" },
  save_total_limit: { label: "检查点保留个数", explain: "超过时删除较早的；留空全部保留。" },
  save_only_model: { label: "只保存权重", explain: "检查点不含优化器状态：更小，但不能从它继续训练。" },
  load_best_model_at_end: {
    label: "保留最好的",
    explain: "结束时用验证损失最低的检查点，而不是最后一个。需要验证。",
  },
  early_stopping_steps: {
    label: "提前停止",
    explain: "验证损失连续这么多次没有下降就结束。留空则不提前停止。",
  },
  logging_steps: { label: "日志间隔", explain: "每隔这么多步在图上画一个点。" },
  logging_first_step: { label: "记录第一步", explain: "第一步也画一个点。" },
  per_device_eval_batch_size: { label: "验证批大小", explain: "验证时同时计算的条数。" },
};
export default zh;
