/** Words for a run that ended badly: causes, reasons, and what to change. */
import type en from "../en/failure";

const ko: typeof en = {
  title: "종료된 이유",
  mend: "LLaMA-Factory가 설치된 환경에서 다음을 실행하면 해결됩니다:",
  kind: {
    gpu_memory: "GPU 메모리가 부족합니다.",
    memory: "메모리가 부족합니다.",
    disk: "디스크가 가득 찼습니다.",
    torchaudio: "torchaudio가 torch와 맞지 않습니다.",
    deepspeed_missing: "DeepSpeed가 설치되어 있지 않습니다.",
    dependency: "Python 패키지가 없습니다.",
    gated: "허브의 접근 권한이 필요합니다.",
    hub: "허브에서 받지 못했습니다.",
    port: "포트가 이미 사용 중입니다.",
    needs_cpu_flag: "이 연산 유형에는 GPU가 필요합니다.",
    cuda: "GPU를 사용할 수 없습니다.",
    diverged: "손실이 숫자가 아닌 값이 되었습니다.",
    output_exists: "폴더가 이미 사용 중입니다.",
    arguments: "올바르지 않은 인수가 있습니다.",
    remote_code: "모델에 자체 코드가 있습니다.",
    template: "템플릿이 모델과 맞지 않습니다.",
    column: "열이 없습니다.",
    dataset: "데이터셋을 사용할 수 없습니다.",
    weights: "가중치를 읽을 수 없습니다.",
    missing_file: "파일이 없습니다.",
    unsupported: "이 엔진에서는 지원하지 않습니다.",
    killed: "강제로 종료되었습니다.",
    crashed: "프로그램이 비정상 종료되었습니다.",
    not_started: "프로그램을 시작하지 못했습니다.",
    silent: "아무 메시지 없이 끝났습니다.",
    interrupted: "중단되었습니다.",
    other: "실패했습니다.",
  },
  why: {
    gpu_memory: "한 스텝에 GPU의 남은 메모리보다 많은 메모리가 필요했습니다.",
    memory: "한 스텝에 컴퓨터의 남은 메모리보다 많은 메모리가 필요했습니다.",
    disk: "써야 할 내용을 저장할 공간이 없었습니다. 공간을 비우거나 저장을 줄이세요.",
    torchaudio:
      "둘이 서로 다른 CUDA 버전으로 빌드되어 Python이 불러오지 못합니다. 텍스트에는 오디오가 필요 없지만 LLaMA-Factory는 그래도 불러옵니다.",
    deepspeed_missing: "구성은 DeepSpeed를 요구하지만 환경에 없습니다.",
    dependency: "LLaMA-Factory의 환경에 이 실행에 필요한 패키지가 없거나 버전이 다릅니다.",
    gated:
      "접근을 신청한 사람만 읽을 수 있는 모델 또는 데이터셋입니다. 허브에서 약관에 동의하고 토큰을 저장하세요.",
    hub: "구성에 적힌 대상이 이 컴퓨터에 없고 내려받을 수도 없었습니다. 연결이 안 되거나 그런 이름이 없습니다.",
    port: "이 실행이 쓰려던 포트를 다른 프로그램이 쓰고 있습니다.",
    needs_cpu_flag: "CPU에서는 use_cpu가 있을 때만 LLaMA-Factory가 받아들이거나, 아예 받아들이지 않습니다.",
    cuda: "드라이버, 라이브러리 또는 지정한 GPU가 없습니다.",
    diverged:
      "스텝이 너무 커져 가중치가 망가졌습니다. 학습률을 낮추거나 Warmup을 쓰면 스텝이 작게 유지됩니다.",
    output_exists: "출력할 폴더에 다른 실행의 결과가 있습니다.",
    arguments: "엔진이 시작하기 전에 구성을 거부했습니다.",
    remote_code:
      "폴더에 든 Python을 실행해야만 불러올 수 있습니다. 그 코드는 이 컴퓨터에서 당신이 할 수 있는 일을 모두 할 수 있으므로 허용하기 전에는 꺼져 있습니다.",
    template: "템플릿이 모델에 없는 토큰이나 역할을 사용합니다.",
    column: "데이터셋 항목에 적힌 열이 없는 행이 있습니다.",
    dataset: "데이터셋이 구성에 적힌 위치에 없거나 내용이 다릅니다.",
    weights: "가중치 파일이 잘렸거나 손상되었거나 다른 모델의 것입니다.",
    missing_file: "구성에 적힌 위치에 파일이 없습니다.",
    unsupported: "다른 엔진에서는 될 수 있습니다.",
    killed:
      "무언가가 프로세스를 즉시 종료했습니다. 사람이 한 일이 아니라면 시스템이 한 것이며, 대개 메모리 부족 때문입니다.",
    crashed: "라이브러리 내부의 오류로 설명 없이 끝났습니다.",
    not_started: "프로그램이 없거나 실행 권한이 없습니다.",
    silent: "결과도 이유도 남지 않았습니다. 터미널에서 명령을 실행하면 더 알 수 있습니다.",
    interrupted:
      "학습 프로그램이 마지막 기록 없이 사라졌습니다. 컴퓨터가 꺼졌거나 무언가가 프로세스를 종료했습니다.",
    other: "로그의 다음 줄에 이유가 있습니다:",
  },
  saved: "마지막 체크포인트는 스텝 {step}에서 저장되었습니다.",
  nothingSaved: "저장된 체크포인트가 없습니다.",
  again: "설정을 바꿔 다시 시작",
  keeps: "각 버튼은 변경을 적용한 새 실행을 열고, 이 실행은 그대로 둡니다.",
  byHand: "직접 바꾸기",
  advice: {
    smallerBatch: {
      title: "배치를 줄이고 누적 늘리기",
      why: "배치 크기 {batch} → {nextBatch}, 누적 {accumulation} → {nextAccumulation}. 스텝당 {total}행은 그대로이므로 결과는 같습니다.",
      button: "배치 {nextBatch} × {nextAccumulation}",
    },
    shorterCutoff: {
      title: "컷오프 길이 {from} → {to}",
      why: "더 긴 행은 끝이 잘립니다. 길이에 따라 메모리가 줄어듭니다.",
      button: "컷오프 {to}",
    },
    lora: {
      title: "LoRA, 랭크 {rank}",
      why: "모델의 모든 가중치 대신 옆에 붙인 작은 행렬만 학습합니다. 메모리가 약 3분의 1만 필요합니다.",
      button: "LoRA",
    },
    fourBit: {
      title: "4비트 베이스",
      why: "고정된 가중치를 4분의 1 크기로 보관하고 그 위에서 LoRA를 학습합니다.",
      button: "4비트 베이스",
    },
    zero3: {
      title: "ZeRO-3",
      why: "가중치, 그레디언트, 옵티마이저 상태를 모든 GPU에 나눕니다. DeepSpeed가 필요합니다.",
      button: "ZeRO-3",
    },
    offload: {
      title: "오프로드를 쓰는 ZeRO-3",
      why: "GPU에 들어가지 않는 것을 컴퓨터 메모리에 둡니다. 느리지만 들어갑니다. DeepSpeed가 필요합니다.",
      button: "ZeRO-3, 오프로드",
    },
    lowerRate: {
      title: "학습률 {from} → {to}",
      why: "스텝 크기를 10분의 1로 줄입니다.",
      button: "학습률 {to}",
    },
    warmup: {
      title: "처음 10분의 1 동안 Warmup",
      why: "처음에 학습률을 천천히 올려 초기 스텝이 가중치를 망가뜨리지 않게 합니다.",
      button: "Warmup",
    },
    fewerCheckpoints: {
      title: "마지막 체크포인트만, 가중치만 저장",
      why: "이런 실행은 재개할 수 없지만 체크포인트 크기가 3분의 1이 됩니다.",
      button: "저장 줄이기",
    },
    useCpu: {
      title: "CPU에서 학습",
      why: "use_cpu는 LLaMA-Factory가 GPU를 찾지 않게 합니다.",
      button: "use_cpu 설정",
    },
    fullPrecision: {
      title: "CPU에서 float32",
      why: "혼합 정밀도를 쓰지 않으며 모든 컴퓨터에서 동작합니다.",
      button: "float32 사용",
    },
    ownTemplate: {
      title: "모델 자체의 템플릿",
      why: "{from} 설정을 빼고 모델 폴더의 템플릿을 따릅니다.",
      button: "자체 템플릿",
    },
    trustCode: {
      title: "모델의 코드 실행",
      why: "trust_remote_code를 설정합니다. 코드를 살펴봤거나 만든 사람을 믿는 모델에만 쓰세요.",
      button: "코드 허용",
    },
    noDeepspeed: {
      title: "DeepSpeed 없이",
      why: "GPU 하나 또는 여러 GPU의 단순 데이터 병렬을 씁니다.",
      button: "빼기",
    },
    freePort: {
      title: "비어 있는 포트",
      why: "MASTER_PORT {from} 설정을 빼서 LLaMA-Factory가 직접 찾게 합니다.",
      button: "비어 있는 포트",
    },
    newFolder: {
      title: "별도 폴더",
      why: "새 실행의 이름을 시각으로 짓습니다.",
      button: "새 폴더",
    },
    embedded: {
      title: "내장 엔진",
      why: "Python도 GPU도 필요 없습니다.",
      button: "내장 엔진 사용",
    },
    llamafactory: {
      title: "LLaMA-Factory",
      why: "사용자의 Python 환경에서 더 많은 모델, 방법, 옵티마이저를 쓸 수 있습니다.",
      button: "LLaMA-Factory 사용",
    },
  },
};
export default ko;
