import type en from "../en/failure";

const ja: typeof en = {
  title: "終了した理由",
  mend: "LLaMA-Factory がインストールされている環境で、次を実行すると解決します:",
  kind: {
    gpu_memory: "GPU のメモリが不足しました。",
    memory: "メモリが不足しました。",
    disk: "ディスクの空きがありません。",
    torchaudio: "torchaudio と torch のバージョンが合いません。",
    deepspeed_missing: "DeepSpeed がインストールされていません。",
    dependency: "Python パッケージが不足しています。",
    gated: "ハブでの許可が必要です。",
    hub: "ハブから取得できませんでした。",
    port: "ポートが使用中です。",
    needs_cpu_flag: "この計算タイプには GPU が必要です。",
    cuda: "GPU を使用できません。",
    diverged: "損失が数値でなくなりました。",
    output_exists: "フォルダーが使用中です。",
    arguments: "引数が正しくありません。",
    remote_code: "モデルが独自のコードを含みます。",
    template: "テンプレートがモデルに合いません。",
    column: "列がありません。",
    dataset: "データセットを使用できません。",
    weights: "重みを読み込めません。",
    missing_file: "ファイルがありません。",
    unsupported: "このエンジンでは対応していません。",
    killed: "強制終了されました。",
    crashed: "プログラムがクラッシュしました。",
    not_started: "プログラムを起動できませんでした。",
    silent: "何も出力せずに終了しました。",
    interrupted: "中断されました。",
    other: "失敗しました。",
  },
  why: {
    gpu_memory: "1 ステップに必要なメモリが、GPU の空きを超えました。",
    memory: "1 ステップに必要なメモリが、マシンの空きを超えました。",
    disk: "書き込むための空きがありませんでした。空きを作るか、保存する量を減らしてください。",
    torchaudio:
      "この 2 つは異なる CUDA バージョン向けにビルドされているため、Python が読み込めません。テキストに音声は不要ですが、LLaMA-Factory は常に読み込みます。",
    deepspeed_missing: "設定では DeepSpeed を使いますが、環境にありません。",
    dependency: "この実行に必要なものが LLaMA-Factory の環境にないか、バージョンが異なります。",
    gated:
      "このモデルまたはデータセットは、申請した人だけが取得できます。ハブで利用規約に同意し、トークンを保存してください。",
    hub: "設定で指定されたものがこのマシンになく、取得もできませんでした。接続がないか、その名前が存在しません。",
    port: "使おうとしたポートは、別のプログラムが使用しています。",
    needs_cpu_flag:
      "CPU では、LLaMA-Factory は use_cpu を指定したときだけ受け付けるか、まったく受け付けません。",
    cuda: "ドライバー、ライブラリ、または指定した GPU が見つかりません。",
    diverged:
      "更新量が大きくなりすぎて重みが壊れました。学習率を下げるかウォームアップを入れると抑えられます。",
    output_exists: "書き込み先のフォルダーに、別の実行の結果があります。",
    arguments: "エンジンが開始前に設定を拒否しました。",
    remote_code:
      "フォルダー内の Python を実行しないと読み込めません。そのコードはこのマシンであなたにできることをすべて行えるため、許可するまで無効です。",
    template: "テンプレートが、モデルにないトークンまたはロールを使っています。",
    column: "データセットの登録内容にある列が、行にありません。",
    dataset: "設定で指定されたデータセットが、その場所にないか、内容が異なります。",
    weights: "重みファイルが途中で切れているか、破損しているか、別のモデルのものです。",
    missing_file: "設定で指定されたファイルが、その場所にありません。",
    unsupported: "もう一方のエンジンなら対応している可能性があります。",
    killed:
      "プロセスが突然終了させられました。心当たりがなければシステムによるもので、多くはメモリ不足が原因です。",
    crashed: "ライブラリ内部の障害により、説明なしに終了しました。",
    not_started: "プログラムが存在しないか、実行が許可されていません。",
    silent: "結果も理由も残っていません。ターミナルでコマンドを実行すると、詳細が分かる場合があります。",
    interrupted:
      "トレーナーが最後の記録を残さずに終了しました。電源が切れたか、プロセスが終了させられました。",
    other: "ログの次の行が理由を示しています:",
  },
  saved: "最後のチェックポイントはステップ {step} のものです。",
  nothingSaved: "チェックポイントは保存されていませんでした。",
  again: "変更してもう一度開始",
  keeps: "いずれも変更を加えた新しい実行を開き、この実行は残します。",
  byHand: "自分で変更する",
  advice: {
    smallerBatch: {
      title: "バッチを小さく、累積を多く",
      why: "バッチサイズ {batch} → {nextBatch}、累積 {accumulation} → {nextAccumulation}。1 ステップは {total} 行のままなので、結果は同じです。",
      button: "バッチ {nextBatch} × {nextAccumulation}",
    },
    shorterCutoff: {
      title: "カットオフ長 {from} → {to}",
      why: "長い行は末尾が切り捨てられます。メモリは長さに応じて減ります。",
      button: "カットオフ長 {to}",
    },
    lora: {
      title: "LoRA、ランク {rank}",
      why: "すべての重みの代わりに、モデルに添えた小さな行列だけを学習します。必要なメモリは約 3 分の 1 です。",
      button: "LoRA",
    },
    fourBit: {
      title: "4 ビットのベース",
      why: "固定した重みを 4 分の 1 の容量で保持し、その上で LoRA を学習します。",
      button: "4 ビットのベース",
    },
    zero3: {
      title: "ZeRO-3",
      why: "重み、勾配、オプティマイザの状態をすべての GPU に分散します。DeepSpeed が必要です。",
      button: "ZeRO-3",
    },
    offload: {
      title: "ZeRO-3 とオフロード",
      why: "GPU に載らない分をマシンのメモリに置きます。遅くなりますが、収まります。DeepSpeed が必要です。",
      button: "ZeRO-3、オフロード",
    },
    lowerRate: {
      title: "学習率 {from} → {to}",
      why: "更新量を 10 分の 1 にします。",
      button: "学習率 {to}",
    },
    warmup: {
      title: "最初の 1 割でウォームアップ",
      why: "学習率を最初は緩やかに上げ、初期のステップで重みが乱れるのを防ぎます。",
      button: "ウォームアップ",
    },
    fewerCheckpoints: {
      title: "最後のチェックポイントの重みだけを残す",
      why: "この実行は再開できなくなりますが、チェックポイントの容量は 3 分の 1 になります。",
      button: "保存を減らす",
    },
    useCpu: {
      title: "CPU で学習",
      why: "use_cpu を指定すると、LLaMA-Factory は GPU を探しません。",
      button: "use_cpu を設定",
    },
    fullPrecision: {
      title: "CPU で float32",
      why: "混合精度を使わないため、どのマシンでも動作します。",
      button: "float32 を使用",
    },
    ownTemplate: {
      title: "モデル自身のテンプレート",
      why: "{from} を外し、モデルのフォルダーにあるテンプレートを使います。",
      button: "モデル自身のもの",
    },
    trustCode: {
      title: "モデルのコードを実行",
      why: "trust_remote_code を設定します。コードを確認したか、作者を信頼できるモデルに限ってください。",
      button: "コードを許可",
    },
    noDeepspeed: {
      title: "DeepSpeed なし",
      why: "GPU 1 枚、または複数枚での単純なデータ並列。",
      button: "使わない",
    },
    freePort: {
      title: "空いているポート",
      why: "MASTER_PORT {from} の指定を外し、LLaMA-Factory に空きポートを選ばせます。",
      button: "空いているポート",
    },
    newFolder: {
      title: "専用のフォルダー",
      why: "新しい実行には日時から名前を付けます。",
      button: "新しいフォルダー",
    },
    embedded: {
      title: "内蔵エンジン",
      why: "Python も GPU も必要ありません。",
      button: "内蔵を使用",
    },
    llamafactory: {
      title: "LLaMA-Factory",
      why: "お使いの Python 環境で、より多くのモデル、手法、オプティマイザを使えます。",
      button: "LLaMA-Factory を使用",
    },
  },
};
export default ja;
