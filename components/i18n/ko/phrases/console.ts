/** Sentences of the console about chat, models, exports, and the console itself. */
import type { PhrasesOf } from "../../en/phrases";

const ko: PhrasesOf<"console"> = {
  "Takes its turn: it loads when it is asked and the device is free":
    "차례를 기다립니다. 질문을 받고 장치가 비면 불러옵니다",
  "The model server sent an empty answer.": "모델 서버가 빈 답을 보냈습니다.",
  "The answer was stopped.": "답을 중지했습니다.",
  "There is nothing to chat with under {id}. It may have been deleted.":
    "{id}에는 대화할 대상이 없습니다. 삭제되었을 수 있습니다.",
  "{file} does not hold a conversation.": "{file}에 대화가 없습니다.",
  "The conversation {name} was changed elsewhere meanwhile.":
    "대화 “{name}”이(가) 그사이 다른 곳에서 바뀌었습니다.",
  "A conversation's id is made of small letters, digits and dashes.":
    "대화 ID는 소문자, 숫자, 하이픈으로 이루어집니다.",
  "A conversation needs a name.": "대화에는 이름이 필요합니다.",
  "There is no server called {name}.": "{name} 서버가 없습니다.",
  "{url} is no list of models. The address of OpenAI's API often ends with /v1.":
    "{url}은(는) 모델 목록이 아닙니다. OpenAI API의 주소는 보통 /v1로 끝납니다.",
  "There is no server kept under {target}.": "{target}에 보관된 서버가 없습니다.",
  "The server's reply is longer than such a reply can be.": "서버의 응답이 너무 깁니다.",
  "{url} leads on to {location}, which is not followed. Type the address where the server answers.":
    "{url}이(가) {location}(으)로 넘기지만 따라가지 않습니다. 서버가 응답하는 주소를 입력하세요.",
  "another address": "다른 주소",
  "{address} does not answer ({why}).": "{address}이(가) 응답하지 않습니다({why}).",
  "{name} leads to {address}, where Tuneboard sends nothing. Type the address of a model server.":
    "{name}은(는) {address}(으)로 이어지며 Tuneboard는 그곳에 보내지 않습니다. 모델 서버의 주소를 입력하세요.",
  "It was stopped before it had started.": "시작되기 전에 중지되었습니다.",
  "The model server ended ({how}).": "모델 서버가 끝났습니다({how}).",
  "The model server did not answer within {seconds} seconds.":
    "모델 서버가 {seconds}초 안에 응답하지 않았습니다.",
  "The model server answered {status}: {text}": "모델 서버의 응답 {status}: {text}",
  "{file} does not hold a list of prompts.": "{file}에 프롬프트 목록이 없습니다.",
  "This model needs about {needed} GB to answer, and {free} GB are free. Stop a run, or choose a smaller model.":
    "이 모델이 답하려면 약 {needed} GB가 필요한데 {free} GB만 비어 있습니다. 실행을 중지하거나 더 작은 모델을 고르세요.",
  "Begin with a letter or digit; then letters, digits, spaces and . _ - : /, at most 80.":
    "문자나 숫자로 시작하고, 이어서 문자, 숫자, 공백, . _ - : /를 최대 80자까지 쓰세요.",
  "Type an address like http://127.0.0.1:8000/v1, without user, question mark or #.":
    "http://127.0.0.1:8000/v1 같은 주소를 사용자, 물음표, # 없이 입력하세요.",
  "Name the model to ask for.": "요청할 모델을 적으세요.",
  "A prompt set's name is made of letters, digits, dots, dashes and underscores, at most 80.":
    "프롬프트 세트 이름은 문자, 숫자, 점, 하이픈, 밑줄로 최대 80자입니다.",
  "A prompt set needs a prompt.": "프롬프트 세트에는 프롬프트가 필요합니다.",
  "Begin with a letter or digit; then letters, digits, spaces, dots, dashes and underscores, at most 80.":
    "문자나 숫자로 시작하고, 이어서 문자, 숫자, 공백, 점, 하이픈, 밑줄을 최대 80자까지 쓰세요.",
  "Something went wrong inside the console. Its terminal shows the details.":
    "콘솔 내부에서 오류가 났습니다. 자세한 내용은 터미널에 있습니다.",
  "The console does not answer. Runs continue without it.":
    "콘솔이 응답하지 않습니다. 실행은 그대로 계속됩니다.",
  "The console answered {status} to {what}.": "콘솔이 {what}에 {status}(으)로 응답했습니다.",
  "There is nothing at {address}.": "{address}에는 아무것도 없습니다.",
  "path: name the model's folder.": "모델의 폴더를 적으세요.",
  "Name the model's folder.": "모델의 폴더를 적으세요.",
  "The predictions could not be scored: {why}": "예측을 채점하지 못했습니다: {why}",
  "LLaMA-Factory quantises whole models only: export the merged model first, then quantise that one.":
    "LLaMA-Factory는 온전한 모델만 양자화합니다. 병합한 모델을 먼저 내보낸 뒤 양자화하세요.",
  "Only the embedded engine writes GGUF, and only LLaMA-Factory GPTQ and the legacy format: leave one of them out.":
    "GGUF는 내장 엔진만, GPTQ와 옛 형식은 LLaMA-Factory만 쓸 수 있습니다. 하나를 빼세요.",
  "The embedded engine writes safetensors without GPTQ. Leave {what} out, or choose LLaMA-Factory.":
    "내장 엔진은 GPTQ 없이 safetensors를 씁니다. {what}을(를) 빼거나 LLaMA-Factory를 고르세요.",
  "the quantization": "양자화",
  "the legacy format": "옛 형식",
  "The embedded engine does not know the architecture of {model}. Choose LLaMA-Factory.":
    "내장 엔진은 {model}의 구조를 모릅니다. LLaMA-Factory를 고르세요.",
  "LLaMA-Factory writes no GGUF. Leave it out, or choose the embedded engine.":
    "LLaMA-Factory는 GGUF를 쓰지 않습니다. 빼거나 내장 엔진을 고르세요.",
  "models/{name} exists already. Choose another name for the exported model.":
    "models/{name}이(가) 이미 있습니다. 내보낼 모델의 이름을 바꾸세요.",
  "{folder} is not there: only a finished export can be pushed.":
    "{folder}이(가) 없습니다. 끝난 내보내기만 올릴 수 있습니다.",
  "It is still being written. Cancel it first.": "아직 쓰는 중입니다. 먼저 취소하세요.",
  "There is no export with the id {id}.": "ID가 {id}인 내보내기가 없습니다.",
  "Use letters, digits, dots, dashes and underscores; begin with a letter or digit.":
    "문자, 숫자, 점, 하이픈, 밑줄을 쓰고 문자나 숫자로 시작하세요.",
  "The disk is full: nothing can be written into {folder}. Free some space (old checkpoints are the largest files), then try again.":
    "디스크가 가득 차 {folder}에 쓸 수 없습니다. 공간을 비운 뒤(오래된 체크포인트가 가장 큽니다) 다시 시도하세요.",
  "{file} is too large ({size} bytes) for what it should be.": "{file}이(가) 너무 큽니다({size}바이트).",
  "There are no {kind} called {name}.": "{name}이라는 {kind}이(가) 없습니다.",
  "saved settings": "저장된 설정",
  prompts: "프롬프트",
  "The folder is missing or empty.": "폴더가 없거나 비어 있습니다.",
  "It has no config.json, so it is not a Hugging Face model folder.":
    "config.json이 없으므로 Hugging Face 모델 폴더가 아닙니다.",
  "config.json is not valid JSON: {fault}.": "config.json이 올바른 JSON이 아닙니다: {fault}.",
  "{file} is cut short: it has no header.": "{file}이(가) 잘려 헤더가 없습니다.",
  "{file} is cut short or not a safetensors file.": "{file}이(가) 잘렸거나 safetensors 파일이 아닙니다.",
  "{file} has a header that is not safetensors'.": "{file}의 헤더가 safetensors의 것이 아닙니다.",
  "{file} has a header that is not JSON.": "{file}의 헤더가 JSON이 아닙니다.",
  "{file} is not a list of shards.": "{file}은(는) 샤드 목록이 아닙니다.",
  "Of its {all} weight files {missing} is missing: {which}.":
    "가중치 파일 {all}개 중 {missing}개가 없습니다: {which}.",
  "Of its {all} weight files {missing} are missing: {which} and {more} more.":
    "가중치 파일 {all}개 중 {missing}개가 없습니다: {which} 외 {more}개.",
  "It has pickled weights only, which can run code when opened and are never opened here. Save the model as safetensors.":
    "pickle 가중치만 있습니다. 열 때 코드가 실행될 수 있어 여기서는 열지 않습니다. 모델을 safetensors로 저장하세요.",
  "It has no weights (model.safetensors).": "가중치(model.safetensors)가 없습니다.",
  "It has no tokenizer.json. A folder saved by a current transformers has one.":
    "tokenizer.json이 없습니다. 최신 transformers로 저장한 폴더에는 들어 있습니다.",
  "Its weights are quantised; training needs them in float32, float16 or bfloat16.":
    "가중치가 양자화되어 있습니다. 학습에는 float32, float16 또는 bfloat16이 필요합니다.",
  "The embedded trainer has no {family}; it has {families}.":
    "내장 엔진은 {family}을(를) 모릅니다. 아는 것: {families}.",
  "Only folders below models/ are deleted here; delete others by hand.":
    "여기서는 models/ 아래의 폴더만 삭제합니다. 다른 것은 직접 삭제하세요.",
  "models/{name} is gone already.": "models/{name}은(는) 이미 없습니다.",
  "models/{name} leads out of the models folder; delete it by hand.":
    "models/{name}은(는) models 폴더 밖으로 이어집니다. 직접 삭제하세요.",
  "{folder} has no config.json, so it is not a model's folder.":
    "{folder}에 config.json이 없으므로 모델 폴더가 아닙니다.",
  "{name} lies in models/ already.": "{name}은(는) 이미 models/에 있습니다.",
  "models/{name} is there already. Rename one of them.":
    "models/{name}이(가) 이미 있습니다. 둘 중 하나의 이름을 바꾸세요.",
  "The starter comes with the console and would be back at its next start.":
    "스타터 모델은 콘솔에 들어 있어 다음 시작 때 다시 생깁니다.",
  "{address} answered {status}.": "{address}의 응답: {status}.",
  "{address} answered {status}: {words}.": "{address}의 응답: {status}: {words}.",
  "{address} answered {status}, but no stream of an answer.":
    "{address}의 응답은 {status}이지만 답의 스트림이 아닙니다.",
};
export default ko;
