/** Names (LLaMA Board's words where it has the control) and explanations (ours) of the settings that lie folded. */
export default {
  quantization_bit: {
    label: "Quantization bit",
    explain:
      "Holds the frozen base in this many bits to save memory. Training on it is QLoRA; only adapters can be trained.",
  },
  quantization_method: {
    label: "Quantization method",
    explain:
      "Which library packs the weights. bnb works at once; gptq, awq and the like are for models that come packed.",
  },
  quantization_type: {
    label: "Quantization type",
    explain: "The grid of 4-bit values: nf4 is spaced as weights usually lie, fp4 is plain.",
  },
  double_quantization: {
    label: "Double quantization",
    explain: "Packs the scales of the packed weights too. Saves a little more memory.",
  },
  rope_scaling: {
    label: "RoPE scaling",
    explain: "Stretches positions, so that the model reads longer texts than it was made for.",
  },
  booster: {
    label: "Booster",
    explain: "Faster attention or kernels on a GPU. auto takes what is installed.",
  },
  hub_name: {
    label: "Hub name",
    explain: "Where a model or dataset is fetched from when it is named by its id.",
  },
  model_revision: { label: "Model revision", explain: "Branch, tag or commit of the model on its hub." },
  cache_dir: {
    label: "Cache dir",
    explain: "Where downloads and prepared data are kept. Empty means the usual place.",
  },
  hf_hub_token: {
    label: "Hugging Face token",
    explain: "For models that ask for a login. It is not shared and not kept in saved settings.",
  },
  trust_remote_code: {
    label: "Trust remote code",
    explain:
      "Lets LLaMA-Factory run Python out of the model's folder. Off unless you turn it on; LLaMA Board always has it on. Only for folders that you trust. The embedded engine never runs such code.",
  },
  disable_gradient_checkpointing: {
    label: "No gradient checkpointing",
    explain: "Keeps all activations in place of computing them twice. Faster, and much more memory.",
  },
  upcast_layernorm: {
    label: "Upcast layer norms",
    explain: "Computes the norms in 32 bits, for steadier training in half precision.",
  },
  shift_attn: {
    label: "Shifted attention",
    explain: "LongLoRA's attention over shifted windows, for long texts.",
  },
  mixture_of_depths: {
    label: "Mixture of depths",
    explain: "Lets tokens skip layers: convert makes such a model, load reads one.",
  },
  moe_aux_loss_coef: {
    label: "Expert balance",
    explain: "In models with experts: how much an even use of them counts in the loss.",
  },
  train_from_scratch: {
    label: "Train from scratch",
    explain: "Takes the model's shape and begins with random weights.",
  },
  neftune_noise_alpha: {
    label: "NEFTune alpha",
    explain:
      "Noise on the embeddings while training, which can make answers fuller. 5 is usual; empty adds none.",
  },
  resize_vocab: {
    label: "Resize token embeddings",
    explain: "Makes room in the embeddings for tokens that are new in the tokenizer.",
  },
  add_tokens: {
    label: "New tokens",
    explain: "Tokens to add to the tokenizer, with commas between. Needs resized embeddings.",
  },
  add_special_tokens: {
    label: "New special tokens",
    explain: "The same for special tokens, which are never split.",
  },
  use_llama_pro: {
    label: "Enable LLaMA Pro",
    explain: "Trains only the blocks that were put into an expanded model.",
  },
  report_to: {
    label: "Enable external logger",
    explain:
      "Services that get the numbers too: wandb, mlflow, neptune, tensorboard, trackio, all or none. The charts here need none.",
  },
  run_name: { label: "Name for the logger", explain: "What the run is called there." },
  project: { label: "Trackio project", explain: "The project that Trackio collects the run in." },
  trackio_space_id: {
    label: "Trackio Space ID",
    explain: "The Hugging Face Space that shows it; empty keeps it on this machine.",
  },
  hub_private_repo: {
    label: "Private repository",
    explain: "Whether what is pushed to the hub is private. auto is the organisation's habit.",
  },
  freeze_trainable_layers: {
    label: "Trainable layers",
    explain: "How many of the last layers are trained; a negative number means the first ones.",
  },
  freeze_trainable_modules: {
    label: "Trainable modules",
    explain: "Which parts of those layers: all, or names with commas between, such as mlp,self_attn.",
  },
  freeze_extra_modules: {
    label: "Extra modules (optional)",
    explain: "Parts outside the layers that are trained too, such as embed_tokens,norm.",
  },
  loraplus_lr_ratio: {
    label: "LoRA+ LR ratio",
    explain: "How many times faster matrix B learns than A. 16 is usual; empty learns both alike.",
  },
  loraplus_lr_embedding: {
    label: "LoRA+ embedding rate",
    explain: "The learning rate of LoRA matrices on embeddings, with LoRA+.",
  },
  use_dora: {
    label: "Use DoRA",
    explain: "Learns length and direction of the weights apart. Often better at low rank, slower.",
  },
  pissa_init: {
    label: "Use PiSSA",
    explain:
      "Starts from the strongest directions of the weights in place of zero, and learns faster at first.",
  },
  pissa_iter: {
    label: "PiSSA iterations",
    explain: "How carefully those directions are found; −1 finds them exactly.",
  },
  pissa_convert: {
    label: "Convert PiSSA",
    explain: "Also writes the finished adapter as a plain LoRA that fits the untouched model.",
  },
  additional_target: {
    label: "Additional modules (optional)",
    explain: "Parts that are trained whole and saved with the adapter, such as embed_tokens,lm_head.",
  },
  oft_rank: {
    label: "OFT rank",
    explain: "Into how many blocks each rotation is cut; 0 lets the block size decide.",
  },
  oft_block_size: {
    label: "OFT block size",
    explain: "How long a block is. Larger can rotate more and costs more.",
  },
  oft_target: {
    label: "OFT modules",
    explain: "Which layers are rotated: all, or names with commas between.",
  },
  module_dropout: {
    label: "Module dropout",
    explain: "The share of blocks left unrotated at random at each step.",
  },
  reward_model: {
    label: "Reward model",
    explain: "What marks the answers: the folder of a run with the Reward stage.",
  },
  reward_model_type: {
    label: "Reward model type",
    explain: "Whether it is an adapter on this same model (lora), a whole model (full), or a service (api).",
  },
  pref_bco_weight: {
    label: "BCO weight",
    explain: "How much BCO's loss, which judges each answer alone, counts beside the chosen one.",
  },
  ld_alpha: {
    label: "LD-DPO alpha",
    explain:
      "What the tokens count for by which one answer is longer than the other. Less than 1 curbs long-windedness.",
  },
  ref_model: {
    label: "Reference model",
    explain: "The model that training stays close to. Empty means the one that it begins from.",
  },
  ref_model_adapters: {
    label: "Reference adapters",
    explain: "Adapters on the reference model, with commas between.",
  },
  ref_model_quantization_bit: {
    label: "Reference quantization",
    explain: "Holds the reference model in this many bits.",
  },
  reward_model_adapters: {
    label: "Reward adapters",
    explain: "Adapters on the reward model, with commas between.",
  },
  reward_model_quantization_bit: {
    label: "Reward quantization",
    explain: "Holds the reward model in this many bits.",
  },
  ppo_score_norm: {
    label: "Score norm",
    explain: "Scales the marks by how much they have scattered so far.",
  },
  ppo_whiten_rewards: {
    label: "Whiten rewards",
    explain: "Evens the marks out within each step before they count.",
  },
  ppo_buffer_size: {
    label: "PPO buffer size",
    explain: "Batches of answers that are gathered before each round of learning.",
  },
  ppo_epochs: { label: "PPO epochs", explain: "How often each round learns from its answers." },
  ppo_target: {
    label: "PPO target KL",
    explain: "How far answers may stray from the reference before straying costs more.",
  },
  freeze_vision_tower: { label: "Freeze vision tower", explain: "Leaves the part that sees as it is." },
  freeze_multi_modal_projector: {
    label: "Freeze multi-modal projector",
    explain: "Leaves the bridge from pictures to words as it is.",
  },
  freeze_language_model: { label: "Freeze language model", explain: "Leaves the part that speaks as it is." },
  image_max_pixels: {
    label: "Image max pixels",
    explain: "Larger pictures are made smaller. May be written as 768*768.",
  },
  image_min_pixels: {
    label: "Image min pixels",
    explain: "Smaller pictures are made larger. May be written as 32*32.",
  },
  video_max_pixels: { label: "Video max pixels", explain: "The same for each frame of a video." },
  video_min_pixels: { label: "Video min pixels", explain: "The same for each frame of a video." },
  video_fps: { label: "Video frames per second", explain: "How many frames of each second are looked at." },
  video_maxlen: { label: "Video max frames", explain: "At most so many frames of one video." },
  audio_sampling_rate: {
    label: "Audio sampling rate",
    explain: "Sound is brought to this many samples a second.",
  },
  media_dir: {
    label: "Media dir",
    explain: "The folder of pictures, videos and sounds. Empty means the data folder.",
  },
  use_galore: {
    label: "Use GaLore",
    explain:
      "Full training whose optimizer works on small projections of the gradients, and so needs far less memory.",
  },
  galore_rank: { label: "GaLore rank", explain: "The width of the projections." },
  galore_update_interval: {
    label: "Update interval",
    explain: "The projections are found anew every so many steps.",
  },
  galore_scale: { label: "GaLore scale", explain: "How strongly the projected steps count." },
  galore_target: { label: "GaLore modules", explain: "Which layers: all, or names with commas between." },
  galore_proj_type: {
    label: "GaLore projection",
    explain: "From which side gradients are projected. std takes the shorter one.",
  },
  galore_layerwise: {
    label: "GaLore layer by layer",
    explain: "Updates each layer as soon as its gradient is there. Least memory; one GPU, no accumulation.",
  },
  use_apollo: {
    label: "Use APOLLO",
    explain:
      "Full training with AdamW's habits from random projections: nearly the memory of plain gradient descent.",
  },
  apollo_rank: { label: "APOLLO rank", explain: "The width of the projections." },
  apollo_update_interval: {
    label: "Update interval",
    explain: "The projections are drawn anew every so many steps.",
  },
  apollo_scale: { label: "APOLLO scale", explain: "How strongly the scaled steps count." },
  apollo_target: { label: "APOLLO modules", explain: "Which layers: all, or names with commas between." },
  apollo_proj: { label: "APOLLO projection", explain: "random is cheap; svd follows the gradients." },
  apollo_proj_type: {
    label: "APOLLO side",
    explain: "From which side gradients are projected. std takes the shorter one.",
  },
  apollo_scale_type: {
    label: "APOLLO scaling",
    explain: "A factor per channel, or one for the whole matrix (for APOLLO-Mini).",
  },
  apollo_layerwise: {
    label: "APOLLO layer by layer",
    explain: "Updates each layer as soon as its gradient is there. One GPU, no accumulation.",
  },
  apollo_scale_front: {
    label: "APOLLO norm first",
    explain: "Limits growth of the gradient before it is scaled, not after.",
  },
  use_badam: {
    label: "Use BAdam",
    explain: "Full training of one block at a time, which takes the memory of that block only.",
  },
  badam_mode: {
    label: "BAdam mode",
    explain: "Whole layers in turn (layer), or a share of every weight matrix (ratio).",
  },
  badam_switch_mode: { label: "Switch mode", explain: "In which order blocks take their turn." },
  badam_switch_interval: { label: "Switch interval", explain: "Steps before the next block takes its turn." },
  badam_start_block: {
    label: "First block",
    explain: "The block that begins; empty leaves it to the order.",
  },
  badam_update_ratio: { label: "Update ratio", explain: "The share of each matrix that is trained." },
  badam_mask_mode: {
    label: "BAdam mask",
    explain: "Whether that share lies together (adjacent) or is scattered.",
  },
  use_swanlab: { label: "Use SwanLab", explain: "Sends the numbers to SwanLab as well." },
  swanlab_project: { label: "SwanLab project", explain: "The project that collects the run there." },
  swanlab_run_name: { label: "SwanLab experiment name (optional)", explain: "What the run is called there." },
  swanlab_workspace: { label: "SwanLab workspace (optional)", explain: "The team whose project it is." },
  swanlab_api_key: {
    label: "SwanLab API key (optional)",
    explain: "Your key for it. It is not shared and not kept in saved settings.",
  },
  swanlab_mode: {
    label: "SwanLab mode",
    explain: "cloud sends it to their server, local keeps it on this machine.",
  },
  swanlab_logdir: { label: "SwanLab log directory", explain: "Where SwanLab keeps its files." },
  optim_args: {
    label: "Optimizer arguments",
    explain: "Further arguments of the optimizer as name=value with commas between.",
  },
  lr_scheduler_kwargs: {
    label: "Scheduler arguments",
    explain: "Further arguments of the scheduler, such as num_cycles: 2.",
  },
  use_muon: {
    label: "Use Muon",
    explain: "An optimizer that makes the steps of each matrix even in all directions.",
  },
  use_adam_mini: {
    label: "Use Adam-mini",
    explain: "AdamW with one step size per block in place of one per weight. Half the optimizer's memory.",
  },
  use_dft_loss: {
    label: "DFT loss",
    explain: "Each token counts as much as the model already believes in it, so that odd tokens pull less.",
  },
  use_asft_loss: {
    label: "ASFT loss",
    explain: "The DFT loss, held close to the model that training began from.",
  },
  asft_alpha: { label: "ASFT alpha", explain: "How closely it is held." },
  label_smoothing_factor: {
    label: "Label smoothing",
    explain: "Share of every label's weight that goes to the whole vocabulary; 0.1 is usual.",
  },
  use_eaft_loss: { label: "EAFT loss", explain: "Tokens count less where the model is already sure." },
  eaft_alpha: { label: "EAFT alpha", explain: "How much less." },
  tool_format: {
    label: "Tool format",
    explain: "How tools are described to the model; empty takes the template's own way.",
  },
  mix_strategy: {
    label: "Mix strategy",
    explain:
      "Several datasets one after the other (concat), or in turn until the shortest, the longest, or each once is used up.",
  },
  interleave_probs: {
    label: "Mix shares",
    explain: "How often each dataset is drawn from, with commas between, such as 0.7,0.3.",
  },
  streaming: {
    label: "Stream the data",
    explain:
      "Reads rows while training in place of before it, for files larger than memory. Needs max steps.",
  },
  buffer_size: {
    label: "Stream buffer",
    explain: "Rows that are held to draw the next one from. More mixes better.",
  },
  tokenized_path: {
    label: "Prepared data",
    explain: "A folder for tokenised rows: written where it is empty, else read in place of the datasets.",
  },
  overwrite_cache: {
    label: "Prepare again",
    explain: "Does not use rows that an earlier run has tokenised.",
  },
  preprocessing_num_workers: { label: "Preparing workers", explain: "Processes that tokenise side by side." },
  preprocessing_batch_size: {
    label: "Preparing batch",
    explain: "Rows that are tokenised together; packing stays within them.",
  },
  dataloader_num_workers: {
    label: "Loading workers",
    explain: "Processes that put batches together; 0 does it in the trainer.",
  },
  dataloader_drop_last: {
    label: "Drop last batch",
    explain: "Leaves out rows at the end of an epoch that do not fill a batch.",
  },
  eval_strategy: {
    label: "Validate",
    explain:
      "When to validate: auto does it at every save once there is something to validate on; or never, every so many steps, every epoch.",
  },
  eval_steps: {
    label: "Validation steps",
    explain: "Validates every so many steps. Empty means at every save.",
  },
  eval_delay: {
    label: "First validation after",
    explain: "Waits for so many steps or epochs before the first one.",
  },
  eval_on_start: { label: "Validate at the start", explain: "Measures the untrained model first." },
  eval_on_each_dataset: {
    label: "Validate each dataset",
    explain: "A validation loss of its own for each validation dataset.",
  },
  compute_accuracy: {
    label: "Token accuracy",
    explain: "At validation: the share of tokens that the model would have chosen itself.",
  },
  metric_for_best_model: {
    label: "Best by",
    explain: "The number that tells which checkpoint is best. Empty means the validation loss.",
  },
  greater_is_better: {
    label: "Greater is better",
    explain: "Whether a larger number is the better one. auto knows it for losses.",
  },
  save_strategy: {
    label: "Save",
    explain: "When checkpoints are written: every so many steps, every epoch, at each new best, or never.",
  },
  resume_from_checkpoint: {
    label: "Resume from",
    explain: "A checkpoint folder to go on from, with its step and optimizer.",
  },
  overwrite_output_dir: {
    label: "Overwrite the folder",
    explain: "Begins anew in a folder that already holds a run.",
  },
  logging_strategy: {
    label: "Log",
    explain: "When a point is drawn: every so many steps, every epoch, or never.",
  },
  plot_loss: { label: "Save loss plot", explain: "Also leaves a picture of the loss in the run's folder." },
  sample_prompts: {
    label: "Sample prompts",
    explain:
      "Questions that the model answers at every checkpoint, one per line, or the path of a .json or .jsonl file. You can watch the answers change.",
  },
  sample_max_new_tokens: { label: "Length of samples", explain: "At most so many tokens per sample answer." },
  push_to_hub: { label: "Push to hub", explain: "Uploads checkpoints to Hugging Face." },
  hub_model_id: { label: "HF Hub ID (optional)", explain: "The name of the repository there." },
  max_new_tokens: {
    label: "Maximum new tokens",
    explain: "The longest answer that is drawn while training.",
  },
  temperature: { label: "Temperature", explain: "How adventurous the drawn answers are." },
  top_p: { label: "Top-p", explain: "Draws only from the likeliest tokens that together reach this share." },
  top_k: { label: "Top-k", explain: "Draws only from this many of the likeliest tokens; 0 from all." },
  repetition_penalty: {
    label: "Repetition penalty",
    explain: "More than 1 makes tokens less likely that came before.",
  },
  ds_stage: {
    label: "DeepSpeed stage",
    explain: "Shares the training state among GPUs: 2 shares optimizer and gradients, 3 the weights too.",
  },
  ds_offload: {
    label: "Enable offload",
    explain: "Moves what is shared into the computer's own memory. Slower, and fits larger models.",
  },
  fsdp: { label: "FSDP", explain: "PyTorch's own way to share the weights, such as full_shard auto_wrap." },
  use_cpu: { label: "Use CPU", explain: "Trains on the processor even where there is a GPU." },
  CUDA_VISIBLE_DEVICES: {
    label: "Devices",
    explain: "The GPUs to use, by number with commas between, such as 0,1. Empty means all.",
  },
  NPROC_PER_NODE: { label: "Processes per machine", explain: "One per GPU where empty." },
  FORCE_TORCHRUN: {
    label: "Force torchrun",
    explain: "Starts through torchrun even with one GPU, as DeepSpeed wants.",
  },
  NNODES: { label: "Machines", explain: "How many machines train together." },
  NODE_RANK: { label: "Number of this machine", explain: "0 for the first one." },
  MASTER_ADDR: { label: "Address of the first", explain: "Where the machines meet." },
  MASTER_PORT: { label: "Port of the first", explain: "Empty takes a free one." },
  MAX_RESTARTS: { label: "Restarts", explain: "How often torchrun may begin again after a failure." },
  USE_RAY: { label: "Use Ray", explain: "Lets a Ray cluster start the workers." },
  ray_num_workers: { label: "Ray workers", explain: "How many." },
  ddp_timeout: {
    label: "Patience in seconds",
    explain: "How long processes wait for each other before they give up.",
  },
};
