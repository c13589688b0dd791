/** Sentences of the console about downloads from hubs and pushes to one. */
import type { PhrasesOf } from "../../en/phrases";

const ru: PhrasesOf<"hubs"> = {
  "{hub} does not accept the token that is kept here, or has no {kind} {id} that it may see. Replace the token under Settings.":
    "{hub} не принимает сохранённый здесь токен или не видит с ним {id}. Замените токен в «Настройках».",
  "{hub} wants a token for {id}: it is private, gated, or its name is misspelt. Set a token under Settings.":
    "{hub} требует токен для {id}: репозиторий закрыт, с ограничением или имя неверно. Задайте токен в «Настройках».",
  "{id} is gated. Open its page on {hub}, accept its terms with the account of your token, then try again.":
    "Доступ к {id} ограничен. Откройте его страницу на {hub}, примите условия под учётной записью токена и повторите.",
  "{id} is gated. Open its page on {hub}, accept its terms, and set that account's token under Settings.":
    "Доступ к {id} ограничен. Откройте его страницу на {hub}, примите условия и задайте токен этой учётной записи в «Настройках».",
  "{hub} has no {kind} {id}. Check the spelling, also of capitals; a private one needs a token.":
    "На {hub} нет {id}. Проверьте написание, в том числе прописные буквы; для закрытого нужен токен.",
  "{hub} has fewer bytes of a file than were kept here.": "На {hub} файл короче, чем уже получено здесь.",
  "{hub} asks to slow down.": "{hub} просит делать запросы реже.",
  "{hub} answers {status}, which is trouble on its side.":
    "{hub} отвечает {status}: неполадки на его стороне.",
  "{hub} answered {status} for {id}.": "{hub} ответил {status} на {id}.",
  "The console may not write into its home folder.": "Консоль не может писать в свою домашнюю папку.",
  "{hub} cannot be found: there is no network, or no name server answers.":
    "{hub} не найден: нет сети или не отвечает сервер имён.",
  "{hub} cannot be reached. Check the network, a proxy or the address of the mirror.":
    "{hub} недоступен. Проверьте сеть, прокси или адрес зеркала.",
  "The certificate of {hub} is not trusted here ({code}). A proxy that opens connections needs its certificate in NODE_EXTRA_CA_CERTS.":
    "Сертификат {hub} здесь не считается надёжным ({code}). Если прокси вскрывает соединения, укажите его сертификат в NODE_EXTRA_CA_CERTS.",
  "The connection to {hub} broke.": "Соединение с {hub} прервалось.",
  "The disk is full. Make room, then resume: what came so far is kept.":
    "Диск заполнен. Освободите место и продолжите: полученное сохранится.",
  "{missing} are still to come and {free} are free; {floor} must stay free. Make room, then resume: what came so far is kept.":
    "Осталось получить {missing}, свободно {free}, должно остаться {floor}. Освободите место и продолжите: полученное сохранится.",
  "another file failed": "сбой с другим файлом",
  "{file} does not have the checksum that the hub names, twice in a row. Something on the way changes it (a proxy, a mirror that is out of date).":
    "Контрольная сумма {file} дважды не совпала с указанной хабом. Что-то меняет его в пути (прокси, устаревшее зеркало).",
  "The connection ended before the file did.": "Соединение закончилось раньше файла.",
  "{file} is longer than the hub says. Start it again.":
    "{file} длиннее, чем указано на хабе. Начните заново.",
  "{hub} sends {id} around in circles.": "{hub} гоняет {id} по кругу.",
  "{id} is being downloaded already.": "{id} уже загружается.",
  "openMind's files come only through its own Python library: LLaMA-Factory downloads them when a run starts. Choose another hub to download here.":
    "Файлы openMind доступны только через его библиотеку Python: LLaMA-Factory загрузит их при запуске. Для загрузки здесь выберите другой хаб.",
  "There is no download {key}.": "Загрузки {key} нет.",
  "It has no data files of a kind that is read here (json, jsonl, csv, parquet, txt). Scripts are never run.":
    "Нет файлов данных, которые здесь читаются (json, jsonl, csv, parquet, txt). Скрипты не выполняются.",
  "It has pickled weights only, which can run code when opened and are never downloaded. Look for a repository with safetensors.":
    "Только веса pickle: при открытии они могут выполнять код и никогда не загружаются. Ищите репозиторий с safetensors.",
  "It has no weights in safetensors.": "Нет весов в safetensors.",
  'This token of {name} may only read. Make one with the role "write" on Hugging Face, and keep it under Settings.':
    "Этот токен {name} только для чтения. Создайте на Hugging Face токен с ролью write и сохраните его в «Настройках».",
  'Pushing needs a token with the role "write". Make one on Hugging Face, and keep it under Settings.':
    "Для отправки нужен токен с ролью write. Создайте его на Hugging Face и сохраните в «Настройках».",
  "The token that is kept here is none of Hugging Face's: those begin with hf_.":
    "Сохранённый здесь токен не от Hugging Face: те начинаются с hf_.",
  "{id} has {count} files or more, which ModelScope does not list in full.":
    "В {id} не меньше {count} файлов, и ModelScope перечисляет их не все.",
  "ModelScope answered something that is not its file list.": "ModelScope ответил не списком файлов.",
  "The console ended while it was on its way. Push again: what has arrived is not sent twice.":
    "Консоль завершилась во время отправки. Отправьте снова: дошедшее повторно не передаётся.",
  "Push again: what has arrived is not sent twice.": "Отправьте снова: дошедшее повторно не передаётся.",
  "Hugging Face's storage answered {status} for a file. {again}":
    "Хранилище Hugging Face ответило {status} на один из файлов. {again}",
  "Hugging Face does not accept the token that is kept here. Replace it under Settings.":
    "Hugging Face не принимает сохранённый здесь токен. Замените его в «Настройках».",
  "Hugging Face refuses this token{words}.": "Hugging Face отклоняет этот токен{words}.",
  'The token that is kept here may not write to {repo}{words}. It needs the role "write" for {owner}; of an organization its account must be a member.':
    "Сохранённый здесь токен не может писать в {repo}{words}. Нужна роль write для {owner}; в организации учётная запись должна состоять.",
  "{endpoint} does not say whose token this is: it is a mirror that only hands out files. Set Hugging Face's own address under Settings to push.":
    "{endpoint} не сообщает, чей это токен: это зеркало, которое только раздаёт файлы. Для отправки укажите в «Настройках» адрес самого Hugging Face.",
  "Hugging Face has no {repo} that this token may see any more.":
    "На Hugging Face больше нет {repo}, доступного этому токену.",
  "{endpoint} takes no files: it is a mirror that only hands them out.":
    "{endpoint} не принимает файлы: это зеркало, которое их только раздаёт.",
  "The name {repo} is taken: somebody has made it meanwhile. Look again at what would be pushed.":
    "Имя {repo} занято: его тем временем создали. Посмотрите ещё раз, что будет отправлено.",
  "{repo} has changed while the files were on their way. {again}":
    "{repo} изменился, пока отправлялись файлы. {again}",
  "Hugging Face asks to slow down. Push again in some minutes.":
    "Hugging Face просит не спешить. Отправьте снова через несколько минут.",
  "{repo} has another name by now. Give the one that its page shows.":
    "{repo} теперь называется иначе. Укажите имя с его страницы.",
  "Hugging Face answers {status}, which is trouble on its side. {again}":
    "Hugging Face отвечает {status}: неполадки на его стороне. {again}",
  "Hugging Face answered {status} for {repo}{words}.": "Hugging Face ответил {status} на {repo}{words}.",
  "What would be pushed has changed since it was shown. Nothing has been sent; look at it again.":
    "То, что будет отправлено, изменилось после показа. Ничего не отправлено; посмотрите ещё раз.",
  "Files are on their way to {repo} already.": "Файлы уже отправляются в {repo}.",
  "It is still on its way. Cancel it first.": "Отправка ещё идёт. Сначала отмените её.",
  "The token that is kept here is {account}'s, and {owner} is neither that account nor an organization of it. Choose a name such as {example}.":
    "Сохранённый токен принадлежит {account}, а {owner} не эта учётная запись и не её организация. Выберите имя вроде {example}.",
  "There is no push with the id {id}.": "Отправки с идентификатором {id} нет.",
  "{name} has not been trained here. Push an export of it, or a run's result.":
    "{name} обучена не здесь. Отправьте её экспорт или результат запуска.",
  "A hub id is org/name, such as Qwen/Qwen3-0.6B.":
    "Идентификатор хаба имеет вид организация/имя, например Qwen/Qwen3-0.6B.",
  "A revision is a branch, a tag or a commit.": "Ревизия — это ветка, тег или коммит.",
  "A token is 8 to 200 letters, digits and signs, without spaces.":
    "Токен: от 8 до 200 букв, цифр и знаков без пробелов.",
};
export default ru;
