/** Sentences of the console about what an engine refuses, and why it was chosen or cannot be used. */
import type { PhrasesOf } from "../../en/phrases";

const zh: PhrasesOf<"engines"> = {
  "{name}: {value} is not supported here. {reason}": "{name}：这里不支持 {value}。{reason}",
  "{name}: {value} is not supported here; it can be {values}. {reason}":
    "{name}：这里不支持 {value}，可以是 {values}。{reason}",
  "{name}: {value} is not supported here.": "{name}：这里不支持 {value}。",
  "{name}: {value} is not supported here; it can be {values}.":
    "{name}：这里不支持 {value}，可以是 {values}。",
  "{name}: {value} is not a whole number.": "{name}：{value} 不是整数。",
  "{name}: {value} is not a switch (1 or 0).": "{name}：{value} 不是开关值（1 或 0）。",
  "{name} spreads training over several processes; the embedded trainer is one. Use the llamafactory engine for it.":
    "{name} 把训练分到多个进程；内置引擎只有一个进程，请改用 llamafactory 引擎。",
  "The embedded trainer does not have it. Use the llamafactory engine for it.":
    "内置引擎没有此功能，请改用 llamafactory 引擎。",
  "The embedded trainer keeps the model's vocabulary: tokens that the template brings take rows that are there. Use the llamafactory engine for it.":
    "内置引擎保持模型的词表不变：模板带来的词元使用已有的行。需要更改时请用 llamafactory 引擎。",
  "Write it into the model's config.json instead (rope_scaling or rope_parameters): training, chat and export then all stretch the context alike. Use the llamafactory engine for it.":
    "请改写在模型的 config.json 中（rope_scaling 或 rope_parameters），这样训练、聊天和导出会一致地扩展上下文；或改用 llamafactory 引擎。",
  "It makes another model of this one; the embedded trainer takes the model as its config.json describes it. Use the llamafactory engine for it.":
    "它会把模型变成另一个模型；内置引擎按 config.json 的描述使用模型。请改用 llamafactory 引擎。",
  "A run that goes on here always goes on with the rows that it had not seen, so that its losses are those of an uninterrupted one.":
    "这里继续的运行总是接着未见过的数据，因此损失与不中断时一致。",
  "It spreads training over several processes; the embedded trainer is one process. Use the llamafactory engine for it.":
    "它把训练分到多个进程；内置引擎只有一个进程，请改用 llamafactory 引擎。",
  "The embedded trainer has these optimizers: {names}. Use the llamafactory engine for it.":
    "内置引擎的优化器有：{names}。其他的请用 llamafactory 引擎。",
  "It sends data to a service on the internet; the embedded trainer never leaves the machine.":
    "它会把数据发往互联网服务；内置引擎从不离开这台机器。",
  "It needs PyTorch on a GPU. Use the llamafactory engine for it.":
    "它需要显卡上的 PyTorch，请改用 llamafactory 引擎。",
  "The embedded trainer computes in float32, which is at least as exact; the checkpoint's weights are read in any type.":
    "内置引擎以 float32 计算，精度不会更低；权重以任何类型保存都能读取。",
  "Where memory runs out the run ends and says so; it is not tried again with half the batch.":
    "内存不足时运行会结束并说明，不会用一半的批量重试。",
  "This accelerator is for PyTorch on a GPU; the embedded trainer computes the same without it.":
    "这种加速用于显卡上的 PyTorch；内置引擎不用它也得到同样的结果。",
  "Chosen by hand.": "手动选择。",
  "Embedded: it does all that this configuration asks for, and the model fits into memory.":
    "内置：能满足这份配置的全部要求，模型也装得进内存。",
  "{name}, because the embedded engine {limit}.": "{name}，因为内置引擎{limit}。",
  "Embedded, although it {limit}; {instead}.": "内置，尽管它{limit}；{instead}。",
  "does not take this configuration ({why})": "不接受这份配置（{why}）",
  "would need about {needed} GB of memory, and {free} GB are free":
    "大约需要 {needed} GB 内存，而可用的只有 {free} GB",
  "whether LLaMA-Factory is installed is not known yet": "是否装有 LLaMA-Factory 尚不清楚",
  "LLaMA-Factory does not take it either": "LLaMA-Factory 也不接受",
  "LLaMA-Factory, the way out, is not ready here": "可以替代的 LLaMA-Factory 在这里还没有就绪",
  "{argument} needs {packages}, which LLaMA-Factory's environment does not have. To install: {command}":
    "{argument} 需要 {packages}，而 LLaMA-Factory 的环境中没有。安装：{command}",
  "LLaMA-Factory refuses bf16 on a machine without a graphics card unless use_cpu is set; LLaMA Board's own form fails here.":
    "没有显卡时，LLaMA-Factory 不接受 bf16，除非设置 use_cpu；LLaMA Board 自己的表单在这里也会失败。",
  "Without a graphics card, LLaMA-Factory takes bf16 only together with use_cpu.":
    "没有显卡时，LLaMA-Factory 只在同时设置 use_cpu 时接受 bf16。",
  "A processor computes in fp16 slowly and with little range; bf16 with use_cpu is the better choice.":
    "处理器以 fp16 计算又慢又容易溢出；用 bf16 加 use_cpu 更好。",
  "LLaMA-Factory refuses pure_bf16 on a processor.": "LLaMA-Factory 在处理器上不接受 pure_bf16。",
  "LLaMA-Factory loads weights in the type that the checkpoint has, whatever pure_bf16 says: a float32 checkpoint stays float32.":
    "不论 pure_bf16 怎样设置，LLaMA-Factory 都按权重原有的类型载入：float32 的仍是 float32。",
  "LLaMA-Factory computes the sigmoid loss when pref_loss is {loss}, without a word. The embedded engine computes what the name says.":
    "pref_loss 为 {loss} 时，LLaMA-Factory 会不作说明地改用 sigmoid 损失；内置引擎按名称计算。",
  "PPO cannot run in LLaMA-Factory 0.9.5: it asks for trl 0.9.6 at most and for trl 0.18 at least. The embedded engine trains with PPO.":
    "LLaMA-Factory 0.9.5 无法运行 PPO：它同时要求 trl 不高于 0.9.6 和不低于 0.18。内置引擎可以做 PPO 训练。",
  "LLaMA-Factory's quantised bases need a graphics card.": "LLaMA-Factory 的量化底模需要显卡。",
  "A quantised model takes no second adapter: continue the one it has.":
    "量化的模型不能再加适配器：请接着训练已有的那个。",
  "A quantised model takes a single adapter; merge them first.": "量化的模型只能带一个适配器，请先合并。",
  "PiSSA can be initialised neither on a quantised model nor under ZeRO-3.":
    "PiSSA 不能在量化的模型上初始化，也不能在 ZeRO-3 下初始化。",
  "predict_with_generate cannot run under ZeRO-3.": "predict_with_generate 不能在 ZeRO-3 下运行。",
  "predict_with_generate and compute_accuracy exclude each other.":
    "predict_with_generate 和 compute_accuracy 不能同时使用。",
  "BAdam on several devices runs layer by layer and under ZeRO-3 only.":
    "多个设备时，BAdam 只能逐层进行，并且需要 ZeRO-3。",
  "In the stages rm and ppo LLaMA-Factory resumes optimizer and step count but not the value head; with LoRA it asks to continue the adapter instead.":
    "在 rm 和 ppo 阶段，LLaMA-Factory 只恢复优化器和步数，不恢复价值头；用 LoRA 时应改为接着训练适配器。",
  "vLLM and SGLang answer chats; LLaMA-Factory cannot train with them.":
    "vLLM 和 SGLang 用于聊天，LLaMA-Factory 不能用它们训练。",
  "NODE_RANK counts from 0, so it must be smaller than NNODES.": "NODE_RANK 从 0 开始，因此必须小于 NNODES。",
  "Several machines meet at the address of the first one: set MASTER_ADDR and MASTER_PORT.":
    "多台机器在第一台的地址上会合：请设置 MASTER_ADDR 和 MASTER_PORT。",
  "With one device on this machine NNODES is not looked at unless FORCE_TORCHRUN is set.":
    "这台机器只有一个设备时，除非设置 FORCE_TORCHRUN，否则不看 NNODES。",
  "This machine has no graphics card to choose.": "这台机器没有可选的显卡。",
  "This machine's graphics cards are numbered from 0 to {last}.": "这台机器的显卡编号为 0 到 {last}。",
  "torchrun gets one process for each graphics card, and there is none: it would refuse to start.":
    "torchrun 按显卡数启动进程，而这里没有显卡：它会拒绝启动。",
  "There are more processes than graphics cards ({devices}).": "进程数多于显卡数（{devices}）。",
  "llamafactory-cli is not on PATH. Install LLaMA-Factory, start the console from its environment, or name its virtual environment in Settings.":
    "PATH 中没有 llamafactory-cli。请安装 LLaMA-Factory，或从它的环境启动控制台，或在设置中填写它的虚拟环境。",
  "There is no llamafactory-cli at {place}: neither a program nor a virtual environment that has one. Set it in Settings.":
    "{place} 处没有 llamafactory-cli：既不是程序，也不是带有它的虚拟环境。请在设置中修改。",
  "LLaMA-Factory is not installed, or in an environment that is not named here.":
    "LLaMA-Factory 没有安装，或装在这里未填写的环境中。",
  "{trouble} To mend it: {command}": "{trouble}修复方法：{command}",
  "It did not answer within {seconds} seconds.": "它在 {seconds} 秒内没有回应。",
  "It may not be started by this user.": "当前用户无权启动它。",
  "The system killed it, most likely because memory ran out.": "系统结束了它，很可能是内存不足。",
  "{program} ran, but named no version. Is it LLaMA-Factory's?":
    "{program} 已运行，但没有给出版本。它是 LLaMA-Factory 的吗？",
  "torchaudio and torch in this environment were built for different CUDA versions ({versions}), so torchaudio refuses to be imported, and LLaMA-Factory imports it although training on text needs no audio.":
    "此环境中的 torchaudio 与 torch 针对不同的 CUDA 版本（{versions}）编译，torchaudio 无法导入；而训练文本虽不需要音频，LLaMA-Factory 仍会导入它。",
  "torchaudio and torch in this environment were built for different CUDA versions, so torchaudio refuses to be imported, and LLaMA-Factory imports it although training on text needs no audio.":
    "此环境中的 torchaudio 与 torch 针对不同的 CUDA 版本编译，torchaudio 无法导入；而训练文本虽不需要音频，LLaMA-Factory 仍会导入它。",
  "torchvision and torch in this environment do not belong together.":
    "此环境中的 torchvision 与 torch 不匹配。",
  "A package has a version that LLaMA-Factory does not take: {what}.":
    "有一个包的版本 LLaMA-Factory 不接受：{what}。",
  "The Python package {module} is missing.": "缺少 Python 包 {module}。",
  "A package in this environment was built for another version of numpy.":
    "此环境中有一个包是针对另一个版本的 numpy 编译的。",
  "The system library {library} cannot be found.": "找不到系统库 {library}。",
  "There was too little memory to start Python.": "内存太少，无法启动 Python。",
  "Predictions (do_predict) need packages that pip does not bring along: {packages}.":
    "预测（do_predict）需要 pip 不会自动安装的包：{packages}。",
  "DeepSpeed is not installed; ZeRO-2 and ZeRO-3 need it.":
    "没有安装 DeepSpeed，而 ZeRO-2 和 ZeRO-3 需要它。",
  "Quantised bases (quantization_bit 4 and 8) need bitsandbytes.":
    "量化底模（quantization_bit 4 和 8）需要 bitsandbytes。",
  "CPU, {count} threads": "CPU，{count} 线程",
  "The library is being installed already.": "这个库已在安装中。",
  "It only changes how PyTorch computes; the embedded trainer has its own way.":
    "它只影响 PyTorch 的计算方式；内置引擎有自己的方式。",
  "It sets up several processes or machines; the embedded trainer is one process.":
    "它用于多个进程或多台机器；内置引擎只有一个进程。",
  "Data is prepared in one process, with nothing downloaded.": "数据在一个进程中准备，不下载任何东西。",
  "It belongs to chat, export or prediction, not to training.": "它用于聊天、导出或预测，与训练无关。",
  "It is about images, video or sound; the embedded trainer trains on text.":
    "它涉及图片、视频或音频；内置引擎用文本训练。",
  "It describes an online service that the embedded trainer never calls.":
    "它描述在线服务，内置引擎从不调用。",
  "It is about the inside of transformers' Trainer and changes no result here.":
    "它关乎 transformers 的 Trainer 内部，不影响这里的结果。",
  "It bounds PyTorch's approximation; the embedded trainer decomposes exactly, as with -1.":
    "它限制 PyTorch 的近似；内置引擎做精确分解，如同 -1。",
  "It is the rate of LoRA on embeddings, which are trained whole here (additional_target).":
    "它是词嵌入上 LoRA 的学习率，而这里词嵌入是整体训练的（additional_target）。",
  "No picture is drawn: the curves are on the run's page, and in trainer_log.jsonl and trainer_state.json.":
    "不画图片：曲线在训练页面上，数据在 trainer_log.jsonl 和 trainer_state.json 中。",
  "Use the llamafactory engine for it.": "请改用 llamafactory 引擎。",
  "{name} is not an argument of llamafactory-cli.": "llamafactory-cli 没有 {name} 这个参数。",
  "{name} is not an argument of llamafactory-cli. Did you mean {nearest}?":
    "llamafactory-cli 没有 {name} 这个参数。是否指 {nearest}？",
  "LLaMA-Factory {version} has no argument {name}: another version has it.":
    "LLaMA-Factory {version} 没有参数 {name}：它属于其他版本。",
  "{card} has no bf16 of its own: torch emulates it slowly, or refuses it. fp16 is the type that this card is fast in.":
    "{card} 本身不支持 bf16：torch 会缓慢地模拟，或拒绝。这张显卡适合用 fp16。",
  "Training computes in float32, which is slower on a graphics card and needs more memory for activations. {type} suits this one.":
    "训练以 float32 计算，在显卡上更慢，激活占用也更多。这张显卡适合 {type}。",
};
export default zh;
