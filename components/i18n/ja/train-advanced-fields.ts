/** Names (LLaMA Board's words where it has the control) and explanations (ours) of the settings that lie folded. */
import type en from "../en/train-advanced-fields";

const ja: typeof en = {
  quantization_bit: {
    label: "量子化ビット",
    explain:
      "固定したベースをこのビット数で保持し、メモリを節約します。その上での学習が QLoRA で、アダプターだけを学習できます。",
  },
  quantization_method: {
    label: "量子化方法",
    explain:
      "重みを圧縮するライブラリ。bnb はすぐに使えます。gptq、awq などは、圧縮済みで配布されるモデル用です。",
  },
  quantization_type: {
    label: "量子化タイプ",
    explain: "4 ビット値の刻み方。nf4 は重みの一般的な分布に合わせた間隔、fp4 は単純な浮動小数点です。",
  },
  double_quantization: {
    label: "二重量子化",
    explain: "圧縮した重みのスケールも圧縮し、メモリをさらに少し節約します。",
  },
  rope_scaling: {
    label: "RoPE スケーリング",
    explain: "位置を引き延ばし、モデルが本来より長いテキストを読めるようにします。",
  },
  booster: {
    label: "ブースター",
    explain: "GPU での高速な注意機構やカーネル。auto はインストール済みのものを使います。",
  },
  hub_name: {
    label: "モデルダウンロードソース",
    explain: "ID で指定したモデルやデータセットの取得元。",
  },
  model_revision: {
    label: "モデルのリビジョン",
    explain: "ハブにあるモデルのブランチ、タグ、またはコミット。",
  },
  cache_dir: {
    label: "キャッシュディレクトリ",
    explain: "ダウンロードしたものと準備済みデータの保存先。空欄なら通常の場所。",
  },
  hf_hub_token: {
    label: "Hugging Face トークン",
    explain: "ログインが必要なモデル用。共有されず、保存した設定にも残りません。",
  },
  trust_remote_code: {
    label: "リモートコードを信頼",
    explain:
      "LLaMA-Factory がモデルのフォルダーにある Python を実行することを許可します。オンにするまで無効です（LLaMA Board では常に有効）。信頼できるフォルダーに限ってください。内蔵エンジンがこうしたコードを実行することはありません。",
  },
  disable_gradient_checkpointing: {
    label: "勾配チェックポイントを無効化",
    explain: "活性値を再計算せず、すべて保持します。速くなりますが、メモリを大幅に使います。",
  },
  upcast_layernorm: {
    label: "正規化層を 32 ビットで計算",
    explain: "正規化を 32 ビットで計算し、半精度での学習を安定させます。",
  },
  shift_attn: {
    label: "シフト付き注意",
    explain: "長いテキストのための、ウィンドウをずらす LongLoRA の注意機構。",
  },
  mixture_of_depths: {
    label: "Mixture of Depths",
    explain: "トークンに層を飛ばさせます。convert はそのモデルに変換し、load は読み込みます。",
  },
  moe_aux_loss_coef: {
    label: "エキスパートの均衡",
    explain: "エキスパートを持つモデルで、均等な利用を損失にどれだけ反映するか。",
  },
  train_from_scratch: {
    label: "ゼロから学習",
    explain: "モデルの構造だけを使い、ランダムな重みから始めます。",
  },
  neftune_noise_alpha: {
    label: "NEFTune alpha",
    explain: "学習中に埋め込みへ加えるノイズ。回答が充実することがあります。通常は 5、空欄なら加えません。",
  },
  resize_vocab: {
    label: "トークン埋め込みのサイズ変更",
    explain: "トークナイザーに加わった新しいトークンのために、埋め込みを広げます。",
  },
  add_tokens: {
    label: "新しいトークン",
    explain: "トークナイザーに追加するトークンをカンマ区切りで指定します。埋め込みのサイズ変更が必要です。",
  },
  add_special_tokens: {
    label: "新しいスペシャルトークン",
    explain: "分割されることのないスペシャルトークンを、同じように追加します。",
  },
  use_llama_pro: {
    label: "LLaMA Pro を有効化",
    explain: "拡張したモデルに挿入されたブロックだけを学習します。",
  },
  report_to: {
    label: "外部ロガーを有効化",
    explain:
      "数値を送るサービス: wandb、mlflow、neptune、tensorboard、trackio、all、none。ここのグラフには不要です。",
  },
  run_name: { label: "ロガーでの名前", explain: "ロガーに表示される実行の名前。" },
  project: { label: "Trackio プロジェクト", explain: "Trackio で実行をまとめるプロジェクト。" },
  trackio_space_id: {
    label: "Trackio Space ID",
    explain: "表示する Hugging Face Space。空欄ならこのマシンに留めます。",
  },
  hub_private_repo: {
    label: "非公開リポジトリ",
    explain: "ハブにアップロードするものを非公開にするか。auto は組織の設定に従います。",
  },
  freeze_trainable_layers: {
    label: "学習可能なレイヤー",
    explain: "最後から何層を学習するか。負の数なら最初の層です。",
  },
  freeze_trainable_modules: {
    label: "学習可能なモジュール",
    explain: "それらの層のどの部分か。all、または mlp,self_attn のように名前をカンマ区切りで。",
  },
  freeze_extra_modules: {
    label: "追加モジュール（オプション）",
    explain: "層以外に学習する部分。例: embed_tokens,norm。",
  },
  loraplus_lr_ratio: {
    label: "LoRA+ LR 比率",
    explain: "行列 B の学習率を A の何倍にするか。通常は 16、空欄なら同じです。",
  },
  loraplus_lr_embedding: {
    label: "LoRA+ 埋め込みの学習率",
    explain: "LoRA+ を使う場合の、埋め込みに対する LoRA 行列の学習率。",
  },
  use_dora: {
    label: "DoRA を使用",
    explain: "重みの大きさと向きを分けて学習します。低いランクで良くなることが多い一方、遅くなります。",
  },
  pissa_init: {
    label: "PiSSA を使用",
    explain: "0 ではなく重みの主要な方向から始めるため、初期の学習が速く進みます。",
  },
  pissa_iter: {
    label: "PiSSA の反復回数",
    explain: "主要な方向を求める精度。−1 なら厳密に求めます。",
  },
  pissa_convert: {
    label: "PiSSA を変換",
    explain: "完成したアダプターを、元のモデルに合う通常の LoRA としても書き出します。",
  },
  additional_target: {
    label: "追加モジュール（オプション）",
    explain: "全体を学習し、アダプターと一緒に保存する部分。例: embed_tokens,lm_head。",
  },
  oft_rank: {
    label: "OFT ランク",
    explain: "各回転をいくつのブロックに分けるか。0 ならブロックサイズで決まります。",
  },
  oft_block_size: {
    label: "OFT ブロックサイズ",
    explain: "ブロックの長さ。大きいほど自由に回転できますが、負荷も増えます。",
  },
  oft_target: {
    label: "OFT モジュール",
    explain: "回転させる層: all、または名前をカンマ区切りで。",
  },
  module_dropout: {
    label: "モジュールドロップアウト",
    explain: "各ステップでランダムに回転させずに残すブロックの割合。",
  },
  reward_model: {
    label: "報酬モデル",
    explain: "回答を採点するモデル: 報酬モデルステージの実行のフォルダー。",
  },
  reward_model_type: {
    label: "報酬モデルのタイプ",
    explain: "同じモデルに載せるアダプター (lora)、モデル全体 (full)、サービス (api) のいずれか。",
  },
  pref_bco_weight: {
    label: "BCO の重み",
    explain: "回答を単独で判定する BCO の損失を、選択した損失にどれだけ加えるか。",
  },
  ld_alpha: {
    label: "LD-DPO alpha",
    explain: "一方の回答が長い分のトークンの比重。1 より小さいと、冗長な回答を抑えます。",
  },
  ref_model: {
    label: "参照モデル",
    explain: "学習中に近さを保つ相手のモデル。空欄なら開始時のモデル。",
  },
  ref_model_adapters: {
    label: "参照モデルのアダプター",
    explain: "参照モデルに載せるアダプターをカンマ区切りで指定します。",
  },
  ref_model_quantization_bit: {
    label: "参照モデルの量子化",
    explain: "参照モデルをこのビット数で保持します。",
  },
  reward_model_adapters: {
    label: "報酬モデルのアダプター",
    explain: "報酬モデルに載せるアダプターをカンマ区切りで指定します。",
  },
  reward_model_quantization_bit: {
    label: "報酬モデルの量子化",
    explain: "報酬モデルをこのビット数で保持します。",
  },
  ppo_score_norm: {
    label: "スコア正規化",
    explain: "これまでのばらつきに応じて採点の尺度を揃えます。",
  },
  ppo_whiten_rewards: {
    label: "報酬のホワイトニング",
    explain: "使う前に、各ステップ内で採点を均します。",
  },
  ppo_buffer_size: {
    label: "PPO バッファサイズ",
    explain: "学習の各回の前に集める回答のバッチ数。",
  },
  ppo_epochs: { label: "PPO エポック数", explain: "各回で集めた回答を何度学習するか。" },
  ppo_target: {
    label: "PPO 目標 KL",
    explain: "参照からどこまで離れると罰則を強めるか。",
  },
  freeze_vision_tower: { label: "ビジョンタワーの固定", explain: "画像を見る部分をそのまま残します。" },
  freeze_multi_modal_projector: {
    label: "多モーダルプロジェクターの固定",
    explain: "画像と言語をつなぐ部分をそのまま残します。",
  },
  freeze_language_model: { label: "言語モデルの固定", explain: "言語を扱う部分をそのまま残します。" },
  image_max_pixels: {
    label: "画像最大ピクセル",
    explain: "これより大きい画像を縮小します。768*768 とも書けます。",
  },
  image_min_pixels: {
    label: "画像最小ピクセル",
    explain: "これより小さい画像を拡大します。32*32 とも書けます。",
  },
  video_max_pixels: { label: "ビデオ最大ピクセル", explain: "動画の各フレームについて同様に。" },
  video_min_pixels: { label: "ビデオ最小ピクセル", explain: "動画の各フレームについて同様に。" },
  video_fps: { label: "ビデオの毎秒フレーム数", explain: "1 秒あたり何フレームを見るか。" },
  video_maxlen: { label: "ビデオ最大フレーム数", explain: "1 つの動画から使うフレーム数の上限。" },
  audio_sampling_rate: {
    label: "音声サンプリングレート",
    explain: "音声を毎秒このサンプル数に変換します。",
  },
  media_dir: {
    label: "メディアディレクトリ",
    explain: "画像、動画、音声のフォルダー。空欄ならデータフォルダー。",
  },
  use_galore: {
    label: "GaLore を使用",
    explain: "勾配の小さな射影の上でオプティマイザを動かすフル学習。必要なメモリが大幅に少なくなります。",
  },
  galore_rank: { label: "GaLore ランク", explain: "射影の幅。" },
  galore_update_interval: {
    label: "更新間隔",
    explain: "このステップ数ごとに射影を求め直します。",
  },
  galore_scale: { label: "GaLore スケール", explain: "射影した更新の強さ。" },
  galore_target: { label: "GaLore モジュール", explain: "対象の層: all、または名前をカンマ区切りで。" },
  galore_proj_type: {
    label: "GaLore の射影",
    explain: "勾配をどちら側から射影するか。std は短い方を使います。",
  },
  galore_layerwise: {
    label: "GaLore を層ごとに更新",
    explain: "勾配が求まった層からすぐに更新します。最も省メモリですが、GPU 1 枚、累積なしに限ります。",
  },
  use_apollo: {
    label: "APOLLO を使用",
    explain: "ランダムな射影で AdamW の動きを再現するフル学習。メモリは単純な勾配降下法とほぼ同じです。",
  },
  apollo_rank: { label: "APOLLO ランク", explain: "射影の幅。" },
  apollo_update_interval: {
    label: "更新間隔",
    explain: "このステップ数ごとに射影を選び直します。",
  },
  apollo_scale: { label: "APOLLO スケール", explain: "スケールした更新の強さ。" },
  apollo_target: { label: "APOLLO モジュール", explain: "対象の層: all、または名前をカンマ区切りで。" },
  apollo_proj: {
    label: "APOLLO の射影",
    explain: "random は計算が軽く、svd は勾配に沿います。",
  },
  apollo_proj_type: {
    label: "APOLLO の射影する側",
    explain: "勾配をどちら側から射影するか。std は短い方を使います。",
  },
  apollo_scale_type: {
    label: "APOLLO スケールの単位",
    explain: "チャネルごとの係数、または行列全体で 1 つの係数 (APOLLO-Mini 用)。",
  },
  apollo_layerwise: {
    label: "APOLLO を層ごとに更新",
    explain: "勾配が求まった層からすぐに更新します。GPU 1 枚、累積なしに限ります。",
  },
  apollo_scale_front: {
    label: "APOLLO ノルムを先に制限",
    explain: "勾配の増大を、スケールした後ではなく前に抑えます。",
  },
  use_badam: {
    label: "BAdam を使用",
    explain: "一度に 1 ブロックずつ行うフル学習。メモリはそのブロックの分だけで済みます。",
  },
  badam_mode: {
    label: "BAdam モード",
    explain: "層を順に (layer)、または各重み行列の一部を (ratio) 学習します。",
  },
  badam_switch_mode: { label: "切り替え戦略", explain: "ブロックを学習する順序。" },
  badam_switch_interval: { label: "切り替え頻度", explain: "次のブロックに移るまでのステップ数。" },
  badam_start_block: {
    label: "最初のブロック",
    explain: "最初に学習するブロック。空欄なら順序に従います。",
  },
  badam_update_ratio: { label: "ブロック更新比率", explain: "各行列のうち学習する割合。" },
  badam_mask_mode: {
    label: "BAdam マスク",
    explain: "その割合を 1 か所にまとめるか (adjacent)、散らすか。",
  },
  use_swanlab: { label: "SwanLab を使用", explain: "数値を SwanLab にも送ります。" },
  swanlab_project: { label: "SwanLab プロジェクト", explain: "SwanLab で実行をまとめるプロジェクト。" },
  swanlab_run_name: {
    label: "SwanLab 実験名（オプション）",
    explain: "SwanLab に表示される実行の名前。",
  },
  swanlab_workspace: {
    label: "SwanLab ワークスペース（オプション）",
    explain: "プロジェクトを所有するチーム。",
  },
  swanlab_api_key: {
    label: "SwanLab API キー（オプション）",
    explain: "SwanLab のキー。共有されず、保存した設定にも残りません。",
  },
  swanlab_mode: {
    label: "SwanLab モード",
    explain: "cloud は SwanLab のサーバーに送り、local はこのマシンに留めます。",
  },
  swanlab_logdir: { label: "SwanLab ログ ディレクトリ", explain: "SwanLab のファイルの保存先。" },
  optim_args: {
    label: "オプティマイザの引数",
    explain: "オプティマイザの追加引数を、name=value のカンマ区切りで指定します。",
  },
  lr_scheduler_kwargs: {
    label: "スケジューラの引数",
    explain: "スケジューラの追加引数。例: num_cycles: 2。",
  },
  use_muon: {
    label: "Muon を使用",
    explain: "各行列の更新をすべての方向で均等にするオプティマイザ。",
  },
  use_adam_mini: {
    label: "Adam-mini を使用",
    explain: "重みごとではなくブロックごとに更新量を決める AdamW。オプティマイザのメモリは半分です。",
  },
  use_dft_loss: {
    label: "DFT 損失",
    explain: "各トークンを、モデルがすでに与えている確率で重み付けし、異質なトークンの影響を抑えます。",
  },
  use_asft_loss: {
    label: "ASFT 損失",
    explain: "開始時のモデルの近くに保つ DFT 損失。",
  },
  asft_alpha: { label: "ASFT alpha", explain: "どれだけ近くに保つか。" },
  label_smoothing_factor: {
    label: "ラベル平滑化",
    explain: "各ラベルの重みのうち語彙全体に分ける割合。通常は 0.1。",
  },
  use_eaft_loss: {
    label: "EAFT 損失",
    explain: "モデルがすでに確信しているトークンの比重を下げます。",
  },
  eaft_alpha: { label: "EAFT alpha", explain: "比重をどれだけ下げるか。" },
  tool_format: {
    label: "ツール形式",
    explain: "モデルにツールを説明する形式。空欄ならテンプレートのものを使います。",
  },
  mix_strategy: {
    label: "混合方法",
    explain:
      "複数のデータセットを順につなぐか (concat)、最短のもの、最長のもの、または全行が 1 回ずつ使われるまで交互に混ぜるか。",
  },
  interleave_probs: {
    label: "混合比率",
    explain: "各データセットから取り出す割合をカンマ区切りで。例: 0.7,0.3。",
  },
  streaming: {
    label: "ストリーミング",
    explain:
      "行を事前にではなく学習しながら読みます。メモリより大きいファイル用で、最大ステップ数が必要です。",
  },
  buffer_size: {
    label: "ストリーミングバッファ",
    explain: "次の行を選ぶために保持する行数。多いほどよく混ざります。",
  },
  tokenized_path: {
    label: "準備済みデータ",
    explain: "トークン化した行のフォルダー。空なら書き込み、内容があればデータセットの代わりに読み込みます。",
  },
  overwrite_cache: {
    label: "準備し直す",
    explain: "以前の実行でトークン化した行を使いません。",
  },
  preprocessing_num_workers: {
    label: "準備のワーカー数",
    explain: "並行してトークン化するプロセス数。",
  },
  preprocessing_batch_size: {
    label: "準備のバッチサイズ",
    explain: "まとめてトークン化する行数。パッキングはこの範囲内で行います。",
  },
  dataloader_num_workers: {
    label: "読み込みのワーカー数",
    explain: "バッチを組み立てるプロセス数。0 ならトレーナー内で行います。",
  },
  dataloader_drop_last: {
    label: "最後のバッチを捨てる",
    explain: "エポックの最後で、バッチに満たない行を除きます。",
  },
  eval_strategy: {
    label: "検証",
    explain:
      "検証するタイミング。auto は検証するものがあれば保存のたびに。ほかに、しない、一定ステップごと、エポックごと。",
  },
  eval_steps: {
    label: "検証ステップ",
    explain: "このステップ数ごとに検証します。空欄なら保存のたびに。",
  },
  eval_delay: {
    label: "最初の検証までの待ち",
    explain: "最初の検証まで、このステップ数またはエポック数だけ待ちます。",
  },
  eval_on_start: { label: "開始時に検証", explain: "先に学習前のモデルを測定します。" },
  eval_on_each_dataset: {
    label: "データセットごとに検証",
    explain: "検証データセットごとに検証損失を求めます。",
  },
  compute_accuracy: {
    label: "トークン正解率",
    explain: "検証時に、モデル自身も選んだはずのトークンの割合を求めます。",
  },
  metric_for_best_model: {
    label: "最良の基準",
    explain: "どのチェックポイントが最良かを決める数値。空欄なら検証損失。",
  },
  greater_is_better: {
    label: "大きいほど良い",
    explain: "数値が大きい方を良いとするか。auto は損失の場合を判別します。",
  },
  save_strategy: {
    label: "保存",
    explain:
      "チェックポイントを書き出すタイミング: 一定ステップごと、エポックごと、最良の更新ごと、またはしない。",
  },
  resume_from_checkpoint: {
    label: "再開元",
    explain: "続きを始めるチェックポイントのフォルダー。ステップとオプティマイザを引き継ぎます。",
  },
  overwrite_output_dir: {
    label: "フォルダーを上書き",
    explain: "すでに実行があるフォルダーで、最初からやり直します。",
  },
  logging_strategy: {
    label: "記録",
    explain: "点を記録するタイミング: 一定ステップごと、エポックごと、またはしない。",
  },
  plot_loss: { label: "損失グラフを保存", explain: "実行のフォルダーに損失の画像も残します。" },
  sample_prompts: {
    label: "サンプルプロンプト",
    explain:
      "チェックポイントごとにモデルが回答する質問。1 行に 1 つ、または .json か .jsonl ファイルのパス。回答の変化を見られます。",
  },
  sample_max_new_tokens: {
    label: "サンプルの長さ",
    explain: "サンプルの回答 1 件あたりのトークン数の上限。",
  },
  push_to_hub: {
    label: "ハブにアップロード",
    explain: "チェックポイントを Hugging Face にアップロードします。",
  },
  hub_model_id: { label: "HF Hub ID（オプション）", explain: "アップロード先のリポジトリ名。" },
  max_new_tokens: {
    label: "最大生成長",
    explain: "学習中に生成する回答の長さの上限。",
  },
  temperature: { label: "温度", explain: "生成する回答の多様さ。" },
  top_p: {
    label: "Top-p",
    explain: "確率の高い順に、合計がこの割合になるまでのトークンから選びます。",
  },
  top_k: {
    label: "Top-k",
    explain: "確率の高い順に、この数のトークンから選びます。0 ならすべてから。",
  },
  repetition_penalty: {
    label: "繰り返しペナルティ",
    explain: "1 より大きいと、既出のトークンが選ばれにくくなります。",
  },
  ds_stage: {
    label: "DeepSpeed stage",
    explain: "学習の状態を GPU 間で分担します。2 はオプティマイザと勾配、3 は重みも分担します。",
  },
  ds_offload: {
    label: "オフロードを使用",
    explain: "分担したものをコンピューターのメモリに移します。遅くなりますが、より大きなモデルが収まります。",
  },
  fsdp: {
    label: "FSDP",
    explain: "重みを分担する PyTorch 独自の方法。例: full_shard auto_wrap。",
  },
  use_cpu: { label: "CPU を使用", explain: "GPU があっても CPU で学習します。" },
  CUDA_VISIBLE_DEVICES: {
    label: "デバイス",
    explain: "使う GPU の番号をカンマ区切りで。例: 0,1。空欄ならすべて。",
  },
  NPROC_PER_NODE: {
    label: "マシンあたりのプロセス数",
    explain: "空欄なら GPU ごとに 1 つ。",
  },
  FORCE_TORCHRUN: {
    label: "torchrun を強制",
    explain: "DeepSpeed の要件に合わせ、GPU 1 枚でも torchrun で起動します。",
  },
  NNODES: { label: "マシン数", explain: "一緒に学習するマシンの台数。" },
  NODE_RANK: { label: "このマシンの番号", explain: "最初のマシンは 0。" },
  MASTER_ADDR: { label: "最初のマシンのアドレス", explain: "マシンどうしが接続する場所。" },
  MASTER_PORT: { label: "最初のマシンのポート", explain: "空欄なら空いているポートを使います。" },
  MAX_RESTARTS: { label: "再起動回数", explain: "失敗後に torchrun がやり直せる回数。" },
  USE_RAY: { label: "Ray を使用", explain: "Ray クラスターにワーカーを起動させます。" },
  ray_num_workers: { label: "Ray ワーカー数", explain: "起動するワーカーの数。" },
  ddp_timeout: {
    label: "タイムアウト (秒)",
    explain: "プロセスが互いを待ち、諦めるまでの時間。",
  },
};
export default ja;
