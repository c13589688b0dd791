/** Sentences of the console about what an engine refuses, and why it was chosen or cannot be used. */
import type { PhrasesOf } from "../../en/phrases";

const ko: PhrasesOf<"engines"> = {
  "{name}: {value} is not supported here. {reason}":
    "{name}: {value}은(는) 여기서 지원하지 않습니다. {reason}",
  "{name}: {value} is not supported here; it can be {values}. {reason}":
    "{name}: {value}은(는) 여기서 지원하지 않습니다. 가능한 값: {values}. {reason}",
  "{name}: {value} is not supported here.": "{name}: {value}은(는) 여기서 지원하지 않습니다.",
  "{name}: {value} is not supported here; it can be {values}.":
    "{name}: {value}은(는) 여기서 지원하지 않습니다. 가능한 값: {values}.",
  "{name}: {value} is not a whole number.": "{name}: {value}은(는) 정수가 아닙니다.",
  "{name}: {value} is not a switch (1 or 0).": "{name}: {value}은(는) 스위치 값(1 또는 0)이 아닙니다.",
  "{name} spreads training over several processes; the embedded trainer is one. Use the llamafactory engine for it.":
    "{name}은(는) 학습을 여러 프로세스로 나누지만 내장 엔진은 프로세스 하나입니다. llamafactory 엔진을 쓰세요.",
  "The embedded trainer does not have it. Use the llamafactory engine for it.":
    "내장 엔진에는 없는 기능입니다. llamafactory 엔진을 쓰세요.",
  "The embedded trainer keeps the model's vocabulary: tokens that the template brings take rows that are there. Use the llamafactory engine for it.":
    "내장 엔진은 모델의 어휘를 그대로 둡니다. 템플릿의 토큰은 있는 행을 씁니다. llamafactory 엔진을 쓰세요.",
  "Write it into the model's config.json instead (rope_scaling or rope_parameters): training, chat and export then all stretch the context alike. Use the llamafactory engine for it.":
    "대신 모델의 config.json(rope_scaling 또는 rope_parameters)에 쓰세요. 그러면 학습, 채팅, 내보내기가 모두 같은 방식으로 문맥을 늘립니다. 또는 llamafactory 엔진을 쓰세요.",
  "It makes another model of this one; the embedded trainer takes the model as its config.json describes it. Use the llamafactory engine for it.":
    "이 설정은 모델을 다른 모델로 바꿉니다. 내장 엔진은 config.json에 적힌 대로 모델을 씁니다. llamafactory 엔진을 쓰세요.",
  "A run that goes on here always goes on with the rows that it had not seen, so that its losses are those of an uninterrupted one.":
    "여기서 이어 가는 실행은 항상 아직 보지 않은 행부터 이어 가므로, 손실이 중단 없는 실행과 같습니다.",
  "It spreads training over several processes; the embedded trainer is one process. Use the llamafactory engine for it.":
    "학습을 여러 프로세스로 나누는 설정입니다. 내장 엔진은 프로세스 하나입니다. llamafactory 엔진을 쓰세요.",
  "The embedded trainer has these optimizers: {names}. Use the llamafactory engine for it.":
    "내장 엔진의 옵티마이저: {names}. 다른 것은 llamafactory 엔진을 쓰세요.",
  "It sends data to a service on the internet; the embedded trainer never leaves the machine.":
    "데이터를 인터넷 서비스로 보내는 설정입니다. 내장 엔진은 이 컴퓨터를 벗어나지 않습니다.",
  "It needs PyTorch on a GPU. Use the llamafactory engine for it.":
    "GPU의 PyTorch가 필요합니다. llamafactory 엔진을 쓰세요.",
  "The embedded trainer computes in float32, which is at least as exact; the checkpoint's weights are read in any type.":
    "내장 엔진은 float32로 계산하므로 정확도가 떨어지지 않습니다. 가중치는 어떤 자료형이든 읽습니다.",
  "Where memory runs out the run ends and says so; it is not tried again with half the batch.":
    "메모리가 부족하면 실행이 끝나고 그렇게 알립니다. 절반 배치로 다시 시도하지 않습니다.",
  "This accelerator is for PyTorch on a GPU; the embedded trainer computes the same without it.":
    "이 가속은 GPU의 PyTorch용입니다. 내장 엔진은 이것 없이 같은 결과를 냅니다.",
  "Chosen by hand.": "직접 선택했습니다.",
  "Embedded: it does all that this configuration asks for, and the model fits into memory.":
    "내장 엔진: 이 설정에 필요한 기능을 모두 갖추었고, 모델이 메모리에 들어갑니다.",
  "{name}, because the embedded engine {limit}.": "{name}: 내장 엔진은 {limit}.",
  "Embedded, although it {limit}; {instead}.": "내장 엔진이지만 {limit}. {instead}.",
  "does not take this configuration ({why})": "이 설정을 받지 않습니다({why})",
  "would need about {needed} GB of memory, and {free} GB are free":
    "메모리가 약 {needed} GB 필요한데 {free} GB만 비어 있습니다",
  "whether LLaMA-Factory is installed is not known yet": "LLaMA-Factory가 설치되어 있는지 아직 모릅니다",
  "LLaMA-Factory does not take it either": "LLaMA-Factory도 받지 않습니다",
  "LLaMA-Factory, the way out, is not ready here": "대안인 LLaMA-Factory가 여기서는 준비되지 않았습니다",
  "{argument} needs {packages}, which LLaMA-Factory's environment does not have. To install: {command}":
    "{argument}에는 {packages}이(가) 필요하지만 LLaMA-Factory 환경에 없습니다. 설치: {command}",
  "LLaMA-Factory refuses bf16 on a machine without a graphics card unless use_cpu is set; LLaMA Board's own form fails here.":
    "그래픽 카드가 없으면 LLaMA-Factory는 use_cpu 없이는 bf16을 받지 않습니다. LLaMA Board의 폼도 여기서 실패합니다.",
  "Without a graphics card, LLaMA-Factory takes bf16 only together with use_cpu.":
    "그래픽 카드가 없으면 LLaMA-Factory는 use_cpu와 함께일 때만 bf16을 받습니다.",
  "A processor computes in fp16 slowly and with little range; bf16 with use_cpu is the better choice.":
    "CPU에서 fp16은 느리고 표현 범위가 좁습니다. bf16과 use_cpu가 낫습니다.",
  "LLaMA-Factory refuses pure_bf16 on a processor.": "LLaMA-Factory는 CPU에서 pure_bf16을 받지 않습니다.",
  "LLaMA-Factory loads weights in the type that the checkpoint has, whatever pure_bf16 says: a float32 checkpoint stays float32.":
    "pure_bf16이 무엇이든 LLaMA-Factory는 가중치를 저장된 자료형으로 불러옵니다. float32는 float32로 남습니다.",
  "LLaMA-Factory computes the sigmoid loss when pref_loss is {loss}, without a word. The embedded engine computes what the name says.":
    "pref_loss가 {loss}이면 LLaMA-Factory는 알리지 않고 sigmoid 손실을 계산합니다. 내장 엔진은 이름대로 계산합니다.",
  "PPO cannot run in LLaMA-Factory 0.9.5: it asks for trl 0.9.6 at most and for trl 0.18 at least. The embedded engine trains with PPO.":
    "LLaMA-Factory 0.9.5에서는 PPO를 실행할 수 없습니다. trl 0.9.6 이하와 0.18 이상을 동시에 요구합니다. 내장 엔진은 PPO로 학습할 수 있습니다.",
  "LLaMA-Factory's quantised bases need a graphics card.":
    "LLaMA-Factory의 양자화된 기반 모델에는 그래픽 카드가 필요합니다.",
  "A quantised model takes no second adapter: continue the one it has.":
    "양자화된 모델에는 두 번째 어댑터를 더할 수 없습니다. 있는 것을 이어서 학습하세요.",
  "A quantised model takes a single adapter; merge them first.":
    "양자화된 모델에는 어댑터를 하나만 쓸 수 있습니다. 먼저 병합하세요.",
  "PiSSA can be initialised neither on a quantised model nor under ZeRO-3.":
    "PiSSA는 양자화된 모델이나 ZeRO-3에서 초기화할 수 없습니다.",
  "predict_with_generate cannot run under ZeRO-3.": "predict_with_generate는 ZeRO-3에서 실행할 수 없습니다.",
  "predict_with_generate and compute_accuracy exclude each other.":
    "predict_with_generate와 compute_accuracy는 함께 쓸 수 없습니다.",
  "BAdam on several devices runs layer by layer and under ZeRO-3 only.":
    "장치가 여럿이면 BAdam은 레이어별로, ZeRO-3에서만 동작합니다.",
  "In the stages rm and ppo LLaMA-Factory resumes optimizer and step count but not the value head; with LoRA it asks to continue the adapter instead.":
    "rm과 ppo 단계에서 LLaMA-Factory는 옵티마이저와 스텝 수만 되살리고 값 헤드는 되살리지 않습니다. LoRA라면 어댑터를 이어서 학습하세요.",
  "vLLM and SGLang answer chats; LLaMA-Factory cannot train with them.":
    "vLLM과 SGLang은 채팅용입니다. LLaMA-Factory는 이것으로 학습할 수 없습니다.",
  "NODE_RANK counts from 0, so it must be smaller than NNODES.":
    "NODE_RANK는 0부터 세므로 NNODES보다 작아야 합니다.",
  "Several machines meet at the address of the first one: set MASTER_ADDR and MASTER_PORT.":
    "여러 컴퓨터는 첫 컴퓨터의 주소에서 만납니다. MASTER_ADDR와 MASTER_PORT를 설정하세요.",
  "With one device on this machine NNODES is not looked at unless FORCE_TORCHRUN is set.":
    "이 컴퓨터에 장치가 하나면 FORCE_TORCHRUN 없이는 NNODES를 보지 않습니다.",
  "This machine has no graphics card to choose.": "이 컴퓨터에는 고를 그래픽 카드가 없습니다.",
  "This machine's graphics cards are numbered from 0 to {last}.":
    "이 컴퓨터의 그래픽 카드 번호는 0부터 {last}까지입니다.",
  "torchrun gets one process for each graphics card, and there is none: it would refuse to start.":
    "torchrun은 그래픽 카드마다 프로세스를 하나씩 만드는데 카드가 없어 시작되지 않습니다.",
  "There are more processes than graphics cards ({devices}).":
    "프로세스가 그래픽 카드({devices})보다 많습니다.",
  "llamafactory-cli is not on PATH. Install LLaMA-Factory, start the console from its environment, or name its virtual environment in Settings.":
    "PATH에 llamafactory-cli가 없습니다. LLaMA-Factory를 설치하거나, 그 환경에서 콘솔을 시작하거나, 설정에서 가상 환경을 지정하세요.",
  "There is no llamafactory-cli at {place}: neither a program nor a virtual environment that has one. Set it in Settings.":
    "{place}에 llamafactory-cli가 없습니다. 프로그램도, 그것이 든 가상 환경도 아닙니다. 설정에서 고치세요.",
  "LLaMA-Factory is not installed, or in an environment that is not named here.":
    "LLaMA-Factory가 설치되지 않았거나 여기에 지정되지 않은 환경에 있습니다.",
  "{trouble} To mend it: {command}": "{trouble} 고치는 방법: {command}",
  "It did not answer within {seconds} seconds.": "{seconds}초 안에 응답하지 않았습니다.",
  "It may not be started by this user.": "이 사용자는 시작할 수 없습니다.",
  "The system killed it, most likely because memory ran out.":
    "시스템이 종료했습니다. 아마도 메모리가 부족했기 때문입니다.",
  "{program} ran, but named no version. Is it LLaMA-Factory's?":
    "{program}이(가) 실행되었지만 버전을 알리지 않았습니다. LLaMA-Factory의 것이 맞나요?",
  "torchaudio and torch in this environment were built for different CUDA versions ({versions}), so torchaudio refuses to be imported, and LLaMA-Factory imports it although training on text needs no audio.":
    "이 환경의 torchaudio와 torch는 서로 다른 CUDA 버전({versions})용이라 torchaudio를 불러올 수 없습니다. 텍스트 학습에는 필요 없지만 LLaMA-Factory는 이를 불러옵니다.",
  "torchaudio and torch in this environment were built for different CUDA versions, so torchaudio refuses to be imported, and LLaMA-Factory imports it although training on text needs no audio.":
    "이 환경의 torchaudio와 torch는 서로 다른 CUDA 버전용이라 torchaudio를 불러올 수 없습니다. 텍스트 학습에는 필요 없지만 LLaMA-Factory는 이를 불러옵니다.",
  "torchvision and torch in this environment do not belong together.":
    "이 환경의 torchvision과 torch는 서로 맞지 않습니다.",
  "A package has a version that LLaMA-Factory does not take: {what}.":
    "LLaMA-Factory가 받지 않는 버전의 패키지가 있습니다: {what}.",
  "The Python package {module} is missing.": "Python 패키지 {module}이(가) 없습니다.",
  "A package in this environment was built for another version of numpy.":
    "이 환경의 한 패키지가 다른 버전의 numpy용으로 만들어졌습니다.",
  "The system library {library} cannot be found.": "시스템 라이브러리 {library}을(를) 찾을 수 없습니다.",
  "There was too little memory to start Python.": "메모리가 부족해 Python을 시작할 수 없었습니다.",
  "Predictions (do_predict) need packages that pip does not bring along: {packages}.":
    "예측(do_predict)에는 pip이 함께 설치하지 않는 패키지가 필요합니다: {packages}.",
  "DeepSpeed is not installed; ZeRO-2 and ZeRO-3 need it.":
    "DeepSpeed가 설치되지 않았습니다. ZeRO-2와 ZeRO-3에 필요합니다.",
  "Quantised bases (quantization_bit 4 and 8) need bitsandbytes.":
    "양자화된 기반 모델(quantization_bit 4와 8)에는 bitsandbytes가 필요합니다.",
  "CPU, {count} threads": "CPU, 스레드 {count}개",
  "The library is being installed already.": "라이브러리를 이미 설치하고 있습니다.",
  "It only changes how PyTorch computes; the embedded trainer has its own way.":
    "PyTorch의 계산 방식만 바꿉니다. 내장 엔진은 자체 방식을 씁니다.",
  "It sets up several processes or machines; the embedded trainer is one process.":
    "여러 프로세스나 컴퓨터를 위한 설정입니다. 내장 엔진은 프로세스 하나입니다.",
  "Data is prepared in one process, with nothing downloaded.":
    "데이터는 한 프로세스에서 준비하며 아무것도 내려받지 않습니다.",
  "It belongs to chat, export or prediction, not to training.":
    "채팅, 내보내기, 예측용이며 학습과는 관계없습니다.",
  "It is about images, video or sound; the embedded trainer trains on text.":
    "이미지, 동영상, 소리에 관한 설정입니다. 내장 엔진은 텍스트로 학습합니다.",
  "It describes an online service that the embedded trainer never calls.":
    "온라인 서비스에 관한 설정이며 내장 엔진은 이를 부르지 않습니다.",
  "It is about the inside of transformers' Trainer and changes no result here.":
    "transformers Trainer의 내부 설정이며 여기서는 결과가 달라지지 않습니다.",
  "It bounds PyTorch's approximation; the embedded trainer decomposes exactly, as with -1.":
    "PyTorch의 근사를 제한합니다. 내장 엔진은 -1일 때처럼 정확히 분해합니다.",
  "It is the rate of LoRA on embeddings, which are trained whole here (additional_target).":
    "임베딩에 대한 LoRA의 학습률이며, 여기서는 임베딩 전체를 학습합니다(additional_target).",
  "No picture is drawn: the curves are on the run's page, and in trainer_log.jsonl and trainer_state.json.":
    "그림은 그리지 않습니다. 곡선은 실행 페이지에, 값은 trainer_log.jsonl과 trainer_state.json에 있습니다.",
  "Use the llamafactory engine for it.": "llamafactory 엔진을 쓰세요.",
  "{name} is not an argument of llamafactory-cli.": "llamafactory-cli에는 {name} 인자가 없습니다.",
  "{name} is not an argument of llamafactory-cli. Did you mean {nearest}?":
    "llamafactory-cli에는 {name} 인자가 없습니다. {nearest}을(를) 뜻하셨나요?",
  "LLaMA-Factory {version} has no argument {name}: another version has it.":
    "LLaMA-Factory {version}에는 {name} 인자가 없습니다. 다른 버전에 있습니다.",
  "{card} has no bf16 of its own: torch emulates it slowly, or refuses it. fp16 is the type that this card is fast in.":
    "{card}에는 자체 bf16이 없습니다. torch가 느리게 흉내 내거나 거부합니다. 이 카드에는 fp16이 빠릅니다.",
  "Training computes in float32, which is slower on a graphics card and needs more memory for activations. {type} suits this one.":
    "학습을 float32로 계산하면 그래픽 카드에서 더 느리고 활성값에 메모리가 더 듭니다. 이 카드에는 {type}이(가) 맞습니다.",
};
export default ko;
