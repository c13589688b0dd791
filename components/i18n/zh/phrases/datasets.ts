/** Sentences of the console about datasets, their files, and files that are added. */
import type { PhrasesOf } from "../../en/phrases";

const zh: PhrasesOf<"datasets"> = {
  "{file} is missing.": "缺少 {file}。",
  "{file} is empty.": "{file} 是空的。",
  "{name} holds no rows.": "{name} 中没有数据。",
  "{name}: files with rows end in {kinds}.": "{name}：数据文件的扩展名是 {kinds}。",
  "{name}: files with rows end in {kinds}, not in {kind}.":
    "{name}：数据文件的扩展名是 {kinds}，不是 {kind}。",
  "{name}: rows are read from {kinds} files, not from {kind}.":
    "{name}：数据从 {kinds} 文件读取，不能从 {kind} 读取。",
  "This file is being added already.": "正在添加这个文件。",
  "This file is not being added.": "没有在添加这个文件。",
  "{name}: say which column is its {meaning}.": "{name}：请指定哪一列是 {meaning}。",
  "Adding failed inside the console. Its terminal shows the details.": "添加时控制台内部出错，详情见其终端。",
  "This file is no longer here. Choose it again.": "这个文件已不在，请重新选择。",
  "There is a dataset named {name} already. {free} is free.": "已有名为 {name} 的数据集。{free} 可用。",
  "No row of {name} can be used. Row 1: {why}.": "{name} 中没有可用的数据。第 1 条：{why}。",
  "it holds no rows": "没有数据",
  "it is not an object of columns": "不是由列组成的对象",
  "it has no column {missing}; it has {present}": "没有 {missing} 列，只有 {present}",
  '"{column}" is empty': "“{column}”为空",
  '"{column}" says neither yes nor no': "“{column}”既不是“是”也不是“否”",
  "no column is its {meaning}": "没有哪一列是 {meaning}",
  "{one} and {other} have other columns or are other kinds of files, so they cannot be one dataset.":
    "{one} 与 {other} 的列或文件类型不同，不能合成一个数据集。",
  "{name} has no column {column}; it has {columns}.": "{name} 没有 {column} 列，只有 {columns}。",
  "{folder} holds no file that ends in {kinds}.": "{folder} 中没有扩展名为 {kinds} 的文件。",
  "{folder} holds {count} files of rows; at most {most} are added at once.":
    "{folder} 中有 {count} 个数据文件；一次最多添加 {most} 个。",
  "There is no dataset named {name}.": "没有名为 {name} 的数据集。",
  "{name} has several files; rows are changed where it has one.":
    "{name} 有多个文件；只有单个文件的数据集才能改动数据。",
  "{file} lies outside the data folder, where Tuneboard changes nothing.":
    "{file} 在数据文件夹之外，Tuneboard 不会改动那里的内容。",
  "{name} cannot be counted.": "无法统计 {name} 的条数。",
  "{name} is not on this machine.": "{name} 不在这台机器上。",
  "This console has no program that makes text and tokens of rows.":
    "这个控制台没有把数据变成文本和词元的程序。",
  "{file} has no dataset named {name}.": "{file} 中没有名为 {name} 的数据集。",
  "{name} could not be added.": "无法添加 {name}。",
  "{where}: neither file_name nor a hub address says where the data is.":
    "{where}：既没有 file_name 也没有模型库地址，不知道数据在哪里。",
  "Not on this machine: it is on a hub ({name}). Download it and name the file in {file}.":
    "不在这台机器上，而在模型库中（{name}）。请下载，并在 {file} 中写上文件名。",
  "It has {media}; the embedded trainer reads text only.":
    "其中有图片、视频或音频（{media}）；内置引擎只读文本。",
  "{file}: its rows are not objects.": "{file}：各条数据不是对象。",
  "{file} names columns, but not which one is the {key}.": "{file} 写了列，但没有写哪一列是 {key}。",
  '{file}: the first row has no column {missing}; it has {present}. Name the right one under "columns" in {registry}.':
    "{file}：第一条没有 {missing} 列，只有 {present}。请在 {registry} 的 columns 中写上正确的列。",
  "{file} cannot be read as parquet: {why}.": "{file} 不能作为 parquet 读取：{why}。",
  "{program} could not be started: {why}.": "无法启动 {program}：{why}。",
  "The preview program ended ({how}).": "预览程序已退出（{how}）。",
  "exit code {code}": "退出码 {code}",
  "{file} is missing. It lists the datasets of that folder.": "缺少 {file}。它列出该文件夹中的数据集。",
  "{where}, line {line}, column {column}: {fault}.": "{where}，第 {line} 行第 {column} 列：{fault}。",
  "not valid JSON: {fault}": "不是有效的 JSON：{fault}",
  "not valid CSV: {fault}": "不是有效的 CSV：{fault}",
  "it must be one object: a name, then what is known of that dataset":
    "必须是一个对象：名称，以及该数据集的信息",
  "{where} must be one object: a name, then what is known of that dataset.":
    "{where} 必须是一个对象：名称，以及该数据集的信息。",
  "{file} has changed: it has {now} rows now, not {then}. Look at it again.":
    "{file} 已变动：现在有 {now} 条，不是 {then} 条。请重新查看。",
  "{file}: rows are changed in .json and .jsonl files up to {size} MB.":
    "{file}：只能改动不超过 {size} MB 的 .json 和 .jsonl 文件中的数据。",
  "{file} has changed while it was read.": "读取时 {file} 发生了变动。",
  "something follows the end of the list": "列表结束之后还有内容",
  "it ends in the middle of row {row}, which begins here: it is cut short or has an unclosed bracket or quote":
    "文件在第 {row} 条中间结束（从这里开始）：被截断，或有未闭合的括号或引号",
  "it holds neither a JSON array of rows nor one object per row":
    "既不是由数据组成的 JSON 数组，也不是每行一个对象",
  "an unknown word": "无法识别的词",
  "a number that is none": "不是有效的数字",
  "a name in quotes is expected": "应为带引号的名称",
  "a value is expected": "应为一个值",
  "a colon is expected": "应为冒号",
  "a comma is expected": "应为逗号",
  "a closing } is expected": "应有右花括号 }",
  "a closing ] is expected": "应有右方括号 ]",
  "something follows the end": "结束之后还有内容",
  "comments are not allowed in JSON": "JSON 中不能有注释",
  "a comment does not end": "注释没有结束",
  "a text does not end: a closing quote is expected": "文本没有结束：应有右引号",
  "a number breaks off": "数字不完整",
  "\\u must be followed by four digits from 0 to f": "\\u 后面须为四位十六进制数字",
  "a backslash is followed by a letter that it does not go with": "反斜杠后面的字母无效",
  "a line break or control character inside a text; write \\n": "文本中有换行或控制字符；请写成 \\n",
  "The rows could not be measured.": "无法统计数据长度。",
  "This change can no longer be undone: it was undone already, or was made too long ago.":
    "这次改动已无法撤销：已经撤销过，或时间太久。",
  "{name} is {size}, more than the limit of {limit} for one file (Settings, Data). A file that is on this machine already can be added by its path.":
    "{name} 有 {size}，超过单个文件的上限 {limit}（设置，数据）。已在这台机器上的文件可以用路径添加。",
  "There is no such upload. Choose the file again.": "没有这个上传。请重新选择文件。",
  "{name} is being received already.": "{name} 正在接收中。",
  "{name}: {received} bytes are here, so go on from there, not from {offset}.":
    "{name}：已收到 {received} 字节，应从那里继续，而不是 {offset}。",
  "The disk is full: {name} broke off.": "磁盘已满：{name} 中断了。",
  "The connection broke while {name} came in.": "接收 {name} 时连接中断。",
  "{name} has come in only in part: {received} of {size} bytes.":
    "{name} 只收到一部分：{received}/{size} 字节。",
  "This needs {bytes} and would leave {left} free, less than the {floor} that must stay free (Settings, Data).":
    "这需要 {bytes}，之后只剩 {left}，少于必须保留的 {floor}（设置，数据）。",
  "{name} is longer than the {size} bytes that were announced.": "{name} 超过了声明的 {size} 字节。",
  "A dataset's name is made of letters, digits, dots, dashes and underscores, at most 80.":
    "数据集名称由字母、数字、点、横线和下划线组成，最多 80 个字符。",
  "Give the model a name.": "请给模型起个名字。",
  "Say who made it.": "请写明作者。",
  "Choose at least one language.": "请至少选择一种语言。",
  "Choose at least one dataset.": "请至少选择一个数据集。",
  "A file that is on this machine already can be added by its path.": "已在这台机器上的文件可以用路径添加。",
};
export default zh;
