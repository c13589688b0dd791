/** What LLaMA-Factory's rules about several arguments say, in Russian. The English words stand with the rules. */
import type { RuleCode } from "@/server/contract/argument-combinations";

const ru: Record<RuleCode, string> = {
  nothing_to_do: "Делать нечего: не задано ни do_train, ни do_eval, ни do_predict.",
  no_dataset: "Выберите набор данных для обучения.",
  prompt_and_history: "train_on_prompt и mask_history противоречат друг другу; выберите что-то одно.",
  train_on_prompt_sft: "train_on_prompt действует только при обучении с учителем (этап sft).",
  mask_history_sft: "mask_history действует только при обучении с учителем (этап sft).",
  neat_packing_sft: "neat_packing действует только при обучении с учителем (этап sft).",
  predict_with_generate_sft: "predict_with_generate действует только при обучении с учителем (этап sft).",
  ppo_reward_model:
    "Для PPO нужна модель вознаграждения: укажите в reward_model запуск с этапом «Вознаграждение».",
  ppo_reward_lora:
    "Если модель вознаграждения является адаптером, метод дообучения должен быть LoRA: основа у них общая.",
  ppo_evaluation: "Для PPO проверять нечего: на каждом шаге ответы новые.",
  ppo_loggers: "PPO отправляет показатели только в wandb, tensorboard или trackio.",
  ppo_shift_attn: "PPO нельзя использовать со сдвинутым вниманием (shift_attn).",
  ppo_unsloth: "PPO нельзя использовать с unsloth.",
  value_head_best:
    "На этапах вознаграждения и PPO нельзя закончить лучшей моделью: в контрольной точке нет value head.",
  eaft_loss: "Функция потерь может быть только одна: EAFT исключает DFT.",
  asft_loss: "Функция потерь может быть только одна: ASFT исключает DFT и EAFT.",
  smoothed_loss: "Функция потерь может быть только одна: DFT, ASFT и EAFT исключают сглаживание меток.",
  label_smoothing: "Сглаживание меток действует только с потерями sigmoid.",
  bco_reference: "BCO сравнивает с опорной моделью, а у orpo и simpo её нет.",
  adapter_method: "Продолжить обучение адаптера можно только методом LoRA или OFT.",
  use_rslora_lora: "rslora действует только с LoRA.",
  use_dora_lora: "DoRA действует только с LoRA.",
  pissa_init_lora: "PiSSA действует только с LoRA.",
  loraplus_lr_ratio_lora: "LoRA+ действует только с LoRA.",
  oft_both_sizes:
    "oft_rank задаёт число блоков OFT, а oft_block_size их длину: укажите что-то одно, а второе сделайте 0.",
  oft_no_size: "Для OFT нужен oft_block_size или oft_rank больше 0.",
  scratch_full:
    "Обучение с нуля требует полного метода (full): случайные веса, которые не сохраняются, бесполезны.",
  llama_pro_full: "LLaMA Pro действует только с методами Freeze и LoRA.",
  savers_with_lora: "GaLore, APOLLO и BAdam относятся к полному обучению; с LoRA их использовать нельзя.",
  one_saver: "Из GaLore, APOLLO и BAdam можно использовать только один.",
  quantized_method: "Квантованную модель можно обучать только методом LoRA или OFT.",
  quantized_vocabulary: "У квантованной модели нельзя менять размер эмбеддингов.",
  quantized_new_adapter:
    "Квантованная модель не может принять прежний адаптер, поэтому новый поверх него создать нельзя.",
  quantized_adapters: "Квантованная модель принимает только один адаптер. Сначала слейте их.",
  quantized_pissa: "PiSSA меняет веса самой модели, поэтому квантовать их нельзя.",
  pissa_stage: "PiSSA меняет модель, с которой сравнивают PPO и KTO; используйте там обычную LoRA.",
  pissa_zero3: "Для PiSSA нужны целые веса, а при DeepSpeed ZeRO-3 их нет ни на одном GPU.",
  zero3_pure_bf16: "pure_bf16 нельзя использовать с DeepSpeed ZeRO-3; bf16 можно.",
  zero3_unsloth: "unsloth нельзя использовать с DeepSpeed ZeRO-3.",
  deepspeed_projection: "GaLore и APOLLO нельзя использовать с DeepSpeed.",
  layerwise_distributed: "Послойное обновление работает только на одном GPU.",
  layerwise_accumulation: "При послойном обновлении не остаётся градиентов для накопления.",
  badam_distributed: "На нескольких GPU BAdam работает только послойно и только с DeepSpeed ZeRO-3.",
  two_validations: "Укажите либо eval_dataset, либо val_size, но не оба.",
  nothing_to_validate: "Проверять не на чем: задайте val_size или eval_dataset.",
  nothing_to_evaluate: "Проверять не на чем: задайте val_size или eval_dataset.",
  best_needs_evaluation: "Лучшую модель определяет валидация: задайте eval_strategy: steps или epoch.",
  best_needs_saves:
    "Чтобы закончить лучшей моделью, сохраняйте и проверяйте одновременно: и то и другое по шагам или по эпохам.",
  best_between_saves:
    "Чтобы закончить лучшей моделью, проверяйте при каждом сохранении: save_steps должно быть кратно eval_steps.",
  stopping_needs_evaluation: "Для ранней остановки нужна валидация: задайте eval_strategy: steps или epoch.",
  shares_need_mixing:
    "interleave_probs действует, только когда наборы чередуются: задайте mix_strategy: interleave_under.",
  shares_of_datasets: "В interleave_probs нужна доля для каждого набора данных.",
  streaming_steps: "Длина потоковых данных неизвестна: задайте max_steps.",
  streaming_tokenized:
    "Потоковые данные токенизируются при чтении: tokenized_path нельзя использовать со streaming.",
  streaming_share: "Длина потоковых данных неизвестна, поэтому val_size должен быть числом примеров.",
  streaming_lengths: "Потоковые примеры нельзя группировать по длине: до чтения она неизвестна.",
  each_dataset: "Для eval_on_each_dataset нужен eval_dataset: отложенная доля составляет один набор.",
  streaming_samples: "max_samples нельзя использовать со streaming.",
  nothing_to_predict: "Предсказывать не на чем: задайте eval_dataset или val_size.",
  predict_generates: "Для do_predict нужен predict_with_generate.",
};
export default ru;
