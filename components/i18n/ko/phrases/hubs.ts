/** Sentences of the console about downloads from hubs and pushes to one. */
import type { PhrasesOf } from "../../en/phrases";

const ko: PhrasesOf<"hubs"> = {
  "{hub} does not accept the token that is kept here, or has no {kind} {id} that it may see. Replace the token under Settings.":
    "{hub}에서 여기 보관된 토큰을 받지 않거나, 이 토큰으로 {id}을(를) 볼 수 없습니다. 설정에서 토큰을 바꾸세요.",
  "{hub} wants a token for {id}: it is private, gated, or its name is misspelt. Set a token under Settings.":
    "{hub}에서 {id}에 토큰을 요구합니다. 비공개이거나 접근이 제한되었거나 이름이 틀렸습니다. 설정에서 토큰을 지정하세요.",
  "{id} is gated. Open its page on {hub}, accept its terms with the account of your token, then try again.":
    "{id}은(는) 접근이 제한되어 있습니다. {hub}의 페이지에서 토큰의 계정으로 약관에 동의한 뒤 다시 시도하세요.",
  "{id} is gated. Open its page on {hub}, accept its terms, and set that account's token under Settings.":
    "{id}은(는) 접근이 제한되어 있습니다. {hub}의 페이지에서 약관에 동의하고 설정에서 그 계정의 토큰을 지정하세요.",
  "{hub} has no {kind} {id}. Check the spelling, also of capitals; a private one needs a token.":
    "{hub}에 {id}이(가) 없습니다. 대소문자를 포함해 철자를 확인하세요. 비공개라면 토큰이 필요합니다.",
  "{hub} has fewer bytes of a file than were kept here.": "{hub}의 파일이 여기 있는 것보다 짧습니다.",
  "{hub} asks to slow down.": "{hub}에서 요청을 늦추라고 합니다.",
  "{hub} answers {status}, which is trouble on its side.": "{hub}의 응답이 {status}입니다. 그쪽 문제입니다.",
  "{hub} answered {status} for {id}.": "{hub}이(가) {id}에 {status}(으)로 응답했습니다.",
  "The console may not write into its home folder.": "콘솔이 홈 폴더에 쓸 수 없습니다.",
  "{hub} cannot be found: there is no network, or no name server answers.":
    "{hub}을(를) 찾을 수 없습니다. 네트워크가 없거나 이름 서버가 응답하지 않습니다.",
  "{hub} cannot be reached. Check the network, a proxy or the address of the mirror.":
    "{hub}에 연결할 수 없습니다. 네트워크, 프록시, 미러 주소를 확인하세요.",
  "The certificate of {hub} is not trusted here ({code}). A proxy that opens connections needs its certificate in NODE_EXTRA_CA_CERTS.":
    "여기서는 {hub}의 인증서를 신뢰하지 않습니다({code}). 연결을 여는 프록시라면 그 인증서를 NODE_EXTRA_CA_CERTS에 넣으세요.",
  "The connection to {hub} broke.": "{hub}과(와)의 연결이 끊어졌습니다.",
  "The disk is full. Make room, then resume: what came so far is kept.":
    "디스크가 가득 찼습니다. 공간을 비운 뒤 재개하세요. 받은 것은 남아 있습니다.",
  "{missing} are still to come and {free} are free; {floor} must stay free. Make room, then resume: what came so far is kept.":
    "아직 {missing}이(가) 남았고 {free}이(가) 비어 있으며 {floor}은(는) 비워 두어야 합니다. 공간을 비운 뒤 재개하세요. 받은 것은 남아 있습니다.",
  "another file failed": "다른 파일이 실패했습니다",
  "{file} does not have the checksum that the hub names, twice in a row. Something on the way changes it (a proxy, a mirror that is out of date).":
    "{file}의 체크섬이 두 번 연속 허브의 값과 다릅니다. 도중에 무언가가 바꾸고 있습니다(프록시, 오래된 미러).",
  "The connection ended before the file did.": "파일이 끝나기 전에 연결이 끊겼습니다.",
  "{file} is longer than the hub says. Start it again.":
    "{file}이(가) 허브에 적힌 것보다 깁니다. 다시 시작하세요.",
  "{hub} sends {id} around in circles.": "{hub}이(가) {id} 요청을 계속 되돌립니다.",
  "{id} is being downloaded already.": "{id}을(를) 이미 내려받고 있습니다.",
  "openMind's files come only through its own Python library: LLaMA-Factory downloads them when a run starts. Choose another hub to download here.":
    "openMind의 파일은 자체 Python 라이브러리로만 받을 수 있습니다. LLaMA-Factory가 실행 시작 때 내려받습니다. 여기서 받으려면 다른 허브를 고르세요.",
  "There is no download {key}.": "{key} 다운로드가 없습니다.",
  "It has no data files of a kind that is read here (json, jsonl, csv, parquet, txt). Scripts are never run.":
    "여기서 읽는 종류의 데이터 파일(json, jsonl, csv, parquet, txt)이 없습니다. 스크립트는 실행하지 않습니다.",
  "It has pickled weights only, which can run code when opened and are never downloaded. Look for a repository with safetensors.":
    "pickle 가중치만 있습니다. 열 때 코드가 실행될 수 있어 내려받지 않습니다. safetensors가 있는 저장소를 찾으세요.",
  "It has no weights in safetensors.": "safetensors 가중치가 없습니다.",
  'This token of {name} may only read. Make one with the role "write" on Hugging Face, and keep it under Settings.':
    "{name}의 이 토큰은 읽기 전용입니다. Hugging Face에서 write 역할의 토큰을 만들어 설정에 보관하세요.",
  'Pushing needs a token with the role "write". Make one on Hugging Face, and keep it under Settings.':
    "올리려면 write 역할의 토큰이 필요합니다. Hugging Face에서 만들어 설정에 보관하세요.",
  "The token that is kept here is none of Hugging Face's: those begin with hf_.":
    "여기 보관된 토큰은 Hugging Face의 것이 아닙니다. 그 토큰은 hf_로 시작합니다.",
  "{id} has {count} files or more, which ModelScope does not list in full.":
    "{id}에는 파일이 {count}개 이상 있어 ModelScope가 모두 나열하지 않습니다.",
  "ModelScope answered something that is not its file list.": "ModelScope의 응답이 파일 목록이 아닙니다.",
  "The console ended while it was on its way. Push again: what has arrived is not sent twice.":
    "전송 중에 콘솔이 끝났습니다. 다시 올리세요. 도착한 것은 다시 보내지 않습니다.",
  "Push again: what has arrived is not sent twice.": "다시 올리세요. 도착한 것은 다시 보내지 않습니다.",
  "Hugging Face's storage answered {status} for a file. {again}":
    "Hugging Face의 저장소가 한 파일에 {status}(으)로 응답했습니다. {again}",
  "Hugging Face does not accept the token that is kept here. Replace it under Settings.":
    "Hugging Face에서 여기 보관된 토큰을 받지 않습니다. 설정에서 바꾸세요.",
  "Hugging Face refuses this token{words}.": "Hugging Face에서 이 토큰을 거부합니다{words}.",
  'The token that is kept here may not write to {repo}{words}. It needs the role "write" for {owner}; of an organization its account must be a member.':
    "여기 보관된 토큰으로는 {repo}에 쓸 수 없습니다{words}. {owner}에 대한 write 역할이 필요하며, 조직이라면 계정이 구성원이어야 합니다.",
  "{endpoint} does not say whose token this is: it is a mirror that only hands out files. Set Hugging Face's own address under Settings to push.":
    "{endpoint}은(는) 누구의 토큰인지 알려 주지 않습니다. 파일만 나눠 주는 미러입니다. 올리려면 설정에 Hugging Face의 주소를 넣으세요.",
  "Hugging Face has no {repo} that this token may see any more.":
    "이 토큰으로 볼 수 있는 {repo}이(가) Hugging Face에 더 이상 없습니다.",
  "{endpoint} takes no files: it is a mirror that only hands them out.":
    "{endpoint}은(는) 파일을 받지 않습니다. 나눠 주기만 하는 미러입니다.",
  "The name {repo} is taken: somebody has made it meanwhile. Look again at what would be pushed.":
    "{repo} 이름은 이미 쓰이고 있습니다. 그사이에 누군가 만들었습니다. 올릴 내용을 다시 확인하세요.",
  "{repo} has changed while the files were on their way. {again}":
    "파일을 보내는 동안 {repo}이(가) 바뀌었습니다. {again}",
  "Hugging Face asks to slow down. Push again in some minutes.":
    "Hugging Face에서 요청을 늦추라고 합니다. 몇 분 뒤에 다시 올리세요.",
  "{repo} has another name by now. Give the one that its page shows.":
    "{repo}의 이름이 바뀌었습니다. 그 페이지에 보이는 이름을 쓰세요.",
  "Hugging Face answers {status}, which is trouble on its side. {again}":
    "Hugging Face의 응답이 {status}입니다. 그쪽 문제입니다. {again}",
  "Hugging Face answered {status} for {repo}{words}.":
    "Hugging Face가 {repo}에 {status}(으)로 응답했습니다{words}.",
  "What would be pushed has changed since it was shown. Nothing has been sent; look at it again.":
    "올릴 내용이 표시한 뒤에 바뀌었습니다. 아무것도 보내지 않았습니다. 다시 확인하세요.",
  "Files are on their way to {repo} already.": "파일을 이미 {repo}(으)로 보내고 있습니다.",
  "It is still on its way. Cancel it first.": "아직 보내는 중입니다. 먼저 취소하세요.",
  "The token that is kept here is {account}'s, and {owner} is neither that account nor an organization of it. Choose a name such as {example}.":
    "여기 보관된 토큰은 {account}의 것이고 {owner}은(는) 그 계정도, 그 조직도 아닙니다. {example} 같은 이름을 고르세요.",
  "There is no push with the id {id}.": "ID가 {id}인 올리기가 없습니다.",
  "{name} has not been trained here. Push an export of it, or a run's result.":
    "{name}은(는) 여기서 학습하지 않았습니다. 내보낸 것이나 실행 결과를 올리세요.",
  "A hub id is org/name, such as Qwen/Qwen3-0.6B.": "허브 ID는 조직/이름 형식입니다. 예: Qwen/Qwen3-0.6B.",
  "A revision is a branch, a tag or a commit.": "리비전은 브랜치, 태그 또는 커밋입니다.",
  "A token is 8 to 200 letters, digits and signs, without spaces.":
    "토큰은 공백 없이 문자, 숫자, 기호로 8~200자입니다.",
};
export default ko;
