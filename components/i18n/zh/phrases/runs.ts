/** Sentences of the console about configurations, runs, the queue and sweeps. */
import type { PhrasesOf } from "../../en/phrases";

const zh: PhrasesOf<"runs"> = {
  "Choose a model.": "请选择模型。",
  "At least 4 tokens.": "至少 4 个词元。",
  "Give a list of prompts, or the path of a .json or .jsonl file.":
    "请给出提示列表，或 .json、.jsonl 文件的路径。",
  "{argument}: {value} is not valid. {why}": "{argument}：{value} 无效。{why}",
  "{folder} is another run's folder: what is logged there would be mixed with this run's, and its checkpoints taken for this run's own.":
    "{folder} 是另一次运行的文件夹：日志会混在一起，它的检查点也会被当作这次的。",
  "it has no pairs of a better and a worse answer (ranking: true with columns chosen and rejected), which stage {stage} learns from.":
    "没有一好一差的成对回答（ranking: true 及 chosen、rejected 列），而 {stage} 阶段需要它们。",
  "its answers are not marked good or bad (column kto_tag), which stage {stage} learns from.":
    "回答没有好坏标记（kto_tag 列），而 {stage} 阶段需要它。",
  "There is no chat template named {template}.": "没有名为 {template} 的对话模板。",
  "The configuration cannot be read.": "无法读取配置。",
  "output_dir: {folder} is not a plain folder below saves/.":
    "output_dir：{folder} 不是 saves/ 下的普通文件夹。",
  "Runs go below saves/, in folders named with letters, digits, dots, dashes and underscores.":
    "运行保存在 saves/ 下，文件夹名由字母、数字、点、横线和下划线组成。",
  "{folder} exists already. Choose another name, or resume the run that is there.":
    "{folder} 已存在。请换个名称，或恢复那里的运行。",
  "Use letters, digits, dots, dashes and underscores, at most 100.":
    "请使用字母、数字、点、横线和下划线，最多 100 个字符。",
  "A run that is {status} cannot be resumed.": "状态为 {status} 的运行不能恢复。",
  "No checkpoint was saved before it ended. Save more often (save_steps) to be able to go on.":
    "结束前没有保存检查点。请更频繁地保存（save_steps），以便继续。",
  "Its checkpoints hold weights only (save_only_model), without the optimizer's state.":
    "检查点只有权重（save_only_model），没有优化器状态。",
  "It lies outside this console's saves folder. Import a copy to go on training.":
    "它在这个控制台的 saves 文件夹之外。请导入一份副本再继续训练。",
  "It has no training_args.yaml, so its exact settings are not known.":
    "没有 training_args.yaml，因此不知道它的确切参数。",
  "The run has not ended yet.": "运行还没有结束。",
  "It left no weights to go on from.": "没有留下可继续的权重。",
  "Its length is set in steps (max_steps), not in epochs.": "它的长度按步数（max_steps）设定，不是按轮数。",
  "It cannot go on.": "无法继续。",
  "This run was not started by a console: stop it where you started it.":
    "这次运行不是由控制台启动的：请在启动它的地方停止。",
  "There is nothing to stop: the run is {status}.": "没有可停止的：运行状态为 {status}。",
  "The engine {id} is not part of this console.": "这个控制台没有 {id} 引擎。",
  "{name} cannot be used here.": "{name} 在这里不能使用。",
  "There is not enough room on this disk for a copy. Leave it in place, or leave the checkpoints out.":
    "磁盘空间不够复制。请留在原处，或不带检查点。",
  "There is no folder at {folder}.": "{folder} 处没有文件夹。",
  "{folder} is a file. Choose the folder that it lies in.": "{folder} 是文件。请选择它所在的文件夹。",
  "{folder} lies in the saves folder: its runs are in the list already.":
    "{folder} 在 saves 文件夹中：其中的运行已在列表里。",
  "{folder} is no run itself; its folders are: {folders}. Import them one by one.":
    "{folder} 本身不是运行；其中的文件夹是：{folders}。请逐个导入。",
  "{folder} holds none of {files}: it is not the folder of a run.":
    "{folder} 中没有 {files} 中的任何一个：不是运行的文件夹。",
  "{name} does not wait any more, or another console starts it just now.":
    "{name} 已不在等待，或另一个控制台正在启动它。",
  "The run is still going. Stop it first.": "运行仍在进行，请先停止。",
  "{folder} leads out of the saves folder; delete it by hand.":
    "{folder} 指向 saves 文件夹之外，请手动删除。",
  "{file} holds {size} MB: too much for a page.": "{file} 有 {size} MB，网页放不下。",
  "There is no run with the id {id}. Its folder may have been deleted or moved.":
    "没有 ID 为 {id} 的运行。它的文件夹可能已被删除或移动。",
  "{folder} has no record to change.": "{folder} 没有可更改的记录。",
  "Both axes go over the same argument. Choose two different ones.":
    "两个轴用了同一个参数。请选择两个不同的。",
  "{count} runs are too many at once; at most {most}.": "一次 {count} 个运行太多，最多 {most} 个。",
  "The run {name} needs it. Wait until it has ended, or stop it.":
    "运行 {name} 正在使用它。请等它结束，或停止它。",
  "The process is gone and left no result.": "进程已消失，没有留下结果。",
  "The process is gone and left no result: the machine or the program was shut down.":
    "进程已消失，没有留下结果：机器或程序被关闭了。",
  "The process was ended from outside ({signal}).": "进程被外部结束（{signal}）。",
  "The system killed the process, most likely because memory ran out. A smaller batch, cutoff length or model needs less.":
    "系统结束了进程，很可能是内存不足。减小批量、截断长度或模型可以减少占用。",
  "The process ended by {signal}.": "进程因 {signal} 结束。",
  "The process ended with exit code {code}.": "进程以退出码 {code} 结束。",
  "{how} Its last words: {line}": "{how}最后的输出：{line}",
  "{how} It wrote nothing.": "{how}没有任何输出。",
  "A run needs a name.": "运行需要名称。",
  "At most 100 characters.": "最多 100 个字符。",
  "At most 10,000 characters.": "最多 10,000 个字符。",
  "A tag has at most 40 characters.": "标签最多 40 个字符。",
  "At most 20 tags.": "最多 20 个标签。",
  "More than 0.": "须大于 0。",
  "Say which folder.": "请指定文件夹。",
  "A prompt needs text.": "提示不能为空。",
  "A conversation needs a message.": "对话至少要有一条消息。",
  "{value} is not a number to sweep over.": "{value} 不是可以扫描的数字。",
  "A sweep needs values.": "参数扫描需要取值。",
  "A sweep needs an argument.": "参数扫描需要一个参数。",
  "At most two arguments.": "最多两个参数。",
  "At least {limit}.": "至少为 {limit}。",
  "At most {limit}.": "最多为 {limit}。",
  "Error: the system does not end this program's processes, not even when they are killed.":
    "错误：系统没有结束这个程序的进程，强制结束也不行。",
};
export default zh;
