/** Sentences of the console about what an engine refuses, and why it was chosen or cannot be used. */
import type { PhrasesOf } from "../../en/phrases";

const ja: PhrasesOf<"engines"> = {
  "{name}: {value} is not supported here. {reason}": "{name}: {value} には対応していません。{reason}",
  "{name}: {value} is not supported here; it can be {values}. {reason}":
    "{name}: {value} には対応していません。使える値: {values}。{reason}",
  "{name}: {value} is not supported here.": "{name}: {value} には対応していません。",
  "{name}: {value} is not supported here; it can be {values}.":
    "{name}: {value} には対応していません。使える値: {values}。",
  "{name}: {value} is not a whole number.": "{name}: {value} は整数ではありません。",
  "{name}: {value} is not a switch (1 or 0).": "{name}: {value} はオンオフの値（1 または 0）ではありません。",
  "{name} spreads training over several processes; the embedded trainer is one. Use the llamafactory engine for it.":
    "{name} は学習を複数のプロセスに分けますが、内蔵エンジンは 1 プロセスです。llamafactory エンジンを使ってください。",
  "The embedded trainer does not have it. Use the llamafactory engine for it.":
    "内蔵エンジンにはありません。llamafactory エンジンを使ってください。",
  "The embedded trainer keeps the model's vocabulary: tokens that the template brings take rows that are there. Use the llamafactory engine for it.":
    "内蔵エンジンはモデルの語彙を変えません。テンプレートのトークンは既存の行を使います。llamafactory エンジンを使ってください。",
  "Write it into the model's config.json instead (rope_scaling or rope_parameters): training, chat and export then all stretch the context alike. Use the llamafactory engine for it.":
    "モデルの config.json（rope_scaling または rope_parameters）に書いてください。学習、チャット、エクスポートで同じように文脈が伸びます。または llamafactory エンジンを使ってください。",
  "It makes another model of this one; the embedded trainer takes the model as its config.json describes it. Use the llamafactory engine for it.":
    "モデルを別のものに変える設定です。内蔵エンジンは config.json のとおりにモデルを扱います。llamafactory エンジンを使ってください。",
  "A run that goes on here always goes on with the rows that it had not seen, so that its losses are those of an uninterrupted one.":
    "ここで続きを行う実行は、必ずまだ見ていない行から続けるため、損失は中断しない場合と同じになります。",
  "It spreads training over several processes; the embedded trainer is one process. Use the llamafactory engine for it.":
    "学習を複数のプロセスに分ける設定です。内蔵エンジンは 1 プロセスです。llamafactory エンジンを使ってください。",
  "The embedded trainer has these optimizers: {names}. Use the llamafactory engine for it.":
    "内蔵エンジンのオプティマイザー: {names}。ほかは llamafactory エンジンを使ってください。",
  "It sends data to a service on the internet; the embedded trainer never leaves the machine.":
    "データをインターネット上のサービスへ送る設定です。内蔵エンジンはこのマシンの外に何も送りません。",
  "It needs PyTorch on a GPU. Use the llamafactory engine for it.":
    "GPU 上の PyTorch が必要です。llamafactory エンジンを使ってください。",
  "The embedded trainer computes in float32, which is at least as exact; the checkpoint's weights are read in any type.":
    "内蔵エンジンは float32 で計算するため、精度は同等以上です。重みはどの型でも読み込みます。",
  "Where memory runs out the run ends and says so; it is not tried again with half the batch.":
    "メモリ不足になると実行は終了し、その旨を表示します。半分のバッチで再試行はしません。",
  "This accelerator is for PyTorch on a GPU; the embedded trainer computes the same without it.":
    "この高速化は GPU 上の PyTorch 用です。内蔵エンジンはこれなしで同じ結果になります。",
  "Chosen by hand.": "手動で選択。",
  "Embedded: it does all that this configuration asks for, and the model fits into memory.":
    "内蔵エンジン：この設定で必要なことをすべて行え、モデルもメモリに収まります。",
  "{name}, because the embedded engine {limit}.": "{name}: 内蔵エンジンは{limit}ためです。",
  "Embedded, although it {limit}; {instead}.": "内蔵エンジン。ただし{limit}。{instead}。",
  "does not take this configuration ({why})": "この設定を受け付けない（{why}）",
  "would need about {needed} GB of memory, and {free} GB are free":
    "約 {needed} GB のメモリが必要で、空きは {free} GB しかない",
  "whether LLaMA-Factory is installed is not known yet": "LLaMA-Factory が入っているかはまだ不明です",
  "LLaMA-Factory does not take it either": "LLaMA-Factory も受け付けません",
  "LLaMA-Factory, the way out, is not ready here": "代わりとなる LLaMA-Factory はここでは未準備です",
  "{argument} needs {packages}, which LLaMA-Factory's environment does not have. To install: {command}":
    "{argument} には {packages} が必要ですが、LLaMA-Factory の環境にありません。インストール: {command}",
  "LLaMA-Factory refuses bf16 on a machine without a graphics card unless use_cpu is set; LLaMA Board's own form fails here.":
    "GPU のないマシンでは、use_cpu を設定しない限り LLaMA-Factory は bf16 を受け付けません。LLaMA Board のフォームもここで失敗します。",
  "Without a graphics card, LLaMA-Factory takes bf16 only together with use_cpu.":
    "GPU がない場合、LLaMA-Factory は use_cpu と併用するときだけ bf16 を受け付けます。",
  "A processor computes in fp16 slowly and with little range; bf16 with use_cpu is the better choice.":
    "CPU での fp16 計算は遅く、値の範囲も狭くなります。bf16 と use_cpu の組み合わせが適しています。",
  "LLaMA-Factory refuses pure_bf16 on a processor.": "LLaMA-Factory は CPU では pure_bf16 を受け付けません。",
  "LLaMA-Factory loads weights in the type that the checkpoint has, whatever pure_bf16 says: a float32 checkpoint stays float32.":
    "pure_bf16 の値にかかわらず、LLaMA-Factory は重みを保存時の型で読み込みます。float32 は float32 のままです。",
  "LLaMA-Factory computes the sigmoid loss when pref_loss is {loss}, without a word. The embedded engine computes what the name says.":
    "pref_loss が {loss} のとき、LLaMA-Factory は何も言わず sigmoid 損失を計算します。内蔵エンジンは名前どおりに計算します。",
  "PPO cannot run in LLaMA-Factory 0.9.5: it asks for trl 0.9.6 at most and for trl 0.18 at least. The embedded engine trains with PPO.":
    "LLaMA-Factory 0.9.5 では PPO を実行できません。trl 0.9.6 以下と 0.18 以上を同時に求めるためです。内蔵エンジンは PPO で学習できます。",
  "LLaMA-Factory's quantised bases need a graphics card.":
    "LLaMA-Factory の量子化したベースには GPU が必要です。",
  "A quantised model takes no second adapter: continue the one it has.":
    "量子化したモデルに 2 つ目のアダプターは追加できません。既存のものの学習を続けてください。",
  "A quantised model takes a single adapter; merge them first.":
    "量子化したモデルに使えるアダプターは 1 つだけです。先にマージしてください。",
  "PiSSA can be initialised neither on a quantised model nor under ZeRO-3.":
    "PiSSA は、量子化したモデルでも ZeRO-3 でも初期化できません。",
  "predict_with_generate cannot run under ZeRO-3.": "predict_with_generate は ZeRO-3 では実行できません。",
  "predict_with_generate and compute_accuracy exclude each other.":
    "predict_with_generate と compute_accuracy は併用できません。",
  "BAdam on several devices runs layer by layer and under ZeRO-3 only.":
    "複数のデバイスでは、BAdam は層単位かつ ZeRO-3 でのみ動作します。",
  "In the stages rm and ppo LLaMA-Factory resumes optimizer and step count but not the value head; with LoRA it asks to continue the adapter instead.":
    "rm と ppo では、LLaMA-Factory はオプティマイザーとステップ数だけを復元し、価値ヘッドは復元しません。LoRA ではアダプターの学習を続けてください。",
  "vLLM and SGLang answer chats; LLaMA-Factory cannot train with them.":
    "vLLM と SGLang はチャット用です。LLaMA-Factory はこれらで学習できません。",
  "NODE_RANK counts from 0, so it must be smaller than NNODES.":
    "NODE_RANK は 0 から数えるため、NNODES より小さい必要があります。",
  "Several machines meet at the address of the first one: set MASTER_ADDR and MASTER_PORT.":
    "複数のマシンは 1 台目のアドレスで集まります。MASTER_ADDR と MASTER_PORT を設定してください。",
  "With one device on this machine NNODES is not looked at unless FORCE_TORCHRUN is set.":
    "このマシンのデバイスが 1 つの場合、FORCE_TORCHRUN を設定しないと NNODES は参照されません。",
  "This machine has no graphics card to choose.": "このマシンには選べる GPU がありません。",
  "This machine's graphics cards are numbered from 0 to {last}.":
    "このマシンの GPU の番号は 0 から {last} までです。",
  "torchrun gets one process for each graphics card, and there is none: it would refuse to start.":
    "torchrun は GPU ごとに 1 プロセスを起動しますが、GPU がないため起動できません。",
  "There are more processes than graphics cards ({devices}).":
    "プロセス数が GPU の数（{devices}）を超えています。",
  "llamafactory-cli is not on PATH. Install LLaMA-Factory, start the console from its environment, or name its virtual environment in Settings.":
    "PATH に llamafactory-cli がありません。LLaMA-Factory をインストールするか、その環境からコンソールを起動するか、「設定」で仮想環境を指定してください。",
  "There is no llamafactory-cli at {place}: neither a program nor a virtual environment that has one. Set it in Settings.":
    "{place} に llamafactory-cli がありません。プログラムでも、それを含む仮想環境でもありません。「設定」で指定してください。",
  "LLaMA-Factory is not installed, or in an environment that is not named here.":
    "LLaMA-Factory がインストールされていないか、ここで指定されていない環境にあります。",
  "{trouble} To mend it: {command}": "{trouble}修復方法: {command}",
  "It did not answer within {seconds} seconds.": "{seconds} 秒以内に応答しませんでした。",
  "It may not be started by this user.": "このユーザーには起動する権限がありません。",
  "The system killed it, most likely because memory ran out.":
    "システムによって強制終了されました。メモリ不足の可能性が高いです。",
  "{program} ran, but named no version. Is it LLaMA-Factory's?":
    "{program} は動きましたが、バージョンを示しませんでした。LLaMA-Factory のものですか？",
  "torchaudio and torch in this environment were built for different CUDA versions ({versions}), so torchaudio refuses to be imported, and LLaMA-Factory imports it although training on text needs no audio.":
    "この環境の torchaudio と torch は異なる CUDA バージョン（{versions}）向けのため、torchaudio を読み込めません。テキストの学習に音声は不要ですが、LLaMA-Factory はこれを読み込みます。",
  "torchaudio and torch in this environment were built for different CUDA versions, so torchaudio refuses to be imported, and LLaMA-Factory imports it although training on text needs no audio.":
    "この環境の torchaudio と torch は異なる CUDA バージョン向けのため、torchaudio を読み込めません。テキストの学習に音声は不要ですが、LLaMA-Factory はこれを読み込みます。",
  "torchvision and torch in this environment do not belong together.":
    "この環境の torchvision と torch は組み合わせが合っていません。",
  "A package has a version that LLaMA-Factory does not take: {what}.":
    "LLaMA-Factory が受け付けないバージョンのパッケージがあります: {what}。",
  "The Python package {module} is missing.": "Python パッケージ {module} がありません。",
  "A package in this environment was built for another version of numpy.":
    "この環境のあるパッケージは、別のバージョンの numpy 向けにビルドされています。",
  "The system library {library} cannot be found.": "システムライブラリ {library} が見つかりません。",
  "There was too little memory to start Python.": "メモリが足りず、Python を起動できませんでした。",
  "Predictions (do_predict) need packages that pip does not bring along: {packages}.":
    "予測（do_predict）には、pip が自動では入れないパッケージが必要です: {packages}。",
  "DeepSpeed is not installed; ZeRO-2 and ZeRO-3 need it.":
    "DeepSpeed が入っていません。ZeRO-2 と ZeRO-3 に必要です。",
  "Quantised bases (quantization_bit 4 and 8) need bitsandbytes.":
    "量子化したベース（quantization_bit 4 と 8）には bitsandbytes が必要です。",
  "CPU, {count} threads": "CPU、{count} スレッド",
  "The library is being installed already.": "ライブラリは既にインストール中です。",
  "It only changes how PyTorch computes; the embedded trainer has its own way.":
    "PyTorch の計算方法だけを変えます。内蔵エンジンには独自の方法があります。",
  "It sets up several processes or machines; the embedded trainer is one process.":
    "複数のプロセスやマシン向けの設定です。内蔵エンジンは 1 プロセスです。",
  "Data is prepared in one process, with nothing downloaded.":
    "データは 1 プロセスで準備し、何もダウンロードしません。",
  "It belongs to chat, export or prediction, not to training.":
    "チャット、エクスポート、予測用で、学習には関係しません。",
  "It is about images, video or sound; the embedded trainer trains on text.":
    "画像、動画、音声に関する設定です。内蔵エンジンはテキストで学習します。",
  "It describes an online service that the embedded trainer never calls.":
    "オンラインサービスに関する設定で、内蔵エンジンは呼び出しません。",
  "It is about the inside of transformers' Trainer and changes no result here.":
    "transformers の Trainer 内部の設定で、ここでは結果に影響しません。",
  "It bounds PyTorch's approximation; the embedded trainer decomposes exactly, as with -1.":
    "PyTorch の近似を制限します。内蔵エンジンは -1 の場合と同様に正確に分解します。",
  "It is the rate of LoRA on embeddings, which are trained whole here (additional_target).":
    "埋め込みに対する LoRA の学習率です。ここでは埋め込み全体を学習します（additional_target）。",
  "No picture is drawn: the curves are on the run's page, and in trainer_log.jsonl and trainer_state.json.":
    "画像は描きません。曲線は実行のページに、値は trainer_log.jsonl と trainer_state.json にあります。",
  "Use the llamafactory engine for it.": "llamafactory エンジンを使ってください。",
  "{name} is not an argument of llamafactory-cli.": "llamafactory-cli に {name} という引数はありません。",
  "{name} is not an argument of llamafactory-cli. Did you mean {nearest}?":
    "llamafactory-cli に {name} という引数はありません。{nearest} のことですか？",
  "LLaMA-Factory {version} has no argument {name}: another version has it.":
    "LLaMA-Factory {version} に引数 {name} はありません。別のバージョンのものです。",
  "{card} has no bf16 of its own: torch emulates it slowly, or refuses it. fp16 is the type that this card is fast in.":
    "{card} は bf16 に対応していません。torch が低速で代用するか拒否します。この GPU では fp16 が高速です。",
  "Training computes in float32, which is slower on a graphics card and needs more memory for activations. {type} suits this one.":
    "学習を float32 で計算すると、GPU では遅く、活性値のメモリも多く使います。この GPU には {type} が適しています。",
};
export default ja;
