/** Sentences of the console about datasets, their files, and files that are added. */
import type { PhrasesOf } from "../../en/phrases";

const ru: PhrasesOf<"datasets"> = {
  "{file} is missing.": "Нет файла {file}.",
  "{file} is empty.": "Файл {file} пуст.",
  "{name} holds no rows.": "В {name} нет примеров.",
  "{name}: files with rows end in {kinds}.": "{name}: файлы с примерами оканчиваются на {kinds}.",
  "{name}: files with rows end in {kinds}, not in {kind}.":
    "{name}: файлы с примерами оканчиваются на {kinds}, а не на {kind}.",
  "{name}: rows are read from {kinds} files, not from {kind}.":
    "{name}: примеры читаются из файлов {kinds}, а не из {kind}.",
  "This file is being added already.": "Этот файл уже добавляется.",
  "This file is not being added.": "Этот файл не добавляется.",
  "{name}: say which column is its {meaning}.": "{name}: укажите, какой столбец означает {meaning}.",
  "Adding failed inside the console. Its terminal shows the details.":
    "При добавлении в консоли произошла ошибка. Подробности в её терминале.",
  "This file is no longer here. Choose it again.": "Этого файла здесь больше нет. Выберите его снова.",
  "There is a dataset named {name} already. {free} is free.":
    "Набор данных {name} уже есть. Имя {free} свободно.",
  "No row of {name} can be used. Row 1: {why}.": "В {name} нет пригодных примеров. Пример 1: {why}.",
  "it holds no rows": "в нём нет примеров",
  "it is not an object of columns": "это не объект со столбцами",
  "it has no column {missing}; it has {present}": "нет столбца {missing}; есть {present}",
  '"{column}" is empty': "столбец «{column}» пуст",
  '"{column}" says neither yes nor no': "в столбце «{column}» ни «да», ни «нет»",
  "no column is its {meaning}": "ни один столбец не означает {meaning}",
  "{one} and {other} have other columns or are other kinds of files, so they cannot be one dataset.":
    "У {one} и {other} разные столбцы или типы файлов, поэтому они не могут стать одним набором.",
  "{name} has no column {column}; it has {columns}.": "В {name} нет столбца {column}; есть {columns}.",
  "{folder} holds no file that ends in {kinds}.": "В {folder} нет файлов {kinds}.",
  "{folder} holds {count} files of rows; at most {most} are added at once.":
    "В {folder} файлов с примерами: {count}; за раз добавляется не больше {most}.",
  "There is no dataset named {name}.": "Набора данных {name} нет.",
  "{name} has several files; rows are changed where it has one.":
    "В {name} несколько файлов; примеры меняются, где файл один.",
  "{file} lies outside the data folder, where Tuneboard changes nothing.":
    "{file} лежит вне папки данных, где Tuneboard ничего не меняет.",
  "{name} cannot be counted.": "Не удалось сосчитать примеры {name}.",
  "{name} is not on this machine.": "{name} нет на этой машине.",
  "This console has no program that makes text and tokens of rows.":
    "В этой консоли нет программы, превращающей примеры в текст и токены.",
  "{file} has no dataset named {name}.": "В {file} нет набора данных {name}.",
  "{name} could not be added.": "Не удалось добавить {name}.",
  "{where}: neither file_name nor a hub address says where the data is.":
    "{where}: ни file_name, ни адрес хаба не говорят, где данные.",
  "Not on this machine: it is on a hub ({name}). Download it and name the file in {file}.":
    "На этой машине его нет: он в хабе ({name}). Загрузите его и укажите файл в {file}.",
  "It has {media}; the embedded trainer reads text only.":
    "В нём есть изображения, видео или звук ({media}); встроенный движок читает только текст.",
  "{file}: its rows are not objects.": "{file}: примеры в нём не являются объектами.",
  "{file} names columns, but not which one is the {key}.":
    "{file} называет столбцы, но не говорит, какой из них {key}.",
  '{file}: the first row has no column {missing}; it has {present}. Name the right one under "columns" in {registry}.':
    "{file}: в первом примере нет столбца {missing}; есть {present}. Укажите верный в columns в {registry}.",
  "{file} cannot be read as parquet: {why}.": "{file} не читается как parquet: {why}.",
  "{program} could not be started: {why}.": "Не удалось запустить {program}: {why}.",
  "The preview program ended ({how}).": "Программа предпросмотра завершилась ({how}).",
  "exit code {code}": "код завершения {code}",
  "{file} is missing. It lists the datasets of that folder.":
    "Нет файла {file}. В нём перечислены наборы данных папки.",
  "{where}, line {line}, column {column}: {fault}.": "{where}, строка {line}, столбец {column}: {fault}.",
  "not valid JSON: {fault}": "недопустимый JSON: {fault}",
  "not valid CSV: {fault}": "недопустимый CSV: {fault}",
  "it must be one object: a name, then what is known of that dataset":
    "это должен быть один объект: имя, затем сведения о наборе данных",
  "{where} must be one object: a name, then what is known of that dataset.":
    "{where}: должен быть один объект: имя, затем сведения о наборе данных.",
  "{file} has changed: it has {now} rows now, not {then}. Look at it again.":
    "{file} изменился: теперь примеров {now}, а не {then}. Посмотрите ещё раз.",
  "{file}: rows are changed in .json and .jsonl files up to {size} MB.":
    "{file}: примеры меняются в файлах .json и .jsonl до {size} МБ.",
  "{file} has changed while it was read.": "{file} изменился во время чтения.",
  "something follows the end of the list": "после конца списка что-то есть",
  "it ends in the middle of row {row}, which begins here: it is cut short or has an unclosed bracket or quote":
    "файл обрывается посреди примера {row}, который начинается здесь: он обрезан или не закрыта скобка или кавычка",
  "it holds neither a JSON array of rows nor one object per row":
    "это ни массив JSON, ни по объекту на строку",
  "an unknown word": "неизвестное слово",
  "a number that is none": "недопустимое число",
  "a name in quotes is expected": "ожидается имя в кавычках",
  "a value is expected": "ожидается значение",
  "a colon is expected": "ожидается двоеточие",
  "a comma is expected": "ожидается запятая",
  "a closing } is expected": "ожидается закрывающая }",
  "a closing ] is expected": "ожидается закрывающая ]",
  "something follows the end": "после конца что-то есть",
  "comments are not allowed in JSON": "в JSON нельзя писать комментарии",
  "a comment does not end": "комментарий не закончен",
  "a text does not end: a closing quote is expected": "текст не закончен: ожидается закрывающая кавычка",
  "a number breaks off": "число обрывается",
  "\\u must be followed by four digits from 0 to f": "после \\u нужны четыре цифры от 0 до f",
  "a backslash is followed by a letter that it does not go with": "после обратной черты недопустимая буква",
  "a line break or control character inside a text; write \\n":
    "перевод строки или управляющий символ внутри текста; пишите \\n",
  "The rows could not be measured.": "Не удалось измерить примеры.",
  "This change can no longer be undone: it was undone already, or was made too long ago.":
    "Это изменение уже не отменить: оно отменено или сделано слишком давно.",
  "{name} is {size}, more than the limit of {limit} for one file (Settings, Data). A file that is on this machine already can be added by its path.":
    "{name} занимает {size}, больше предела {limit} для одного файла («Настройки», «Данные»). Файл, который уже на этой машине, можно добавить по пути.",
  "There is no such upload. Choose the file again.": "Такой передачи нет. Выберите файл снова.",
  "{name} is being received already.": "{name} уже принимается.",
  "{name}: {received} bytes are here, so go on from there, not from {offset}.":
    "{name}: получено {received} байт; продолжайте оттуда, а не с {offset}.",
  "The disk is full: {name} broke off.": "Диск заполнен: передача {name} прервалась.",
  "The connection broke while {name} came in.": "Соединение прервалось во время передачи {name}.",
  "{name} has come in only in part: {received} of {size} bytes.":
    "{name} получен лишь частично: {received} из {size} байт.",
  "This needs {bytes} and would leave {left} free, less than the {floor} that must stay free (Settings, Data).":
    "Нужно {bytes}, останется {left} свободно, меньше обязательных {floor} («Настройки», «Данные»).",
  "{name} is longer than the {size} bytes that were announced.": "{name} длиннее объявленных {size} байт.",
  "A dataset's name is made of letters, digits, dots, dashes and underscores, at most 80.":
    "Имя набора данных состоит из букв, цифр, точек, дефисов и подчёркиваний, не больше 80.",
  "Give the model a name.": "Дайте модели имя.",
  "Say who made it.": "Укажите, кто её создал.",
  "Choose at least one language.": "Выберите хотя бы один язык.",
  "Choose at least one dataset.": "Выберите хотя бы один набор данных.",
  "A file that is on this machine already can be added by its path.":
    "Файл, который уже на этой машине, можно добавить по пути.",
};
export default ru;
