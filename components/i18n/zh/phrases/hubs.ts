/** Sentences of the console about downloads from hubs and pushes to one. */
import type { PhrasesOf } from "../../en/phrases";

const zh: PhrasesOf<"hubs"> = {
  "{hub} does not accept the token that is kept here, or has no {kind} {id} that it may see. Replace the token under Settings.":
    "{hub} 不接受这里保存的令牌，或没有它能看到的 {id}。请在设置中更换令牌。",
  "{hub} wants a token for {id}: it is private, gated, or its name is misspelt. Set a token under Settings.":
    "{hub} 要求用令牌访问 {id}：它是私有的、需授权，或名称写错。请在设置中填写令牌。",
  "{id} is gated. Open its page on {hub}, accept its terms with the account of your token, then try again.":
    "{id} 需要授权。请在 {hub} 打开它的页面，用令牌所属的账号接受条款，然后重试。",
  "{id} is gated. Open its page on {hub}, accept its terms, and set that account's token under Settings.":
    "{id} 需要授权。请在 {hub} 打开它的页面接受条款，并在设置中填写该账号的令牌。",
  "{hub} has no {kind} {id}. Check the spelling, also of capitals; a private one needs a token.":
    "{hub} 上没有 {id}。请检查拼写和大小写；私有的需要令牌。",
  "{hub} has fewer bytes of a file than were kept here.": "{hub} 上的文件比这里已有的短。",
  "{hub} asks to slow down.": "{hub} 要求放慢请求。",
  "{hub} answers {status}, which is trouble on its side.": "{hub} 返回 {status}，是它那边的故障。",
  "{hub} answered {status} for {id}.": "{hub} 对 {id} 返回 {status}。",
  "The console may not write into its home folder.": "控制台无权写入它的主文件夹。",
  "{hub} cannot be found: there is no network, or no name server answers.":
    "找不到 {hub}：没有网络，或域名服务器没有回应。",
  "{hub} cannot be reached. Check the network, a proxy or the address of the mirror.":
    "无法连接 {hub}。请检查网络、代理或镜像地址。",
  "The certificate of {hub} is not trusted here ({code}). A proxy that opens connections needs its certificate in NODE_EXTRA_CA_CERTS.":
    "这里不信任 {hub} 的证书（{code}）。会解密连接的代理需要把证书写进 NODE_EXTRA_CA_CERTS。",
  "The connection to {hub} broke.": "与 {hub} 的连接中断。",
  "The disk is full. Make room, then resume: what came so far is kept.":
    "磁盘已满。腾出空间后继续：已下载的会保留。",
  "{missing} are still to come and {free} are free; {floor} must stay free. Make room, then resume: what came so far is kept.":
    "还差 {missing}，可用 {free}，必须留出 {floor}。腾出空间后继续：已下载的会保留。",
  "another file failed": "另一个文件失败了",
  "{file} does not have the checksum that the hub names, twice in a row. Something on the way changes it (a proxy, a mirror that is out of date).":
    "{file} 连续两次与模型库给出的校验和不符。途中有东西改动了它（代理，或过期的镜像）。",
  "The connection ended before the file did.": "文件还没传完，连接就断了。",
  "{file} is longer than the hub says. Start it again.": "{file} 比模型库说的更长。请重新开始。",
  "{hub} sends {id} around in circles.": "{hub} 把 {id} 的请求循环转发。",
  "{id} is being downloaded already.": "{id} 已在下载。",
  "openMind's files come only through its own Python library: LLaMA-Factory downloads them when a run starts. Choose another hub to download here.":
    "openMind 的文件只能通过它自己的 Python 库获取：LLaMA-Factory 会在训练开始时下载。要在这里下载，请选择其他模型库。",
  "There is no download {key}.": "没有这个下载：{key}。",
  "It has no data files of a kind that is read here (json, jsonl, csv, parquet, txt). Scripts are never run.":
    "其中没有这里能读的数据文件（json、jsonl、csv、parquet、txt）。脚本从不运行。",
  "It has pickled weights only, which can run code when opened and are never downloaded. Look for a repository with safetensors.":
    "只有 pickle 权重，打开时可能执行代码，从不下载。请找带 safetensors 的仓库。",
  "It has no weights in safetensors.": "没有 safetensors 权重。",
  'This token of {name} may only read. Make one with the role "write" on Hugging Face, and keep it under Settings.':
    "{name} 的这个令牌只能读取。请在 Hugging Face 上创建带 write 权限的令牌，并保存在设置中。",
  'Pushing needs a token with the role "write". Make one on Hugging Face, and keep it under Settings.':
    "推送需要带 write 权限的令牌。请在 Hugging Face 上创建，并保存在设置中。",
  "The token that is kept here is none of Hugging Face's: those begin with hf_.":
    "这里保存的令牌不是 Hugging Face 的：那些以 hf_ 开头。",
  "{id} has {count} files or more, which ModelScope does not list in full.":
    "{id} 有 {count} 个以上的文件，ModelScope 不会全部列出。",
  "ModelScope answered something that is not its file list.": "ModelScope 返回的不是文件列表。",
  "The console ended while it was on its way. Push again: what has arrived is not sent twice.":
    "传输途中控制台退出了。请再次推送：已到达的不会重复发送。",
  "Push again: what has arrived is not sent twice.": "请再次推送：已到达的不会重复发送。",
  "Hugging Face's storage answered {status} for a file. {again}":
    "Hugging Face 的存储对一个文件返回 {status}。{again}",
  "Hugging Face does not accept the token that is kept here. Replace it under Settings.":
    "Hugging Face 不接受这里保存的令牌。请在设置中更换。",
  "Hugging Face refuses this token{words}.": "Hugging Face 拒绝这个令牌{words}。",
  'The token that is kept here may not write to {repo}{words}. It needs the role "write" for {owner}; of an organization its account must be a member.':
    "这里保存的令牌不能写入 {repo}{words}。它需要 {owner} 的 write 权限；若是组织，账号必须是其成员。",
  "{endpoint} does not say whose token this is: it is a mirror that only hands out files. Set Hugging Face's own address under Settings to push.":
    "{endpoint} 不说明令牌属于谁：它是只分发文件的镜像。要推送，请在设置中填写 Hugging Face 自己的地址。",
  "Hugging Face has no {repo} that this token may see any more.":
    "Hugging Face 上已没有这个令牌能看到的 {repo}。",
  "{endpoint} takes no files: it is a mirror that only hands them out.":
    "{endpoint} 不接收文件：它是只分发文件的镜像。",
  "The name {repo} is taken: somebody has made it meanwhile. Look again at what would be pushed.":
    "名称 {repo} 已被占用：有人在此期间创建了它。请重新查看要推送的内容。",
  "{repo} has changed while the files were on their way. {again}": "文件传输期间 {repo} 发生了变动。{again}",
  "Hugging Face asks to slow down. Push again in some minutes.":
    "Hugging Face 要求放慢请求。请几分钟后再推送。",
  "{repo} has another name by now. Give the one that its page shows.":
    "{repo} 已改名。请填写它页面上显示的名称。",
  "Hugging Face answers {status}, which is trouble on its side. {again}":
    "Hugging Face 返回 {status}，是它那边的故障。{again}",
  "Hugging Face answered {status} for {repo}{words}.": "Hugging Face 对 {repo} 返回 {status}{words}。",
  "What would be pushed has changed since it was shown. Nothing has been sent; look at it again.":
    "要推送的内容在显示之后有变动。什么都没有发送；请重新查看。",
  "Files are on their way to {repo} already.": "已有文件正在发往 {repo}。",
  "It is still on its way. Cancel it first.": "仍在传输。请先取消。",
  "The token that is kept here is {account}'s, and {owner} is neither that account nor an organization of it. Choose a name such as {example}.":
    "这里保存的令牌属于 {account}，而 {owner} 既不是该账号，也不是它的组织。请选择如 {example} 的名称。",
  "There is no push with the id {id}.": "没有 ID 为 {id} 的推送。",
  "{name} has not been trained here. Push an export of it, or a run's result.":
    "{name} 不是在这里训练的。请推送它的导出结果，或某次运行的结果。",
  "A hub id is org/name, such as Qwen/Qwen3-0.6B.": "模型库 ID 的形式是 组织/名称，如 Qwen/Qwen3-0.6B。",
  "A revision is a branch, a tag or a commit.": "修订版本是分支、标签或提交。",
  "A token is 8 to 200 letters, digits and signs, without spaces.":
    "令牌由 8 到 200 个字母、数字和符号组成，不含空格。",
};
export default zh;
