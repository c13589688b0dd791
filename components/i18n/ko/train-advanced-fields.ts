/** Names (LLaMA Board's words where it has the control) and explanations (ours) of the settings that lie folded. */
import type en from "../en/train-advanced-fields";

const ko: typeof en = {
  quantization_bit: {
    label: "양자화 비트",
    explain:
      "메모리를 아끼려고 고정된 베이스를 이 비트 수로 보관합니다. 그 위의 학습이 QLoRA이며, 어댑터만 학습할 수 있습니다.",
  },
  quantization_method: {
    label: "양자화 방법",
    explain:
      "가중치를 압축하는 라이브러리입니다. bnb는 바로 쓸 수 있고, gptq, awq 등은 이미 압축된 모델용입니다.",
  },
  quantization_type: {
    label: "양자화 유형",
    explain: "4비트 값의 간격입니다. nf4는 가중치의 일반적인 분포를 따르고, fp4는 단순합니다.",
  },
  double_quantization: {
    label: "이중 양자화",
    explain: "압축된 가중치의 스케일도 압축합니다. 메모리를 조금 더 아낍니다.",
  },
  rope_scaling: {
    label: "RoPE 스케일링",
    explain: "위치를 늘려 모델이 원래보다 긴 텍스트를 읽게 합니다.",
  },
  booster: {
    label: "부스터",
    explain: "GPU에서 더 빠른 어텐션이나 커널을 씁니다. auto는 설치된 것을 씁니다.",
  },
  hub_name: {
    label: "모델 다운로드 소스",
    explain: "모델이나 데이터셋을 ID로 지정했을 때 받아 오는 곳입니다.",
  },
  model_revision: { label: "모델 리비전", explain: "허브에 있는 모델의 브랜치, 태그 또는 커밋입니다." },
  cache_dir: {
    label: "캐시 디렉토리",
    explain: "다운로드와 준비된 데이터를 두는 곳입니다. 비워 두면 기본 위치를 씁니다.",
  },
  hf_hub_token: {
    label: "Hugging Face 토큰",
    explain: "로그인이 필요한 모델용입니다. 공유하지 않으며 저장된 설정에도 남기지 않습니다.",
  },
  trust_remote_code: {
    label: "원격 코드 신뢰",
    explain:
      "LLaMA-Factory가 모델 폴더의 Python 코드를 실행하도록 허용합니다. 켜기 전에는 꺼져 있으며, LLaMA Board에서는 항상 켜져 있습니다. 신뢰하는 폴더에만 쓰세요. 내장 엔진은 이런 코드를 실행하지 않습니다.",
  },
  disable_gradient_checkpointing: {
    label: "그레디언트 체크포인팅 끄기",
    explain: "활성값을 두 번 계산하지 않고 모두 보관합니다. 빠르지만 메모리가 훨씬 많이 듭니다.",
  },
  upcast_layernorm: {
    label: "레이어 노름 업캐스트",
    explain: "노름을 32비트로 계산해 반정밀도 학습을 안정시킵니다.",
  },
  shift_attn: {
    label: "시프트 어텐션",
    explain: "긴 텍스트를 위해 이동한 창에 어텐션을 적용하는 LongLoRA의 방식입니다.",
  },
  mixture_of_depths: {
    label: "Mixture of Depths",
    explain: "토큰이 레이어를 건너뛸 수 있게 합니다. convert는 그런 모델을 만들고 load는 읽습니다.",
  },
  moe_aux_loss_coef: {
    label: "전문가 균형",
    explain: "전문가(MoE) 모델에서 전문가를 고르게 쓰는 것이 손실에 반영되는 정도입니다.",
  },
  train_from_scratch: {
    label: "처음부터 학습",
    explain: "모델의 구조만 가져와 무작위 가중치로 시작합니다.",
  },
  neftune_noise_alpha: {
    label: "NEFTune 알파",
    explain:
      "학습 중 임베딩에 더하는 노이즈로, 답변이 풍부해질 수 있습니다. 보통 5이며, 비워 두면 더하지 않습니다.",
  },
  resize_vocab: {
    label: "토큰 임베딩의 사이즈 조정",
    explain: "토크나이저에 새로 생긴 토큰의 자리를 임베딩에 만듭니다.",
  },
  add_tokens: {
    label: "새 토큰",
    explain: "토크나이저에 추가할 토큰을 쉼표로 구분해 씁니다. 임베딩 사이즈 조정이 필요합니다.",
  },
  add_special_tokens: {
    label: "새 스페셜 토큰",
    explain: "절대 쪼개지지 않는 스페셜 토큰을 같은 방식으로 추가합니다.",
  },
  use_llama_pro: {
    label: "LLaMA Pro 사용",
    explain: "확장된 모델에 추가된 블록만 학습합니다.",
  },
  report_to: {
    label: "외부 logger 활성화",
    explain:
      "수치를 함께 받을 서비스: wandb, mlflow, neptune, tensorboard, trackio, all 또는 none. 여기의 그래프에는 필요 없습니다.",
  },
  run_name: { label: "logger에 쓸 이름", explain: "그 서비스에서 쓰는 실행 이름입니다." },
  project: { label: "Trackio 프로젝트", explain: "Trackio에서 실행을 모으는 프로젝트입니다." },
  trackio_space_id: {
    label: "Trackio Space ID",
    explain: "결과를 보여 줄 Hugging Face Space입니다. 비워 두면 이 컴퓨터에 둡니다.",
  },
  hub_private_repo: {
    label: "비공개 저장소",
    explain: "허브에 올리는 것을 비공개로 할지 정합니다. auto는 조직의 기본 설정을 따릅니다.",
  },
  freeze_trainable_layers: {
    label: "학습 가능한 레이어",
    explain: "마지막에서 몇 개의 레이어를 학습할지 정합니다. 음수면 처음부터 셉니다.",
  },
  freeze_trainable_modules: {
    label: "학습 가능한 모듈",
    explain: "그 레이어에서 학습할 부분: all 또는 mlp,self_attn처럼 쉼표로 구분한 이름.",
  },
  freeze_extra_modules: {
    label: "추가 모듈 (선택 사항)",
    explain: "레이어 밖에서 함께 학습할 부분입니다. 예: embed_tokens,norm.",
  },
  loraplus_lr_ratio: {
    label: "LoRA+ LR 비율",
    explain: "행렬 B가 A보다 몇 배 빨리 학습하는지 정합니다. 보통 16이며, 비워 두면 같습니다.",
  },
  loraplus_lr_embedding: {
    label: "LoRA+ 임베딩 학습률",
    explain: "LoRA+에서 임베딩의 LoRA 행렬에 쓰는 학습률입니다.",
  },
  use_dora: {
    label: "DoRA 사용",
    explain: "가중치의 크기와 방향을 따로 학습합니다. 낮은 랭크에서 대개 더 좋지만 느립니다.",
  },
  pissa_init: {
    label: "PiSSA 사용",
    explain: "0 대신 가중치의 가장 강한 방향에서 시작해 초반에 더 빨리 배웁니다.",
  },
  pissa_iter: {
    label: "PiSSA 반복 횟수",
    explain: "그 방향을 얼마나 정밀하게 찾을지 정합니다. −1이면 정확히 찾습니다.",
  },
  pissa_convert: {
    label: "PiSSA 변환",
    explain: "완성된 어댑터를 원래 모델에 맞는 일반 LoRA로도 저장합니다.",
  },
  additional_target: {
    label: "추가 모듈 (선택 사항)",
    explain: "전부 학습해 어댑터와 함께 저장할 부분입니다. 예: embed_tokens,lm_head.",
  },
  oft_rank: {
    label: "OFT 랭크",
    explain: "각 회전을 몇 개의 블록으로 나눌지 정합니다. 0이면 블록 크기를 따릅니다.",
  },
  oft_block_size: {
    label: "OFT 블록 크기",
    explain: "블록의 길이입니다. 크면 더 많이 회전할 수 있지만 비용도 커집니다.",
  },
  oft_target: {
    label: "OFT 모듈",
    explain: "회전할 레이어: all 또는 쉼표로 구분한 이름.",
  },
  module_dropout: {
    label: "모듈 드롭아웃",
    explain: "스텝마다 무작위로 회전하지 않고 두는 블록의 비율입니다.",
  },
  reward_model: {
    label: "리워드 모델",
    explain: "답변에 점수를 매기는 모델: 리워드 단계로 학습한 실행의 폴더.",
  },
  reward_model_type: {
    label: "리워드 모델 유형",
    explain: "같은 모델 위의 어댑터(lora), 전체 모델(full), 서비스(api) 중 하나입니다.",
  },
  pref_bco_weight: {
    label: "BCO 가중치",
    explain: "답변을 하나씩 평가하는 BCO 손실을 선택한 손실에 얼마나 더할지 정합니다.",
  },
  ld_alpha: {
    label: "LD-DPO 알파",
    explain: "한 답변이 다른 답변보다 긴 만큼의 토큰에 두는 비중입니다. 1보다 작으면 장황함을 줄입니다.",
  },
  ref_model: {
    label: "참조 모델",
    explain: "학습이 가깝게 머무를 모델입니다. 비워 두면 시작한 모델을 씁니다.",
  },
  ref_model_adapters: {
    label: "참조 모델 어댑터",
    explain: "참조 모델에 쓸 어댑터를 쉼표로 구분해 씁니다.",
  },
  ref_model_quantization_bit: {
    label: "참조 모델 양자화",
    explain: "참조 모델을 이 비트 수로 보관합니다.",
  },
  reward_model_adapters: {
    label: "리워드 모델 어댑터",
    explain: "리워드 모델에 쓸 어댑터를 쉼표로 구분해 씁니다.",
  },
  reward_model_quantization_bit: {
    label: "리워드 모델 양자화",
    explain: "리워드 모델을 이 비트 수로 보관합니다.",
  },
  ppo_score_norm: {
    label: "스코어 정규화",
    explain: "지금까지 점수가 흩어진 정도에 맞춰 점수의 크기를 조정합니다.",
  },
  ppo_whiten_rewards: {
    label: "보상 백화",
    explain: "점수를 쓰기 전에 스텝마다 고르게 맞춥니다.",
  },
  ppo_buffer_size: {
    label: "PPO 버퍼 크기",
    explain: "학습 라운드마다 먼저 모으는 답변 배치의 수입니다.",
  },
  ppo_epochs: { label: "PPO 에포크", explain: "라운드마다 답변에서 몇 번 학습할지 정합니다." },
  ppo_target: {
    label: "PPO 목표 KL",
    explain: "답변이 참조 모델에서 이만큼 벗어나면 벗어나는 비용이 커집니다.",
  },
  freeze_vision_tower: { label: "비전 타워 고정", explain: "보는 부분을 그대로 둡니다." },
  freeze_multi_modal_projector: {
    label: "멀티모달 프로젝터 고정",
    explain: "이미지와 단어를 잇는 부분을 그대로 둡니다.",
  },
  freeze_language_model: { label: "언어 모델 고정", explain: "말하는 부분을 그대로 둡니다." },
  image_max_pixels: {
    label: "이미지 최대 픽셀",
    explain: "더 큰 이미지는 줄입니다. 768*768처럼 쓸 수 있습니다.",
  },
  image_min_pixels: {
    label: "이미지 최소 픽셀",
    explain: "더 작은 이미지는 늘립니다. 32*32처럼 쓸 수 있습니다.",
  },
  video_max_pixels: { label: "비디오 최대 픽셀", explain: "비디오의 프레임마다 같은 방식으로 적용합니다." },
  video_min_pixels: { label: "비디오 최소 픽셀", explain: "비디오의 프레임마다 같은 방식으로 적용합니다." },
  video_fps: { label: "비디오 초당 프레임", explain: "1초에 몇 프레임을 볼지 정합니다." },
  video_maxlen: { label: "비디오 최대 프레임", explain: "비디오 하나에서 최대 이 개수의 프레임을 씁니다." },
  audio_sampling_rate: {
    label: "오디오 샘플링 레이트",
    explain: "소리를 초당 이 샘플 수로 변환합니다.",
  },
  media_dir: {
    label: "미디어 디렉토리",
    explain: "이미지, 비디오, 소리가 있는 폴더입니다. 비워 두면 데이터 폴더를 씁니다.",
  },
  use_galore: {
    label: "GaLore 사용",
    explain: "옵티마이저가 그레디언트의 작은 투영에서 동작해 메모리가 훨씬 적게 드는 전체 학습입니다.",
  },
  galore_rank: { label: "GaLore 랭크", explain: "투영의 폭입니다." },
  galore_update_interval: {
    label: "업데이트 간격",
    explain: "이 스텝 수마다 투영을 새로 구합니다.",
  },
  galore_scale: { label: "GaLore 스케일", explain: "투영된 스텝의 비중입니다." },
  galore_target: { label: "GaLore 모듈", explain: "적용할 레이어: all 또는 쉼표로 구분한 이름." },
  galore_proj_type: {
    label: "GaLore 투영",
    explain: "그레디언트를 어느 쪽에서 투영할지 정합니다. std는 더 짧은 쪽을 씁니다.",
  },
  galore_layerwise: {
    label: "GaLore 레이어별",
    explain:
      "그레디언트가 나오는 즉시 레이어를 업데이트합니다. 메모리가 가장 적게 들며, GPU 하나, 누적 없음.",
  },
  use_apollo: {
    label: "APOLLO 사용",
    explain: "무작위 투영으로 AdamW처럼 동작하는 전체 학습입니다. 메모리는 단순 경사 하강법과 비슷합니다.",
  },
  apollo_rank: { label: "APOLLO 랭크", explain: "투영의 폭입니다." },
  apollo_update_interval: {
    label: "업데이트 간격",
    explain: "이 스텝 수마다 투영을 새로 뽑습니다.",
  },
  apollo_scale: { label: "APOLLO 스케일", explain: "조정된 스텝의 비중입니다." },
  apollo_target: { label: "APOLLO 모듈", explain: "적용할 레이어: all 또는 쉼표로 구분한 이름." },
  apollo_proj: { label: "APOLLO 투영", explain: "random은 가볍고, svd는 그레디언트를 따릅니다." },
  apollo_proj_type: {
    label: "APOLLO 투영 방향",
    explain: "그레디언트를 어느 쪽에서 투영할지 정합니다. std는 더 짧은 쪽을 씁니다.",
  },
  apollo_scale_type: {
    label: "APOLLO 스케일 유형",
    explain: "채널마다 하나의 배율 또는 행렬 전체에 하나의 배율(APOLLO-Mini용).",
  },
  apollo_layerwise: {
    label: "APOLLO 레이어별",
    explain: "그레디언트가 나오는 즉시 레이어를 업데이트합니다. GPU 하나, 누적 없음.",
  },
  apollo_scale_front: {
    label: "APOLLO 노름 먼저",
    explain: "그레디언트의 증가를 스케일 조정 뒤가 아니라 앞에서 제한합니다.",
  },
  use_badam: {
    label: "BAdam 사용",
    explain: "한 번에 한 블록씩 하는 전체 학습으로, 그 블록만큼의 메모리만 씁니다.",
  },
  badam_mode: {
    label: "BAdam 모드",
    explain: "레이어 전체를 차례로(layer) 또는 모든 가중치 행렬의 일부를(ratio) 학습합니다.",
  },
  badam_switch_mode: { label: "스위치 모드", explain: "블록의 차례를 정하는 순서입니다." },
  badam_switch_interval: { label: "전환 간격", explain: "다음 블록으로 넘어가기까지의 스텝 수입니다." },
  badam_start_block: {
    label: "첫 블록",
    explain: "시작할 블록입니다. 비워 두면 순서를 따릅니다.",
  },
  badam_update_ratio: { label: "업데이트 비율", explain: "각 행렬에서 학습하는 비율입니다." },
  badam_mask_mode: {
    label: "BAdam 마스크",
    explain: "그 부분이 모여 있는지(adjacent) 흩어져 있는지 정합니다.",
  },
  use_swanlab: { label: "SwanLab 사용", explain: "수치를 SwanLab에도 보냅니다." },
  swanlab_project: { label: "SwanLab 프로젝트", explain: "SwanLab에서 실행을 모으는 프로젝트입니다." },
  swanlab_run_name: { label: "SwanLab 실험 이름 (선택 사항)", explain: "SwanLab에서 쓰는 실행 이름입니다." },
  swanlab_workspace: { label: "SwanLab 작업 영역 (선택 사항)", explain: "프로젝트를 소유한 팀입니다." },
  swanlab_api_key: {
    label: "SwanLab API 키 (선택 사항)",
    explain: "SwanLab에 쓰는 키입니다. 공유하지 않으며 저장된 설정에도 남기지 않습니다.",
  },
  swanlab_mode: {
    label: "SwanLab 모드",
    explain: "cloud는 SwanLab 서버로 보내고, local은 이 컴퓨터에 둡니다.",
  },
  swanlab_logdir: { label: "SwanLab 로그 디렉토리", explain: "SwanLab이 파일을 두는 곳입니다." },
  optim_args: {
    label: "옵티마이저 인수",
    explain: "옵티마이저의 추가 인수를 name=value 형식으로 쉼표로 구분해 씁니다.",
  },
  lr_scheduler_kwargs: {
    label: "스케줄러 인수",
    explain: "스케줄러의 추가 인수입니다. 예: num_cycles: 2.",
  },
  use_muon: {
    label: "Muon 사용",
    explain: "각 행렬의 스텝을 모든 방향으로 고르게 만드는 옵티마이저입니다.",
  },
  use_adam_mini: {
    label: "Adam-mini 사용",
    explain:
      "가중치마다가 아니라 블록마다 하나의 스텝 크기를 쓰는 AdamW입니다. 옵티마이저 메모리가 절반입니다.",
  },
  use_dft_loss: {
    label: "DFT 손실",
    explain: "토큰마다 모델이 이미 믿는 만큼만 반영해, 특이한 토큰의 영향을 줄입니다.",
  },
  use_asft_loss: {
    label: "ASFT 손실",
    explain: "학습을 시작한 모델에서 멀어지지 않게 한 DFT 손실입니다.",
  },
  asft_alpha: { label: "ASFT 알파", explain: "시작 모델에 얼마나 가깝게 묶을지 정합니다." },
  label_smoothing_factor: {
    label: "레이블 스무딩",
    explain: "각 레이블 가중치 중 전체 어휘에 나눠 주는 비율입니다. 보통 0.1을 씁니다.",
  },
  use_eaft_loss: { label: "EAFT 손실", explain: "모델이 이미 확신하는 토큰은 덜 반영합니다." },
  eaft_alpha: { label: "EAFT 알파", explain: "얼마나 덜 반영할지 정합니다." },
  tool_format: {
    label: "도구 형식",
    explain: "모델에 도구를 설명하는 방식입니다. 비워 두면 템플릿의 방식을 씁니다.",
  },
  mix_strategy: {
    label: "혼합 방식",
    explain:
      "여러 데이터셋을 차례로 잇거나(concat), 가장 짧은 것이나 가장 긴 것이 끝날 때까지 또는 각각을 한 번씩 다 쓸 때까지 번갈아 씁니다.",
  },
  interleave_probs: {
    label: "혼합 비율",
    explain: "데이터셋마다 뽑는 비율을 쉼표로 구분해 씁니다. 예: 0.7,0.3.",
  },
  streaming: {
    label: "데이터 스트리밍",
    explain: "미리 읽지 않고 학습하면서 행을 읽습니다. 메모리보다 큰 파일용이며, 최대 스텝이 필요합니다.",
  },
  buffer_size: {
    label: "스트리밍 버퍼",
    explain: "다음 행을 뽑으려고 들고 있는 행의 수입니다. 많을수록 잘 섞입니다.",
  },
  tokenized_path: {
    label: "준비된 데이터",
    explain: "토큰화된 행의 폴더입니다. 비어 있으면 여기에 쓰고, 아니면 데이터셋 대신 읽습니다.",
  },
  overwrite_cache: {
    label: "다시 준비",
    explain: "이전 실행이 토큰화한 행을 쓰지 않습니다.",
  },
  preprocessing_num_workers: { label: "전처리 워커", explain: "나란히 토큰화하는 프로세스의 수입니다." },
  preprocessing_batch_size: {
    label: "전처리 배치",
    explain: "함께 토큰화하는 행의 수입니다. 패킹은 이 안에서만 합니다.",
  },
  dataloader_num_workers: {
    label: "로딩 워커",
    explain: "배치를 만드는 프로세스의 수입니다. 0이면 학습 프로세스가 직접 만듭니다.",
  },
  dataloader_drop_last: {
    label: "마지막 배치 버리기",
    explain: "에포크 끝에서 배치를 채우지 못하는 행을 뺍니다.",
  },
  eval_strategy: {
    label: "검증",
    explain:
      "검증 시점: auto는 검증할 데이터가 있으면 저장할 때마다 하며, 하지 않기, 스텝마다, 에포크마다도 고를 수 있습니다.",
  },
  eval_steps: {
    label: "검증 스텝",
    explain: "이 스텝 수마다 검증합니다. 비워 두면 저장할 때마다 합니다.",
  },
  eval_delay: {
    label: "첫 검증까지 대기",
    explain: "첫 검증 전에 이만큼의 스텝 또는 에포크를 기다립니다.",
  },
  eval_on_start: { label: "시작할 때 검증", explain: "학습하지 않은 모델을 먼저 측정합니다." },
  eval_on_each_dataset: {
    label: "데이터셋별 검증",
    explain: "검증 데이터셋마다 검증 손실을 따로 냅니다.",
  },
  compute_accuracy: {
    label: "토큰 정확도",
    explain: "검증할 때 모델 스스로도 골랐을 토큰의 비율을 잽니다.",
  },
  metric_for_best_model: {
    label: "최고의 기준",
    explain: "어떤 체크포인트가 최고인지 정하는 수치입니다. 비워 두면 검증 손실을 씁니다.",
  },
  greater_is_better: {
    label: "클수록 좋음",
    explain: "수치가 클수록 좋은지 정합니다. auto는 손실이면 알아서 판단합니다.",
  },
  save_strategy: {
    label: "저장",
    explain: "체크포인트를 저장하는 시점: 스텝마다, 에포크마다, 최고 기록마다 또는 저장 안 함.",
  },
  resume_from_checkpoint: {
    label: "재개할 체크포인트",
    explain: "스텝과 옵티마이저까지 이어받을 체크포인트 폴더입니다.",
  },
  overwrite_output_dir: {
    label: "폴더 덮어쓰기",
    explain: "이미 실행이 있는 폴더에서 새로 시작합니다.",
  },
  logging_strategy: {
    label: "기록",
    explain: "점을 찍는 시점: 스텝마다, 에포크마다 또는 찍지 않음.",
  },
  plot_loss: { label: "손실 그래프 저장", explain: "실행 폴더에 손실 그림도 남깁니다." },
  sample_prompts: {
    label: "샘플 프롬프트",
    explain:
      "체크포인트마다 모델이 답할 질문을 한 줄에 하나씩 쓰거나 .json 또는 .jsonl 파일의 경로를 씁니다. 답변이 바뀌는 것을 볼 수 있습니다.",
  },
  sample_max_new_tokens: { label: "샘플 길이", explain: "샘플 답변 하나에 최대 이 토큰 수까지 씁니다." },
  push_to_hub: { label: "허브에 업로드", explain: "체크포인트를 Hugging Face에 올립니다." },
  hub_model_id: { label: "HF 허브 ID (선택 사항)", explain: "허브에 있는 저장소의 이름입니다." },
  max_new_tokens: {
    label: "응답의 최대 길이",
    explain: "학습 중에 뽑는 답변의 최대 토큰 수입니다.",
  },
  temperature: { label: "온도", explain: "뽑는 답변이 얼마나 다양할지 정합니다." },
  top_p: { label: "Top-p", explain: "누적 확률이 이 비율이 될 때까지의 상위 토큰에서만 뽑습니다." },
  top_k: {
    label: "Top-k",
    explain: "가능성이 높은 이 개수의 토큰에서만 뽑습니다. 0이면 모두에서 뽑습니다.",
  },
  repetition_penalty: {
    label: "반복 페널티",
    explain: "1보다 크면 앞에 나온 토큰이 덜 나오게 됩니다.",
  },
  ds_stage: {
    label: "DeepSpeed 단계",
    explain: "학습 상태를 GPU들이 나눠 가집니다. 2는 옵티마이저와 그레디언트를, 3은 가중치까지 나눕니다.",
  },
  ds_offload: {
    label: "오프로딩 활성화",
    explain: "나눈 상태를 컴퓨터 메모리로 옮깁니다. 느리지만 더 큰 모델이 들어갑니다.",
  },
  fsdp: { label: "FSDP", explain: "PyTorch의 가중치 분할 방식입니다. 예: full_shard auto_wrap." },
  use_cpu: { label: "CPU 사용", explain: "GPU가 있어도 CPU에서 학습합니다." },
  CUDA_VISIBLE_DEVICES: {
    label: "디바이스",
    explain: "사용할 GPU의 번호를 쉼표로 구분해 씁니다. 예: 0,1. 비워 두면 모두 씁니다.",
  },
  NPROC_PER_NODE: { label: "컴퓨터당 프로세스", explain: "비워 두면 GPU마다 하나입니다." },
  FORCE_TORCHRUN: {
    label: "torchrun 강제",
    explain: "GPU가 하나여도 DeepSpeed에 필요한 torchrun으로 시작합니다.",
  },
  NNODES: { label: "컴퓨터 수", explain: "함께 학습하는 컴퓨터의 수입니다." },
  NODE_RANK: { label: "이 컴퓨터의 번호", explain: "첫 번째 컴퓨터는 0입니다." },
  MASTER_ADDR: { label: "첫 컴퓨터의 주소", explain: "컴퓨터들이 만나는 곳입니다." },
  MASTER_PORT: { label: "첫 컴퓨터의 포트", explain: "비워 두면 빈 포트를 씁니다." },
  MAX_RESTARTS: { label: "재시작 횟수", explain: "실패 후 torchrun이 다시 시작할 수 있는 횟수입니다." },
  USE_RAY: { label: "Ray 사용", explain: "Ray 클러스터가 워커를 시작합니다." },
  ray_num_workers: { label: "Ray 워커", explain: "워커의 수입니다." },
  ddp_timeout: {
    label: "대기 시간(초)",
    explain: "프로세스가 서로를 기다리다 포기할 때까지의 시간입니다.",
  },
};
export default ko;
