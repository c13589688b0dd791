/** Sentences of the console about chat, models, exports, and the console itself. */
import type { PhrasesOf } from "../../en/phrases";

const zh: PhrasesOf<"console"> = {
  "Takes its turn: it loads when it is asked and the device is free": "排队等候：有提问且设备空闲时载入",
  "The model server sent an empty answer.": "模型服务返回了空的回答。",
  "The answer was stopped.": "回答已停止。",
  "There is nothing to chat with under {id}. It may have been deleted.":
    "{id} 下没有可聊天的对象，可能已被删除。",
  "{file} does not hold a conversation.": "{file} 中没有对话。",
  "The conversation {name} was changed elsewhere meanwhile.": "对话“{name}”在此期间在别处被改动。",
  "A conversation's id is made of small letters, digits and dashes.": "对话 ID 由小写字母、数字和横线组成。",
  "A conversation needs a name.": "对话需要名称。",
  "There is no server called {name}.": "没有名为 {name} 的服务。",
  "{url} is no list of models. The address of OpenAI's API often ends with /v1.":
    "{url} 不是模型列表。OpenAI API 的地址通常以 /v1 结尾。",
  "There is no server kept under {target}.": "{target} 下没有保存服务。",
  "The server's reply is longer than such a reply can be.": "服务的回复过长。",
  "{url} leads on to {location}, which is not followed. Type the address where the server answers.":
    "{url} 转向 {location}，这里不跟随。请填写服务实际回应的地址。",
  "another address": "另一个地址",
  "{address} does not answer ({why}).": "{address} 没有回应（{why}）。",
  "{name} leads to {address}, where Tuneboard sends nothing. Type the address of a model server.":
    "{name} 指向 {address}，Tuneboard 不会向那里发送。请填写模型服务的地址。",
  "It was stopped before it had started.": "启动之前就被停止了。",
  "The model server ended ({how}).": "模型服务已退出（{how}）。",
  "The model server did not answer within {seconds} seconds.": "模型服务在 {seconds} 秒内没有回应。",
  "The model server answered {status}: {text}": "模型服务返回 {status}：{text}",
  "{file} does not hold a list of prompts.": "{file} 中没有提示列表。",
  "This model needs about {needed} GB to answer, and {free} GB are free. Stop a run, or choose a smaller model.":
    "这个模型回答时大约需要 {needed} GB，而可用的只有 {free} GB。请停止一次运行，或选择更小的模型。",
  "Begin with a letter or digit; then letters, digits, spaces and . _ - : /, at most 80.":
    "以字母或数字开头，之后可用字母、数字、空格和 . _ - : /，最多 80 个字符。",
  "Type an address like http://127.0.0.1:8000/v1, without user, question mark or #.":
    "请填写如 http://127.0.0.1:8000/v1 的地址，不带用户名、问号或 #。",
  "Name the model to ask for.": "请填写要使用的模型。",
  "A prompt set's name is made of letters, digits, dots, dashes and underscores, at most 80.":
    "提示词集名称由字母、数字、点、横线和下划线组成，最多 80 个字符。",
  "A prompt set needs a prompt.": "提示词集至少要有一个提示。",
  "Begin with a letter or digit; then letters, digits, spaces, dots, dashes and underscores, at most 80.":
    "以字母或数字开头，之后可用字母、数字、空格、点、横线和下划线，最多 80 个字符。",
  "Something went wrong inside the console. Its terminal shows the details.":
    "控制台内部出错，详情见其终端。",
  "The console does not answer. Runs continue without it.": "控制台没有回应。运行不受影响，会继续进行。",
  "The console answered {status} to {what}.": "控制台对 {what} 返回 {status}。",
  "There is nothing at {address}.": "{address} 处没有内容。",
  "path: name the model's folder.": "请填写模型的文件夹。",
  "Name the model's folder.": "请填写模型的文件夹。",
  "The predictions could not be scored: {why}": "无法为预测评分：{why}",
  "LLaMA-Factory quantises whole models only: export the merged model first, then quantise that one.":
    "LLaMA-Factory 只能量化完整的模型：请先导出合并后的模型，再量化它。",
  "Only the embedded engine writes GGUF, and only LLaMA-Factory GPTQ and the legacy format: leave one of them out.":
    "只有内置引擎能写 GGUF，只有 LLaMA-Factory 能写 GPTQ 和旧格式：请去掉其中一项。",
  "The embedded engine writes safetensors without GPTQ. Leave {what} out, or choose LLaMA-Factory.":
    "内置引擎写不带 GPTQ 的 safetensors。请去掉{what}，或选择 LLaMA-Factory。",
  "the quantization": "量化",
  "the legacy format": "旧格式",
  "The embedded engine does not know the architecture of {model}. Choose LLaMA-Factory.":
    "内置引擎不支持 {model} 的架构。请选择 LLaMA-Factory。",
  "LLaMA-Factory writes no GGUF. Leave it out, or choose the embedded engine.":
    "LLaMA-Factory 不写 GGUF。请去掉它，或选择内置引擎。",
  "models/{name} exists already. Choose another name for the exported model.":
    "models/{name} 已存在。请为导出的模型换个名称。",
  "{folder} is not there: only a finished export can be pushed.": "{folder} 不存在：只有完成的导出才能推送。",
  "It is still being written. Cancel it first.": "仍在写入。请先取消。",
  "There is no export with the id {id}.": "没有 ID 为 {id} 的导出。",
  "Use letters, digits, dots, dashes and underscores; begin with a letter or digit.":
    "请使用字母、数字、点、横线和下划线，以字母或数字开头。",
  "The disk is full: nothing can be written into {folder}. Free some space (old checkpoints are the largest files), then try again.":
    "磁盘已满：无法写入 {folder}。请腾出空间（旧检查点是最大的文件），然后重试。",
  "{file} is too large ({size} bytes) for what it should be.":
    "{file} 过大（{size} 字节），不像是应有的内容。",
  "There are no {kind} called {name}.": "没有名为 {name} 的{kind}。",
  "saved settings": "已保存参数",
  prompts: "提示词集",
  "The folder is missing or empty.": "文件夹不存在或为空。",
  "It has no config.json, so it is not a Hugging Face model folder.":
    "没有 config.json，因此不是 Hugging Face 的模型文件夹。",
  "config.json is not valid JSON: {fault}.": "config.json 不是有效的 JSON：{fault}。",
  "{file} is cut short: it has no header.": "{file} 被截断：没有文件头。",
  "{file} is cut short or not a safetensors file.": "{file} 被截断，或不是 safetensors 文件。",
  "{file} has a header that is not safetensors'.": "{file} 的文件头不是 safetensors 的。",
  "{file} has a header that is not JSON.": "{file} 的文件头不是 JSON。",
  "{file} is not a list of shards.": "{file} 不是分片列表。",
  "Of its {all} weight files {missing} is missing: {which}.":
    "共 {all} 个权重文件，缺 {missing} 个：{which}。",
  "Of its {all} weight files {missing} are missing: {which} and {more} more.":
    "共 {all} 个权重文件，缺 {missing} 个：{which} 及另外 {more} 个。",
  "It has pickled weights only, which can run code when opened and are never opened here. Save the model as safetensors.":
    "只有 pickle 权重，打开时可能执行代码，这里从不打开。请把模型另存为 safetensors。",
  "It has no weights (model.safetensors).": "没有权重（model.safetensors）。",
  "It has no tokenizer.json. A folder saved by a current transformers has one.":
    "没有 tokenizer.json。用新版 transformers 保存的文件夹会带有它。",
  "Its weights are quantised; training needs them in float32, float16 or bfloat16.":
    "权重已量化；训练需要 float32、float16 或 bfloat16 权重。",
  "The embedded trainer has no {family}; it has {families}.": "内置引擎不支持 {family}；它支持 {families}。",
  "Only folders below models/ are deleted here; delete others by hand.":
    "这里只删除 models/ 下的文件夹；其他的请手动删除。",
  "models/{name} is gone already.": "models/{name} 已不存在。",
  "models/{name} leads out of the models folder; delete it by hand.":
    "models/{name} 指向 models 文件夹之外，请手动删除。",
  "{folder} has no config.json, so it is not a model's folder.":
    "{folder} 没有 config.json，因此不是模型文件夹。",
  "{name} lies in models/ already.": "{name} 已在 models/ 中。",
  "models/{name} is there already. Rename one of them.": "models/{name} 已存在。请把其中一个改名。",
  "The starter comes with the console and would be back at its next start.":
    "入门模型随控制台提供，下次启动时会再出现。",
  "{address} answered {status}.": "{address} 返回 {status}。",
  "{address} answered {status}: {words}.": "{address} 返回 {status}：{words}。",
  "{address} answered {status}, but no stream of an answer.": "{address} 返回 {status}，但不是回答的数据流。",
};
export default zh;
