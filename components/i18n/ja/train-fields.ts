/** Names (LLaMA Board's words) and explanations (ours) of every setting of the train form. */
import type en from "../en/train-fields";

const ja: typeof en = {
  template: {
    label: "チャットテンプレート",
    explain:
      "会話を 1 つのテキストに書き表す方法、つまり話者を区切る記号です。すでに対話できるモデルは、知っている記号で学習する必要があります。",
  },
  adapter_name_or_path: {
    label: "開始点",
    explain: "モデルから新しく始める代わりに、以前の実行のアダプターの学習を続けます。",
  },
  val_size: {
    label: "検証セットサイズ",
    explain:
      "学習に使わずに取り分ける行。その損失から、モデルが内容を学んでいるか丸暗記しているかが分かります。5 % のような割合、または行数で指定します。",
  },
  finetuning_type: {
    label: "ファインチューニング方法",
    explain: "モデルのどの数値を変更するか。",
  },
  stage: {
    label: "ステージ",
    explain: "行から何を学ぶか: 回答すること (教師あり)、またはテキストの続きを書くこと (事前学習)。",
  },
  lora_rank: {
    label: "LoRA ランク",
    explain: "追加する行列の幅。大きいほど多くを学べますが、ファイルも大きくなります。通常は 8～64 です。",
  },
  lora_alpha: {
    label: "LoRA alpha",
    explain:
      "追加した行列の効きの強さ。出力に alpha ÷ ランクを掛けます。ランクの 2 倍が目安で、空欄ならその値になります。",
  },
  lora_dropout: {
    label: "LoRA ドロップアウト",
    explain: "丸暗記を防ぐため、追加した行列の入力のうち、各ステップでランダムに 0 にする割合。",
  },
  lora_target: {
    label: "LoRA モジュール",
    explain:
      "行列を追加する層。「all」はすべての線形層。または q_proj,v_proj のように名前をカンマ区切りで指定します。",
  },
  create_new_adapter: {
    label: "新しいアダプターを作成",
    explain: "開始点のアダプターがある場合、先にモデルへマージし、その上に新しいアダプターを学習します。",
  },
  use_rslora: {
    label: "rslora を使用",
    explain: "alpha ÷ ランクの代わりに alpha ÷ √ランクを掛け、高いランクでも学習が進むようにします。",
  },
  pref_loss: {
    label: "損失タイプ",
    explain:
      "良い回答と悪い回答をどう比べるか。sigmoid は論文どおりの DPO です。orpo と simpo は参照モデルが不要です。",
  },
  pref_beta: {
    label: "Beta 値",
    explain: "モデルを開始時の状態にどれだけ近く保つか。小さいほど離れることを許します。",
  },
  pref_ftx: {
    label: "Ftx gamma",
    explain: "良い回答に対する通常の教師あり学習を混ぜる割合。",
  },
  dpo_label_smoothing: {
    label: "ラベル平滑化",
    explain: "良し悪しが逆になっている可能性のあるペアの割合。sigmoid 損失用。",
  },
  simpo_gamma: {
    label: "SimPO gamma",
    explain: "良い回答が上回るべき差。simpo 損失用。",
  },
  kto_chosen_weight: {
    label: "良い回答の重み",
    explain: "「良い」とされた回答の比重。数が少ない場合は上げてください。",
  },
  kto_rejected_weight: {
    label: "悪い回答の重み",
    explain: "「悪い」とされた回答の比重。数が少ない場合は上げてください。",
  },
  learning_rate: {
    label: "学習率",
    explain:
      "各ステップで重みを動かす量。高すぎると損失が跳ねたり発散したりし、低すぎると何も変わりません。LoRA では約 1e-4、フル学習では約 1e-5 です。",
  },
  num_train_epochs: { label: "エポック数", explain: "すべての行を何回学習するか。" },
  per_device_train_batch_size: {
    label: "バッチサイズ",
    explain: "同時に計算する行数。大きいほど 1 行あたりは速くなりますが、メモリが必要です。",
  },
  gradient_accumulation_steps: {
    label: "勾配累積",
    explain: "重みを更新する前に勾配を合計するバッチ数。メモリを増やさずに 1 ステップの行数を増やせます。",
  },
  cutoff_len: {
    label: "カットオフ長",
    explain: "これより長い行は、このトークン数で切り捨てます。メモリと時間は長さに応じて増えます。",
  },
  lr_scheduler_type: {
    label: "学習率スケジューラ",
    explain: "学習率をピークから実行の終わりまでどう下げるか。",
  },
  warmup_steps: {
    label: "ウォームアップステップ",
    explain: "学習率を 0 からピークまで上げるステップ数。学習の始まりが安定します。",
  },
  save_steps: {
    label: "保存と検証",
    explain:
      "このステップ数ごとにチェックポイントを書き出し、検証損失を測定します。チェックポイントから再開でき、チャットもできます。",
  },
  compute_type: {
    label: "計算タイプ",
    explain:
      "計算に使う数値の形式。内蔵トレーナーは常に 32 ビットで計算します。16 ビットは GPU 上の llamafactory エンジン用です。",
  },
  max_grad_norm: {
    label: "最大勾配ノルム",
    explain: "これより大きい勾配をこの値に縮め、1 つの異常なバッチでモデルが乱れるのを防ぎます。",
  },
  seed: {
    label: "シード",
    explain: "乱数の初期値。シードと設定が同じなら、実行結果も同じになります。",
  },
  max_samples: {
    label: "最大サンプル数",
    explain: "各データセットの先頭から使う行数の上限。空欄ならすべて。",
  },
  optim: {
    label: "オプティマイザ",
    explain: "勾配から更新量を決める規則。特に理由がなければ AdamW で問題ありません。",
  },
  weight_decay: { label: "重み減衰", explain: "各ステップで重みをわずかに 0 へ引き寄せます。" },
  adam_beta1: { label: "Adam beta 1", explain: "AdamW が過去の勾配の向きをどれだけ長く覚えるか。" },
  adam_beta2: { label: "Adam beta 2", explain: "AdamW が過去の勾配の大きさをどれだけ長く覚えるか。" },
  adam_epsilon: { label: "Adam epsilon", explain: "AdamW の 0 除算を防ぐごく小さな数。" },
  max_steps: {
    label: "最大ステップ数",
    explain: "エポック数にかかわらず、このステップ数で終了します。−1 ならエポック数に従います。",
  },
  warmup_ratio: {
    label: "ウォームアップ比率",
    explain: "ステップ数の代わりに、全ステップに対する割合でウォームアップを指定します。",
  },
  executor: {
    label: "実行器",
    explain:
      "内蔵トレーナーの計算方法: onnx (コンパイル済みグラフ)、tfjs (TensorFlow.js)、または auto (ここで動作する速い方)。",
  },
  packing: {
    label: "シーケンスパッキング",
    explain:
      "短い行をカットオフ長までまとめ、パディングを減らします。auto では事前学習のときだけまとめます。",
  },
  neat_packing: {
    label: "無汚染パッキングを使用",
    explain: "パッキングし、まとめた行どうしが互いに参照しないようにします。",
  },
  train_on_prompt: { label: "プロンプトで学習", explain: "回答だけでなく、質問も学習します。" },
  mask_history: { label: "履歴をマスク", explain: "各会話の最後の回答だけを学習します。" },
  enable_thinking: {
    label: "思考モードを有効化",
    explain: "思考モデルのテンプレート用: 回答を '<think>' で囲んだ思考から始めるかどうか。",
  },
  preserve_thinking: {
    label: "思考を保持",
    explain: "以前のやり取りの思考を、捨てずに会話に残します。",
  },
  default_system: {
    label: "既定のシステムプロンプト",
    explain: "システムプロンプトのない会話の先頭に置きます。空欄ならテンプレートのものを使います。",
  },
  eval_dataset: {
    label: "検証データセット",
    explain: "行を取り分ける代わりに、検証に使うデータセット。名前をカンマ区切りで指定します。",
  },
  dataset_dir: {
    label: "データディレクトリ",
    explain: "dataset_info.json のあるフォルダー。ホームフォルダーからの相対パスです。",
  },
  train_sampling_strategy: {
    label: "行の順序",
    explain:
      "random はエポックごとにシャッフルします。sequential は順序を保ちます。group_by_length は近い長さの行をまとめ、パディングを減らします。",
  },
  disable_shuffling: { label: "順序を保持", explain: "ファイルの順に行を学習します。" },
  data_seed: {
    label: "データシード",
    explain: "行の順序だけに使うシード。空欄なら上のシードを使います。",
  },
  save_total_limit: {
    label: "残すチェックポイント数",
    explain: "これを超えると古いものから削除します。空欄ならすべて残します。",
  },
  save_only_model: {
    label: "重みのみ保存",
    explain: "チェックポイントにオプティマイザの状態を含めません。小さくなりますが、そこから再開できません。",
  },
  load_best_model_at_end: {
    label: "最良を採用",
    explain: "最後ではなく、検証損失が最小のチェックポイントで終えます。検証が必要です。",
  },
  early_stopping_steps: {
    label: "早期終了までの回数",
    explain: "検証損失がこの回数続けて下がらなければ実行を終了します。空欄なら終了しません。",
  },
  logging_steps: {
    label: "ロギングステップ",
    explain: "このステップ数ごとに、グラフに点を記録します。",
  },
  logging_first_step: { label: "最初のステップを記録", explain: "最初のステップにも点を記録します。" },
  per_device_eval_batch_size: {
    label: "検証バッチサイズ",
    explain: "検証時に同時に計算する行数。",
  },
};
export default ja;
