/** What LLaMA-Factory's rules about several arguments say. The English words stand with the rules. */
import type { RuleCode } from "@/server/contract/argument-combinations";

const ja: Record<RuleCode, string> = {
  nothing_to_do: "実行する内容がありません。do_train、do_eval、do_predict のいずれも設定されていません。",
  no_dataset: "学習に使うデータセットを選択してください。",
  prompt_and_history:
    "「プロンプトで学習」と「履歴をマスク」は両立しません。どちらか一方を選択してください。",
  train_on_prompt_sft: "「プロンプトで学習」は教師ありファインチューニング専用です。",
  mask_history_sft: "「履歴をマスク」は教師ありファインチューニング専用です。",
  neat_packing_sft: "「無汚染パッキングを使用」は教師ありファインチューニング専用です。",
  predict_with_generate_sft: "生成による予測は教師ありファインチューニング専用です。",
  ppo_reward_model: "PPO には報酬モデルが必要です。報酬モデルステージの実行を報酬モデルに指定してください。",
  ppo_reward_lora:
    "報酬モデルがアダプターの場合、同じベースに載せるため、ファインチューニング方法は LoRA にする必要があります。",
  ppo_evaluation: "PPO には検証する対象がありません。回答はステップごとに新しくなります。",
  ppo_loggers: "PPO で使えるロガーは wandb、tensorboard、trackio だけです。",
  ppo_shift_attn: "PPO は shift_attn と併用できません。",
  ppo_unsloth: "PPO は unsloth と併用できません。",
  value_head_best:
    "報酬モデルと PPO では、チェックポイントに価値ヘッドがないため、最良のモデルで終えることができません。",
  eaft_loss: "損失は 1 つだけです。EAFT と DFT は併用できません。",
  asft_loss: "損失は 1 つだけです。ASFT は DFT、EAFT と併用できません。",
  smoothed_loss: "損失は 1 つだけです。DFT、ASFT、EAFT はラベル平滑化と併用できません。",
  label_smoothing: "ラベル平滑化は sigmoid 損失専用です。",
  bco_reference: "BCO は参照モデルと比較しますが、orpo と simpo には参照モデルがありません。",
  adapter_method: "アダプターの学習を続けられるのは LoRA と OFT だけです。",
  use_rslora_lora: "rslora は LoRA 専用です。",
  use_dora_lora: "DoRA は LoRA 専用です。",
  pissa_init_lora: "PiSSA は LoRA 専用です。",
  loraplus_lr_ratio_lora: "LoRA+ は LoRA 専用です。",
  oft_both_sizes:
    "OFT のブロック数 (oft_rank) とブロックサイズ (oft_block_size) は一方だけを指定し、もう一方を 0 にしてください。",
  oft_no_size: "OFT には 0 より大きい oft_block_size または oft_rank が必要です。",
  scratch_full:
    "最初からの学習にはフルチューニング (full) が必要です。保存されないランダムな重みは役に立ちません。",
  llama_pro_full: "LLaMA Pro はフリーズと LoRA 専用です。",
  savers_with_lora: "GaLore、APOLLO、BAdam はフル学習の方法です。LoRA とは併用できません。",
  one_saver: "GaLore、APOLLO、BAdam は同時に 1 つしか使えません。",
  quantized_method: "量子化したモデルは LoRA または OFT でしか学習できません。",
  quantized_vocabulary: "量子化したモデルの埋め込みはサイズを変更できません。",
  quantized_new_adapter:
    "量子化したモデルには既存のアダプターを取り込めないため、その上に新しいアダプターを作れません。",
  quantized_adapters: "量子化したモデルに使えるアダプターは 1 つだけです。先にマージしてください。",
  quantized_pissa: "PiSSA はモデル自体の重みを変えるため、量子化できません。",
  pissa_stage: "PiSSA は PPO と KTO が比較に使うモデルを変えてしまいます。通常の LoRA を使ってください。",
  pissa_zero3: "PiSSA には重み全体が必要ですが、DeepSpeed ZeRO-3 ではどの GPU にもありません。",
  zero3_pure_bf16: "pure_bf16 は DeepSpeed ZeRO-3 と併用できません。bf16 は使えます。",
  zero3_unsloth: "unsloth は DeepSpeed ZeRO-3 と併用できません。",
  deepspeed_projection: "GaLore と APOLLO は DeepSpeed と併用できません。",
  layerwise_distributed: "層ごとの更新は GPU 1 枚でのみ動作します。",
  layerwise_accumulation: "層ごとの更新では、累積する勾配が残りません。",
  badam_distributed: "複数の GPU では、BAdam は層単位で、DeepSpeed ZeRO-3 を使う場合にのみ動作します。",
  two_validations: "検証データセットと検証セットサイズは、どちらか一方だけを指定してください。",
  nothing_to_validate:
    "検証するデータがありません。検証セットサイズまたは検証データセットを設定してください。",
  nothing_to_evaluate:
    "検証するデータがありません。検証セットサイズまたは検証データセットを設定してください。",
  best_needs_evaluation: "最良のモデルは検証で判断します。検証の頻度を設定してください。",
  best_needs_saves:
    "最良のモデルで終えるには、保存と検証の単位を、どちらもステップかエポックに揃えてください。",
  best_between_saves:
    "最良のモデルで終えるには、保存のたびに検証が必要です。保存間隔を検証間隔の整数倍にしてください。",
  stopping_needs_evaluation: "早期終了には検証が必要です。検証の頻度を設定してください。",
  shares_need_mixing: "混合比率は交互に混ぜる場合だけ有効です。混合方法を interleave_under にしてください。",
  shares_of_datasets: "混合比率は、データセットごとに 1 つずつ指定してください。",
  streaming_steps: "ストリーミングでは長さが分かりません。最大ステップ数を設定してください。",
  streaming_tokenized: "ストリーミングでは読みながらトークン化するため、準備済みデータとは併用できません。",
  streaming_share: "ストリーミングでは長さが分からないため、検証セットサイズは行数で指定してください。",
  streaming_lengths: "ストリーミングでは読むまで長さが分からないため、長さでまとめることができません。",
  each_dataset: "データセットごとの検証には検証データセットが必要です。取り分けた行は 1 つのまとまりです。",
  streaming_samples: "最大サンプル数はストリーミングと併用できません。",
  nothing_to_predict:
    "予測するデータがありません。検証データセットまたは検証セットサイズを設定してください。",
  predict_generates: "予測には生成による予測 (predict_with_generate) が必要です。",
};
export default ja;
