/** Sentences of the console about datasets, their files, and files that are added. */
import type { PhrasesOf } from "../../en/phrases";

const ko: PhrasesOf<"datasets"> = {
  "{file} is missing.": "{file} 파일이 없습니다.",
  "{file} is empty.": "{file} 파일이 비어 있습니다.",
  "{name} holds no rows.": "{name}에 행이 없습니다.",
  "{name}: files with rows end in {kinds}.": "{name}: 행이 든 파일의 확장자는 {kinds}입니다.",
  "{name}: files with rows end in {kinds}, not in {kind}.":
    "{name}: 행이 든 파일의 확장자는 {kinds}이며 {kind}은(는) 아닙니다.",
  "{name}: rows are read from {kinds} files, not from {kind}.":
    "{name}: 행은 {kinds} 파일에서 읽으며 {kind}에서는 읽지 않습니다.",
  "This file is being added already.": "이 파일은 이미 추가하고 있습니다.",
  "This file is not being added.": "이 파일은 추가하고 있지 않습니다.",
  "{name}: say which column is its {meaning}.": "{name}: 어느 열이 {meaning}인지 지정하세요.",
  "Adding failed inside the console. Its terminal shows the details.":
    "추가하는 중에 콘솔 내부에서 오류가 났습니다. 자세한 내용은 터미널에 있습니다.",
  "This file is no longer here. Choose it again.": "이 파일은 더 이상 없습니다. 다시 선택하세요.",
  "There is a dataset named {name} already. {free} is free.":
    "{name} 데이터셋이 이미 있습니다. {free}은(는) 쓸 수 있습니다.",
  "No row of {name} can be used. Row 1: {why}.": "{name}에 쓸 수 있는 행이 없습니다. 1행: {why}.",
  "it holds no rows": "행이 없습니다",
  "it is not an object of columns": "열로 된 객체가 아닙니다",
  "it has no column {missing}; it has {present}": "{missing} 열이 없고 {present} 열이 있습니다",
  '"{column}" is empty': "“{column}” 열이 비어 있습니다",
  '"{column}" says neither yes nor no': "“{column}” 열이 예도 아니오도 아닙니다",
  "no column is its {meaning}": "{meaning}에 해당하는 열이 없습니다",
  "{one} and {other} have other columns or are other kinds of files, so they cannot be one dataset.":
    "{one}과(와) {other}은(는) 열이나 파일 종류가 달라 한 데이터셋이 될 수 없습니다.",
  "{name} has no column {column}; it has {columns}.": "{name}에 {column} 열이 없습니다. 있는 열: {columns}.",
  "{folder} holds no file that ends in {kinds}.": "{folder}에 확장자가 {kinds}인 파일이 없습니다.",
  "{folder} holds {count} files of rows; at most {most} are added at once.":
    "{folder}에 데이터 파일이 {count}개 있습니다. 한 번에 최대 {most}개까지 추가합니다.",
  "There is no dataset named {name}.": "{name} 데이터셋이 없습니다.",
  "{name} has several files; rows are changed where it has one.":
    "{name}에는 파일이 여러 개입니다. 파일이 하나일 때만 행을 바꿀 수 있습니다.",
  "{file} lies outside the data folder, where Tuneboard changes nothing.":
    "{file}은(는) 데이터 폴더 밖에 있습니다. Tuneboard는 그곳을 바꾸지 않습니다.",
  "{name} cannot be counted.": "{name}의 행을 셀 수 없습니다.",
  "{name} is not on this machine.": "{name}은(는) 이 컴퓨터에 없습니다.",
  "This console has no program that makes text and tokens of rows.":
    "이 콘솔에는 행을 텍스트와 토큰으로 바꾸는 프로그램이 없습니다.",
  "{file} has no dataset named {name}.": "{file}에 {name} 데이터셋이 없습니다.",
  "{name} could not be added.": "{name}을(를) 추가하지 못했습니다.",
  "{where}: neither file_name nor a hub address says where the data is.":
    "{where}: file_name도 허브 주소도 없어 데이터가 어디 있는지 알 수 없습니다.",
  "Not on this machine: it is on a hub ({name}). Download it and name the file in {file}.":
    "이 컴퓨터에 없고 허브에 있습니다({name}). 내려받은 뒤 {file}에 파일 이름을 적으세요.",
  "It has {media}; the embedded trainer reads text only.":
    "이미지, 동영상 또는 소리({media})가 들어 있습니다. 내장 엔진은 텍스트만 읽습니다.",
  "{file}: its rows are not objects.": "{file}: 행이 객체가 아닙니다.",
  "{file} names columns, but not which one is the {key}.":
    "{file}에 열은 적혀 있지만 어느 것이 {key}인지 없습니다.",
  '{file}: the first row has no column {missing}; it has {present}. Name the right one under "columns" in {registry}.':
    "{file}: 첫 행에 {missing} 열이 없고 {present} 열이 있습니다. {registry}의 columns에 맞는 열을 적으세요.",
  "{file} cannot be read as parquet: {why}.": "{file}을(를) parquet으로 읽을 수 없습니다: {why}.",
  "{program} could not be started: {why}.": "{program}을(를) 시작하지 못했습니다: {why}.",
  "The preview program ended ({how}).": "미리 보기 프로그램이 끝났습니다({how}).",
  "exit code {code}": "종료 코드 {code}",
  "{file} is missing. It lists the datasets of that folder.":
    "{file} 파일이 없습니다. 그 폴더의 데이터셋 목록입니다.",
  "{where}, line {line}, column {column}: {fault}.": "{where}, {line}행 {column}열: {fault}.",
  "not valid JSON: {fault}": "올바른 JSON이 아닙니다: {fault}",
  "not valid CSV: {fault}": "올바른 CSV가 아닙니다: {fault}",
  "it must be one object: a name, then what is known of that dataset":
    "하나의 객체여야 합니다: 이름, 그리고 그 데이터셋의 정보",
  "{where} must be one object: a name, then what is known of that dataset.":
    "{where}은(는) 하나의 객체여야 합니다: 이름, 그리고 그 데이터셋의 정보.",
  "{file} has changed: it has {now} rows now, not {then}. Look at it again.":
    "{file}이(가) 바뀌었습니다. 지금은 {then}행이 아니라 {now}행입니다. 다시 확인하세요.",
  "{file}: rows are changed in .json and .jsonl files up to {size} MB.":
    "{file}: 행은 {size} MB 이하의 .json, .jsonl 파일에서만 바꿀 수 있습니다.",
  "{file} has changed while it was read.": "읽는 동안 {file}이(가) 바뀌었습니다.",
  "something follows the end of the list": "목록이 끝난 뒤에 내용이 더 있습니다",
  "it ends in the middle of row {row}, which begins here: it is cut short or has an unclosed bracket or quote":
    "여기서 시작하는 {row}행 중간에서 끝납니다. 잘렸거나 괄호 또는 따옴표가 닫히지 않았습니다",
  "it holds neither a JSON array of rows nor one object per row":
    "행의 JSON 배열도, 줄마다 하나의 객체도 아닙니다",
  "an unknown word": "알 수 없는 단어",
  "a number that is none": "올바르지 않은 숫자",
  "a name in quotes is expected": "따옴표로 묶은 이름이 필요합니다",
  "a value is expected": "값이 필요합니다",
  "a colon is expected": "콜론이 필요합니다",
  "a comma is expected": "쉼표가 필요합니다",
  "a closing } is expected": "닫는 }가 필요합니다",
  "a closing ] is expected": "닫는 ]가 필요합니다",
  "something follows the end": "끝난 뒤에 내용이 더 있습니다",
  "comments are not allowed in JSON": "JSON에는 주석을 쓸 수 없습니다",
  "a comment does not end": "주석이 끝나지 않습니다",
  "a text does not end: a closing quote is expected": "텍스트가 끝나지 않습니다. 닫는 따옴표가 필요합니다",
  "a number breaks off": "숫자가 중간에 끊깁니다",
  "\\u must be followed by four digits from 0 to f": "\\u 뒤에는 0에서 f까지의 네 자리 숫자가 와야 합니다",
  "a backslash is followed by a letter that it does not go with": "백슬래시 뒤에 쓸 수 없는 문자가 있습니다",
  "a line break or control character inside a text; write \\n":
    "텍스트 안에 줄바꿈이나 제어 문자가 있습니다. \\n으로 쓰세요",
  "The rows could not be measured.": "행의 길이를 잴 수 없었습니다.",
  "This change can no longer be undone: it was undone already, or was made too long ago.":
    "이 변경은 더 이상 되돌릴 수 없습니다. 이미 되돌렸거나 너무 오래되었습니다.",
  "{name} is {size}, more than the limit of {limit} for one file (Settings, Data). A file that is on this machine already can be added by its path.":
    "{name}은(는) {size}로, 파일 하나의 한도 {limit}(설정, 데이터)를 넘습니다. 이 컴퓨터에 이미 있는 파일은 경로로 추가할 수 있습니다.",
  "There is no such upload. Choose the file again.": "그런 업로드가 없습니다. 파일을 다시 선택하세요.",
  "{name} is being received already.": "{name}을(를) 이미 받고 있습니다.",
  "{name}: {received} bytes are here, so go on from there, not from {offset}.":
    "{name}: {received}바이트가 있으니 {offset}이 아니라 그곳부터 이어야 합니다.",
  "The disk is full: {name} broke off.": "디스크가 가득 찼습니다. {name}이(가) 중단되었습니다.",
  "The connection broke while {name} came in.": "{name}을(를) 받는 중에 연결이 끊어졌습니다.",
  "{name} has come in only in part: {received} of {size} bytes.":
    "{name}은(는) 일부만 받았습니다: {size}바이트 중 {received}바이트.",
  "This needs {bytes} and would leave {left} free, less than the {floor} that must stay free (Settings, Data).":
    "{bytes}이(가) 필요하고 {left}만 남습니다. 비워 두어야 하는 {floor}(설정, 데이터)보다 적습니다.",
  "{name} is longer than the {size} bytes that were announced.":
    "{name}이(가) 알려진 {size}바이트보다 깁니다.",
  "A dataset's name is made of letters, digits, dots, dashes and underscores, at most 80.":
    "데이터셋 이름은 문자, 숫자, 점, 하이픈, 밑줄로 최대 80자입니다.",
  "Give the model a name.": "모델의 이름을 적으세요.",
  "Say who made it.": "누가 만들었는지 적으세요.",
  "Choose at least one language.": "언어를 하나 이상 선택하세요.",
  "Choose at least one dataset.": "데이터셋을 하나 이상 선택하세요.",
  "A file that is on this machine already can be added by its path.":
    "이 컴퓨터에 이미 있는 파일은 경로로 추가할 수 있습니다.",
};
export default ko;
