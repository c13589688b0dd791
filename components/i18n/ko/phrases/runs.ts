/** Sentences of the console about configurations, runs, the queue and sweeps. */
import type { PhrasesOf } from "../../en/phrases";

const ko: PhrasesOf<"runs"> = {
  "Choose a model.": "모델을 선택하세요.",
  "At least 4 tokens.": "4토큰 이상이어야 합니다.",
  "Give a list of prompts, or the path of a .json or .jsonl file.":
    "프롬프트 목록이나 .json 또는 .jsonl 파일의 경로를 지정하세요.",
  "{argument}: {value} is not valid. {why}": "{argument}: {value}은(는) 올바르지 않습니다. {why}",
  "{folder} is another run's folder: what is logged there would be mixed with this run's, and its checkpoints taken for this run's own.":
    "{folder}은(는) 다른 실행의 폴더입니다. 로그가 섞이고 그 체크포인트를 이 실행의 것으로 보게 됩니다.",
  "it has no pairs of a better and a worse answer (ranking: true with columns chosen and rejected), which stage {stage} learns from.":
    "{stage} 단계에 필요한 더 나은 답과 못한 답의 쌍(ranking: true와 chosen, rejected 열)이 없습니다.",
  "its answers are not marked good or bad (column kto_tag), which stage {stage} learns from.":
    "{stage} 단계에 필요한 좋음/나쁨 표시(kto_tag 열)가 답에 없습니다.",
  "There is no chat template named {template}.": "{template} 채팅 템플릿이 없습니다.",
  "The configuration cannot be read.": "설정을 읽을 수 없습니다.",
  "output_dir: {folder} is not a plain folder below saves/.":
    "output_dir: {folder}은(는) saves/ 아래의 일반 폴더가 아닙니다.",
  "Runs go below saves/, in folders named with letters, digits, dots, dashes and underscores.":
    "실행은 saves/ 아래, 문자·숫자·점·하이픈·밑줄로 된 이름의 폴더에 저장됩니다.",
  "{folder} exists already. Choose another name, or resume the run that is there.":
    "{folder}이(가) 이미 있습니다. 다른 이름을 고르거나 그 실행을 재개하세요.",
  "Use letters, digits, dots, dashes and underscores, at most 100.":
    "문자, 숫자, 점, 하이픈, 밑줄로 최대 100자까지 쓰세요.",
  "A run that is {status} cannot be resumed.": "{status} 상태의 실행은 재개할 수 없습니다.",
  "No checkpoint was saved before it ended. Save more often (save_steps) to be able to go on.":
    "끝나기 전에 저장된 체크포인트가 없습니다. 이어 갈 수 있게 더 자주 저장하세요(save_steps).",
  "Its checkpoints hold weights only (save_only_model), without the optimizer's state.":
    "체크포인트에 가중치만 있고(save_only_model) 옵티마이저 상태가 없습니다.",
  "It lies outside this console's saves folder. Import a copy to go on training.":
    "이 콘솔의 saves 폴더 밖에 있습니다. 이어서 학습하려면 사본을 가져오세요.",
  "It has no training_args.yaml, so its exact settings are not known.":
    "training_args.yaml이 없어 정확한 설정을 알 수 없습니다.",
  "The run has not ended yet.": "실행이 아직 끝나지 않았습니다.",
  "It left no weights to go on from.": "이어 갈 가중치를 남기지 않았습니다.",
  "Its length is set in steps (max_steps), not in epochs.":
    "길이가 에포크가 아니라 스텝(max_steps)으로 정해져 있습니다.",
  "It cannot go on.": "이어 갈 수 없습니다.",
  "This run was not started by a console: stop it where you started it.":
    "콘솔에서 시작한 실행이 아닙니다. 시작한 곳에서 중지하세요.",
  "There is nothing to stop: the run is {status}.": "중지할 것이 없습니다. 실행 상태: {status}.",
  "The engine {id} is not part of this console.": "이 콘솔에는 {id} 엔진이 없습니다.",
  "{name} cannot be used here.": "{name}은(는) 여기서 쓸 수 없습니다.",
  "There is not enough room on this disk for a copy. Leave it in place, or leave the checkpoints out.":
    "사본을 둘 디스크 공간이 부족합니다. 그대로 두거나 체크포인트를 빼세요.",
  "There is no folder at {folder}.": "{folder}에 폴더가 없습니다.",
  "{folder} is a file. Choose the folder that it lies in.":
    "{folder}은(는) 파일입니다. 그 파일이 든 폴더를 선택하세요.",
  "{folder} lies in the saves folder: its runs are in the list already.":
    "{folder}은(는) saves 폴더 안에 있습니다. 그 실행들은 이미 목록에 있습니다.",
  "{folder} is no run itself; its folders are: {folders}. Import them one by one.":
    "{folder} 자체는 실행이 아니며 안의 폴더가 실행입니다: {folders}. 하나씩 가져오세요.",
  "{folder} holds none of {files}: it is not the folder of a run.":
    "{folder}에 {files} 중 아무것도 없습니다. 실행의 폴더가 아닙니다.",
  "{name} does not wait any more, or another console starts it just now.":
    "{name}은(는) 더 이상 대기 중이 아니거나 다른 콘솔이 시작하고 있습니다.",
  "The run is still going. Stop it first.": "실행이 아직 진행 중입니다. 먼저 중지하세요.",
  "{folder} leads out of the saves folder; delete it by hand.":
    "{folder}은(는) saves 폴더 밖으로 이어집니다. 직접 삭제하세요.",
  "{file} holds {size} MB: too much for a page.": "{file}은(는) {size} MB로 페이지에 너무 큽니다.",
  "There is no run with the id {id}. Its folder may have been deleted or moved.":
    "ID가 {id}인 실행이 없습니다. 폴더가 삭제되었거나 옮겨졌을 수 있습니다.",
  "{folder} has no record to change.": "{folder}에는 바꿀 기록이 없습니다.",
  "Both axes go over the same argument. Choose two different ones.":
    "두 축이 같은 인자를 씁니다. 서로 다른 것을 고르세요.",
  "{count} runs are too many at once; at most {most}.":
    "한 번에 {count}개 실행은 너무 많습니다. 최대 {most}개입니다.",
  "The run {name} needs it. Wait until it has ended, or stop it.":
    "{name} 실행에 필요합니다. 끝날 때까지 기다리거나 중지하세요.",
  "The process is gone and left no result.": "프로세스가 결과를 남기지 않고 사라졌습니다.",
  "The process is gone and left no result: the machine or the program was shut down.":
    "프로세스가 결과를 남기지 않고 사라졌습니다. 컴퓨터나 프로그램이 꺼졌습니다.",
  "The process was ended from outside ({signal}).": "프로세스가 외부에서 종료되었습니다({signal}).",
  "The system killed the process, most likely because memory ran out. A smaller batch, cutoff length or model needs less.":
    "시스템이 프로세스를 종료했습니다. 아마도 메모리가 부족했기 때문입니다. 배치, 컷오프 길이, 모델을 줄이면 덜 필요합니다.",
  "The process ended by {signal}.": "프로세스가 {signal}로 끝났습니다.",
  "The process ended with exit code {code}.": "프로세스가 종료 코드 {code}로 끝났습니다.",
  "{how} Its last words: {line}": "{how} 마지막 출력: {line}",
  "{how} It wrote nothing.": "{how} 아무것도 출력하지 않았습니다.",
  "A run needs a name.": "실행에는 이름이 필요합니다.",
  "At most 100 characters.": "최대 100자입니다.",
  "At most 10,000 characters.": "최대 10,000자입니다.",
  "A tag has at most 40 characters.": "태그는 최대 40자입니다.",
  "At most 20 tags.": "태그는 최대 20개입니다.",
  "More than 0.": "0보다 커야 합니다.",
  "Say which folder.": "폴더를 지정하세요.",
  "A prompt needs text.": "프롬프트에 내용이 필요합니다.",
  "A conversation needs a message.": "대화에는 메시지가 필요합니다.",
  "{value} is not a number to sweep over.": "{value}은(는) 스윕할 수 있는 숫자가 아닙니다.",
  "A sweep needs values.": "스윕에는 값이 필요합니다.",
  "A sweep needs an argument.": "스윕에는 인자가 필요합니다.",
  "At most two arguments.": "인자는 최대 2개입니다.",
  "At least {limit}.": "{limit} 이상이어야 합니다.",
  "At most {limit}.": "{limit} 이하여야 합니다.",
  "Error: the system does not end this program's processes, not even when they are killed.":
    "오류: 강제로 종료해도 시스템이 이 프로그램의 프로세스를 끝내지 않습니다.",
};
export default ko;
