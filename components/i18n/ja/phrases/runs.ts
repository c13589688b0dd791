/** Sentences of the console about configurations, runs, the queue and sweeps. */
import type { PhrasesOf } from "../../en/phrases";

const ja: PhrasesOf<"runs"> = {
  "Choose a model.": "モデルを選んでください。",
  "At least 4 tokens.": "4 トークン以上にしてください。",
  "Give a list of prompts, or the path of a .json or .jsonl file.":
    "プロンプトの一覧、または .json か .jsonl ファイルのパスを指定してください。",
  "{argument}: {value} is not valid. {why}": "{argument}: {value} は正しくありません。{why}",
  "{folder} is another run's folder: what is logged there would be mixed with this run's, and its checkpoints taken for this run's own.":
    "{folder} は別の実行のフォルダーです。ログが混ざり、そのチェックポイントがこの実行のものとして扱われます。",
  "it has no pairs of a better and a worse answer (ranking: true with columns chosen and rejected), which stage {stage} learns from.":
    "{stage} の学習に必要な、良い回答と悪い回答の組（ranking: true と chosen、rejected 列）がありません。",
  "its answers are not marked good or bad (column kto_tag), which stage {stage} learns from.":
    "{stage} の学習に必要な、回答の良し悪しの印（kto_tag 列）がありません。",
  "There is no chat template named {template}.": "{template} というチャットテンプレートはありません。",
  "The configuration cannot be read.": "設定を読み取れません。",
  "output_dir: {folder} is not a plain folder below saves/.":
    "output_dir: {folder} は saves/ の下の通常のフォルダーではありません。",
  "Runs go below saves/, in folders named with letters, digits, dots, dashes and underscores.":
    "実行は saves/ の下の、英字、数字、ドット、ハイフン、アンダースコアの名前のフォルダーに入ります。",
  "{folder} exists already. Choose another name, or resume the run that is there.":
    "{folder} は既にあります。別の名前にするか、そこにある実行を再開してください。",
  "Use letters, digits, dots, dashes and underscores, at most 100.":
    "英字、数字、ドット、ハイフン、アンダースコアで最大 100 文字にしてください。",
  "A run that is {status} cannot be resumed.": "状態が {status} の実行は再開できません。",
  "No checkpoint was saved before it ended. Save more often (save_steps) to be able to go on.":
    "終了前に保存されたチェックポイントがありません。続けられるように、もっと頻繁に保存してください（save_steps）。",
  "Its checkpoints hold weights only (save_only_model), without the optimizer's state.":
    "チェックポイントには重みだけがあり（save_only_model）、オプティマイザーの状態がありません。",
  "It lies outside this console's saves folder. Import a copy to go on training.":
    "このコンソールの saves フォルダーの外にあります。学習を続けるにはコピーを取り込んでください。",
  "It has no training_args.yaml, so its exact settings are not known.":
    "training_args.yaml がないため、正確な設定が分かりません。",
  "The run has not ended yet.": "実行はまだ終わっていません。",
  "It left no weights to go on from.": "続きに使える重みがありません。",
  "Its length is set in steps (max_steps), not in epochs.":
    "長さはエポックではなくステップ（max_steps）で設定されています。",
  "It cannot go on.": "続けられません。",
  "This run was not started by a console: stop it where you started it.":
    "この実行はコンソールが開始したものではありません。開始した場所で停止してください。",
  "There is nothing to stop: the run is {status}.": "停止するものがありません。実行の状態: {status}。",
  "The engine {id} is not part of this console.": "このコンソールに {id} エンジンはありません。",
  "{name} cannot be used here.": "{name} はここでは使えません。",
  "There is not enough room on this disk for a copy. Leave it in place, or leave the checkpoints out.":
    "コピーするディスクの空きが足りません。元の場所のままにするか、チェックポイントを除いてください。",
  "There is no folder at {folder}.": "{folder} にフォルダーはありません。",
  "{folder} is a file. Choose the folder that it lies in.":
    "{folder} はファイルです。それを含むフォルダーを選んでください。",
  "{folder} lies in the saves folder: its runs are in the list already.":
    "{folder} は saves フォルダーの中にあります。その実行は既に一覧にあります。",
  "{folder} is no run itself; its folders are: {folders}. Import them one by one.":
    "{folder} 自体は実行ではありません。中のフォルダーが実行です: {folders}。1 つずつ取り込んでください。",
  "{folder} holds none of {files}: it is not the folder of a run.":
    "{folder} には {files} のどれもありません。実行のフォルダーではありません。",
  "{name} does not wait any more, or another console starts it just now.":
    "{name} はもう待機していないか、別のコンソールが開始しているところです。",
  "The run is still going. Stop it first.": "実行はまだ続いています。先に停止してください。",
  "{folder} leads out of the saves folder; delete it by hand.":
    "{folder} は saves フォルダーの外を指しています。手動で削除してください。",
  "{file} holds {size} MB: too much for a page.": "{file} は {size} MB あり、ページには大きすぎます。",
  "There is no run with the id {id}. Its folder may have been deleted or moved.":
    "ID が {id} の実行はありません。フォルダーが削除または移動された可能性があります。",
  "{folder} has no record to change.": "{folder} には変更できる記録がありません。",
  "Both axes go over the same argument. Choose two different ones.":
    "両方の軸が同じ引数です。異なる 2 つを選んでください。",
  "{count} runs are too many at once; at most {most}.": "一度に {count} 件は多すぎます。最大 {most} 件です。",
  "The run {name} needs it. Wait until it has ended, or stop it.":
    "実行 {name} で使用中です。終わるのを待つか、停止してください。",
  "The process is gone and left no result.": "プロセスは結果を残さずに消えました。",
  "The process is gone and left no result: the machine or the program was shut down.":
    "プロセスは結果を残さずに消えました。マシンまたはプログラムが終了されています。",
  "The process was ended from outside ({signal}).": "プロセスは外部から終了されました（{signal}）。",
  "The system killed the process, most likely because memory ran out. A smaller batch, cutoff length or model needs less.":
    "システムがプロセスを強制終了しました。メモリ不足の可能性が高いです。バッチ、カットオフ長、モデルを小さくすると減ります。",
  "The process ended by {signal}.": "プロセスは {signal} で終了しました。",
  "The process ended with exit code {code}.": "プロセスは終了コード {code} で終わりました。",
  "{how} Its last words: {line}": "{how}最後の出力: {line}",
  "{how} It wrote nothing.": "{how}出力はありませんでした。",
  "A run needs a name.": "実行には名前が必要です。",
  "At most 100 characters.": "最大 100 文字です。",
  "At most 10,000 characters.": "最大 10,000 文字です。",
  "A tag has at most 40 characters.": "タグは最大 40 文字です。",
  "At most 20 tags.": "タグは最大 20 個です。",
  "More than 0.": "0 より大きい値にしてください。",
  "Say which folder.": "フォルダーを指定してください。",
  "A prompt needs text.": "プロンプトには文章が必要です。",
  "A conversation needs a message.": "会話にはメッセージが必要です。",
  "{value} is not a number to sweep over.": "{value} はスイープに使える数値ではありません。",
  "A sweep needs values.": "スイープには値が必要です。",
  "A sweep needs an argument.": "スイープには引数が必要です。",
  "At most two arguments.": "引数は最大 2 つです。",
  "At least {limit}.": "{limit} 以上にしてください。",
  "At most {limit}.": "{limit} 以下にしてください。",
  "Error: the system does not end this program's processes, not even when they are killed.":
    "エラー: 強制終了しても、システムがこのプログラムのプロセスを終了しません。",
};
export default ja;
