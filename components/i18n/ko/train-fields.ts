/** Names (LLaMA Board's words) and explanations (ours) of every setting of the train form. */
import type en from "../en/train-fields";

const ko: typeof en = {
  template: {
    label: "채팅 템플릿",
    explain:
      "대화를 하나의 텍스트로 쓰는 방식, 곧 화자 사이의 표시입니다. 이미 대화할 수 있는 모델은 알고 있는 표시로 학습해야 합니다.",
  },
  adapter_name_or_path: {
    label: "시작 지점",
    explain: "모델에서 새 어댑터를 시작하는 대신 이전 실행의 어댑터를 이어서 학습합니다.",
  },
  val_size: {
    label: "검증 데이터셋 크기",
    explain:
      "학습에 쓰지 않고 남겨 두는 행입니다. 이 행의 손실로 모델이 내용을 배우는지 행을 외우는지 알 수 있습니다. 5 % 같은 비율 또는 행의 수를 씁니다.",
  },
  finetuning_type: {
    label: "파인튜닝 방법",
    explain: "모델의 어떤 값을 바꿀지 정합니다.",
  },
  stage: {
    label: "학습 단계",
    explain: "행이 가르치는 것: 답하기(지도 학습) 또는 일반 텍스트 이어 쓰기(사전 학습).",
  },
  lora_rank: {
    label: "LoRA 랭크",
    explain: "추가되는 행렬의 폭입니다. 크면 더 많이 배우고 파일도 커집니다. 보통 8~64입니다.",
  },
  lora_alpha: {
    label: "LoRA 알파",
    explain:
      "추가된 행렬의 영향력입니다. 출력에 알파 ÷ 랭크를 곱합니다. 보통 랭크의 두 배를 쓰며, 비워 두면 그 값입니다.",
  },
  lora_dropout: {
    label: "LoRA 드롭아웃",
    explain: "외우는 것을 막기 위해 스텝마다 추가된 행렬의 입력을 무작위로 0으로 만드는 비율입니다.",
  },
  lora_target: {
    label: "LoRA 모듈",
    explain:
      "행렬을 추가할 레이어입니다. “all”은 모든 선형 레이어이며, q_proj,v_proj처럼 쉼표로 이름을 나열할 수도 있습니다.",
  },
  create_new_adapter: {
    label: "새 어댑터 생성",
    explain: "시작할 어댑터가 있을 때, 먼저 모델에 병합하고 그 위에 새 어댑터를 학습합니다.",
  },
  use_rslora: {
    label: "rslora 사용",
    explain: "알파 ÷ 랭크 대신 알파 ÷ √랭크를 곱해 높은 랭크에서도 학습이 유지됩니다.",
  },
  pref_loss: {
    label: "손실 유형",
    explain:
      "더 나은 답변과 더 못한 답변을 비교하는 방식입니다. sigmoid는 논문의 DPO이고, orpo와 simpo는 참조 모델이 필요 없습니다.",
  },
  pref_beta: {
    label: "베타 값",
    explain: "모델이 시작 지점에 얼마나 가깝게 머무를지 정합니다. 작을수록 더 멀리 움직입니다.",
  },
  pref_ftx: {
    label: "Ftx 감마",
    explain: "더 나은 답변에 대한 일반 지도 학습을 얼마나 섞을지 정합니다.",
  },
  dpo_label_smoothing: {
    label: "레이블 스무딩",
    explain: "순서가 뒤바뀌었을 수 있는 쌍의 비율입니다. sigmoid 손실용입니다.",
  },
  simpo_gamma: {
    label: "SimPO 감마",
    explain: "더 나은 답변이 앞서야 하는 차이입니다. simpo 손실용입니다.",
  },
  kto_chosen_weight: {
    label: "좋은 답변의 가중치",
    explain: "좋음으로 표시된 답변의 비중입니다. 좋은 답변이 더 적으면 높이세요.",
  },
  kto_rejected_weight: {
    label: "나쁜 답변의 가중치",
    explain: "나쁨으로 표시된 답변의 비중입니다. 나쁜 답변이 더 적으면 높이세요.",
  },
  learning_rate: {
    label: "학습률",
    explain:
      "스텝마다 가중치를 움직이는 크기입니다. 너무 높으면 손실이 튀거나 발산하고, 너무 낮으면 변화가 없습니다. LoRA는 1e-4, 전체 학습은 1e-5 정도입니다.",
  },
  num_train_epochs: {
    label: "에포크",
    explain: "모든 행을 몇 번 보는지 정합니다.",
  },
  per_device_train_batch_size: {
    label: "배치 크기",
    explain: "동시에 계산하는 행의 수입니다. 크면 행당 속도가 빨라지고 메모리가 더 필요합니다.",
  },
  gradient_accumulation_steps: {
    label: "그레디언트 누적",
    explain:
      "가중치를 움직이기 전에 그레디언트를 더하는 배치 수입니다. 메모리를 더 쓰지 않고 스텝을 키웁니다.",
  },
  cutoff_len: {
    label: "컷오프 길이",
    explain: "더 긴 행은 이 토큰 수로 잘립니다. 길이에 따라 메모리와 시간이 늘어납니다.",
  },
  lr_scheduler_type: {
    label: "LR 스케줄러",
    explain: "학습률이 최고점에서 실행 끝까지 내려가는 방식입니다.",
  },
  warmup_steps: {
    label: "Warmup 스텝",
    explain: "학습률이 0에서 최고점까지 올라가는 스텝 수입니다. 초반을 안정시킵니다.",
  },
  save_steps: {
    label: "저장과 검증",
    explain:
      "이 스텝 수마다 체크포인트를 저장하고 검증 손실을 잽니다. 체크포인트에서 재개하거나 채팅할 수 있습니다.",
  },
  compute_type: {
    label: "연산 유형",
    explain:
      "연산에 쓰는 숫자 형식입니다. 내장 엔진은 항상 32비트로 계산하며, 16비트 유형은 GPU의 llamafactory 엔진용입니다.",
  },
  max_grad_norm: {
    label: "최대 그레디언트 노름",
    explain: "이보다 긴 그레디언트는 이 길이로 줄여, 이상한 배치 하나가 모델을 망치지 않게 합니다.",
  },
  seed: {
    label: "시드",
    explain: "난수의 시작점입니다. 시드와 설정이 같으면 같은 실행이 됩니다.",
  },
  max_samples: {
    label: "최대 샘플 수",
    explain: "데이터셋마다 앞에서부터 최대 이 개수의 행만 씁니다. 비워 두면 모두 씁니다.",
  },
  optim: {
    label: "옵티마이저",
    explain: "그레디언트를 스텝으로 바꾸는 규칙입니다. 특별한 이유가 없으면 AdamW를 쓰세요.",
  },
  weight_decay: {
    label: "가중치 감쇠",
    explain: "스텝마다 가중치를 0 쪽으로 조금씩 당깁니다.",
  },
  adam_beta1: {
    label: "Adam 베타 1",
    explain: "AdamW가 지난 그레디언트의 방향을 얼마나 오래 기억하는지 정합니다.",
  },
  adam_beta2: {
    label: "Adam 베타 2",
    explain: "AdamW가 지난 그레디언트의 크기를 얼마나 오래 기억하는지 정합니다.",
  },
  adam_epsilon: {
    label: "Adam 엡실론",
    explain: "AdamW가 0으로 나누지 않게 하는 아주 작은 수입니다.",
  },
  max_steps: {
    label: "최대 스텝",
    explain: "에포크와 상관없이 이 스텝 수에서 멈춥니다. −1이면 에포크를 따릅니다.",
  },
  warmup_ratio: {
    label: "Warmup 비율",
    explain: "Warmup을 스텝 수 대신 전체 스텝의 비율로 정합니다.",
  },
  executor: {
    label: "실행기",
    explain:
      "내장 엔진에서 계산을 맡는 것: onnx(컴파일된 그래프), tfjs(TensorFlow.js), auto(여기서 되는 것 중 더 빠른 것).",
  },
  packing: {
    label: "시퀀스 패킹",
    explain:
      "짧은 행을 컷오프 길이가 찰 때까지 이어 붙여 패딩을 줄입니다. auto는 사전 학습에서만 패킹합니다.",
  },
  neat_packing: {
    label: "니트 패킹 사용",
    explain: "패킹하되, 이어 붙인 행이 서로를 보지 못하게 합니다.",
  },
  train_on_prompt: {
    label: "프롬프트도 학습",
    explain: "답변뿐 아니라 질문도 학습합니다.",
  },
  mask_history: {
    label: "히스토리 마스킹",
    explain: "대화마다 마지막 답변만 학습합니다.",
  },
  enable_thinking: {
    label: "생각 모드 활성화",
    explain: "생각하는 모델의 템플릿용: 답변을 '<think>' 표시 안의 생각으로 시작할지 정합니다.",
  },
  preserve_thinking: {
    label: "생각 유지",
    explain: "이전 차례의 생각을 버리지 않고 대화에 남깁니다.",
  },
  default_system: {
    label: "기본 시스템 프롬프트",
    explain: "시스템 프롬프트가 없는 대화 앞에 붙습니다. 비워 두면 템플릿의 것을 씁니다.",
  },
  eval_dataset: {
    label: "검증 데이터셋",
    explain: "행을 남겨 두는 대신 검증에 쓸 데이터셋입니다. 이름을 쉼표로 구분합니다.",
  },
  dataset_dir: {
    label: "데이터 디렉토리",
    explain: "dataset_info.json이 있는 폴더로, 홈 폴더를 기준으로 합니다.",
  },
  train_sampling_strategy: {
    label: "행 순서",
    explain:
      "random은 에포크마다 새로 섞고, sequential은 순서를 유지하며, group_by_length는 길이가 비슷한 행을 묶어 패딩을 줄입니다.",
  },
  disable_shuffling: {
    label: "순서 유지",
    explain: "파일에 있는 순서대로 학습합니다.",
  },
  data_seed: {
    label: "데이터 시드",
    explain: "행 순서에만 쓰는 시드입니다. 비워 두면 위의 시드를 씁니다.",
  },
  save_total_limit: {
    label: "보관할 체크포인트 수",
    explain: "이보다 많으면 오래된 것부터 삭제합니다. 비워 두면 모두 보관합니다.",
  },
  save_only_model: {
    label: "가중치만 저장",
    explain: "체크포인트에서 옵티마이저 상태를 뺍니다. 작아지지만 거기서 재개할 수 없습니다.",
  },
  load_best_model_at_end: {
    label: "최고 모델로 끝내기",
    explain: "마지막 체크포인트 대신 검증 손실이 가장 낮은 체크포인트로 끝냅니다. 검증이 필요합니다.",
  },
  early_stopping_steps: {
    label: "조기 종료 기준",
    explain: "검증 손실이 이 횟수의 검증 동안 내려가지 않으면 실행을 끝냅니다. 비워 두면 끝내지 않습니다.",
  },
  logging_steps: {
    label: "로깅 스텝",
    explain: "이 스텝 수마다 그래프에 점을 하나 찍습니다.",
  },
  logging_first_step: {
    label: "첫 스텝 기록",
    explain: "맨 첫 스텝에도 점을 찍습니다.",
  },
  per_device_eval_batch_size: {
    label: "검증 배치 크기",
    explain: "검증할 때 동시에 계산하는 행의 수입니다.",
  },
};
export default ko;
