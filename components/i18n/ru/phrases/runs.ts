/** Sentences of the console about configurations, runs, the queue and sweeps. */
import type { PhrasesOf } from "../../en/phrases";

const ru: PhrasesOf<"runs"> = {
  "Choose a model.": "Выберите модель.",
  "At least 4 tokens.": "Не меньше 4 токенов.",
  "Give a list of prompts, or the path of a .json or .jsonl file.":
    "Укажите список запросов или путь к файлу .json либо .jsonl.",
  "{argument}: {value} is not valid. {why}": "{argument}: значение {value} недопустимо. {why}",
  "{folder} is another run's folder: what is logged there would be mixed with this run's, and its checkpoints taken for this run's own.":
    "{folder} принадлежит другому запуску: журналы смешались бы, а его контрольные точки были бы приняты за свои.",
  "it has no pairs of a better and a worse answer (ranking: true with columns chosen and rejected), which stage {stage} learns from.":
    "нет пар из лучшего и худшего ответа (ranking: true со столбцами chosen и rejected), на которых учится этап {stage}.",
  "its answers are not marked good or bad (column kto_tag), which stage {stage} learns from.":
    "ответы не отмечены как хорошие или плохие (столбец kto_tag), на чём учится этап {stage}.",
  "There is no chat template named {template}.": "Шаблона чата {template} нет.",
  "The configuration cannot be read.": "Конфигурация не читается.",
  "output_dir: {folder} is not a plain folder below saves/.":
    "output_dir: {folder} не является простой папкой внутри saves/.",
  "Runs go below saves/, in folders named with letters, digits, dots, dashes and underscores.":
    "Запуски лежат в saves/, в папках с именами из букв, цифр, точек, дефисов и подчёркиваний.",
  "{folder} exists already. Choose another name, or resume the run that is there.":
    "{folder} уже существует. Выберите другое имя или возобновите тот запуск.",
  "Use letters, digits, dots, dashes and underscores, at most 100.":
    "Используйте буквы, цифры, точки, дефисы и подчёркивания, не больше 100.",
  "A run that is {status} cannot be resumed.": "Запуск в состоянии {status} нельзя возобновить.",
  "No checkpoint was saved before it ended. Save more often (save_steps) to be able to go on.":
    "До завершения не сохранилось ни одной контрольной точки. Сохраняйте чаще (save_steps), чтобы можно было продолжить.",
  "Its checkpoints hold weights only (save_only_model), without the optimizer's state.":
    "В контрольных точках только веса (save_only_model), без состояния оптимизатора.",
  "It lies outside this console's saves folder. Import a copy to go on training.":
    "Он лежит вне папки saves этой консоли. Импортируйте копию, чтобы продолжить обучение.",
  "It has no training_args.yaml, so its exact settings are not known.":
    "Нет training_args.yaml, поэтому точные настройки неизвестны.",
  "The run has not ended yet.": "Запуск ещё не завершён.",
  "It left no weights to go on from.": "От него не осталось весов, с которых можно продолжить.",
  "Its length is set in steps (max_steps), not in epochs.":
    "Его длина задана в шагах (max_steps), а не в эпохах.",
  "It cannot go on.": "Продолжить нельзя.",
  "This run was not started by a console: stop it where you started it.":
    "Этот запуск начат не консолью: остановите его там, где начали.",
  "There is nothing to stop: the run is {status}.": "Останавливать нечего: состояние запуска {status}.",
  "The engine {id} is not part of this console.": "Движка {id} в этой консоли нет.",
  "{name} cannot be used here.": "{name} здесь использовать нельзя.",
  "There is not enough room on this disk for a copy. Leave it in place, or leave the checkpoints out.":
    "На диске не хватает места для копии. Оставьте на месте или не берите контрольные точки.",
  "There is no folder at {folder}.": "Папки {folder} нет.",
  "{folder} is a file. Choose the folder that it lies in.":
    "{folder} — это файл. Выберите папку, в которой он лежит.",
  "{folder} lies in the saves folder: its runs are in the list already.":
    "{folder} лежит в папке saves: его запуски уже в списке.",
  "{folder} is no run itself; its folders are: {folders}. Import them one by one.":
    "{folder} сам не запуск, запуски в нём: {folders}. Импортируйте их по одному.",
  "{folder} holds none of {files}: it is not the folder of a run.":
    "В {folder} нет ни одного из {files}: это не папка запуска.",
  "{name} does not wait any more, or another console starts it just now.":
    "{name} больше не ждёт или его как раз запускает другая консоль.",
  "The run is still going. Stop it first.": "Запуск ещё идёт. Сначала остановите его.",
  "{folder} leads out of the saves folder; delete it by hand.":
    "{folder} ведёт за пределы папки saves; удалите вручную.",
  "{file} holds {size} MB: too much for a page.": "В {file} {size} МБ: слишком много для страницы.",
  "There is no run with the id {id}. Its folder may have been deleted or moved.":
    "Запуска с идентификатором {id} нет. Возможно, папку удалили или переместили.",
  "{folder} has no record to change.": "В {folder} нет записи, которую можно изменить.",
  "Both axes go over the same argument. Choose two different ones.":
    "Обе оси идут по одному аргументу. Выберите два разных.",
  "{count} runs are too many at once; at most {most}.":
    "Запусков сразу {count}, это слишком много; не больше {most}.",
  "The run {name} needs it. Wait until it has ended, or stop it.":
    "Он нужен запуску {name}. Дождитесь его завершения или остановите его.",
  "The process is gone and left no result.": "Процесс исчез и не оставил результата.",
  "The process is gone and left no result: the machine or the program was shut down.":
    "Процесс исчез и не оставил результата: машину или программу выключили.",
  "The process was ended from outside ({signal}).": "Процесс завершён извне ({signal}).",
  "The system killed the process, most likely because memory ran out. A smaller batch, cutoff length or model needs less.":
    "Система завершила процесс, скорее всего из-за нехватки памяти. Меньший пакет, длина или модель требуют меньше.",
  "The process ended by {signal}.": "Процесс завершился по сигналу {signal}.",
  "The process ended with exit code {code}.": "Процесс завершился с кодом {code}.",
  "{how} Its last words: {line}": "{how} Последние слова: {line}",
  "{how} It wrote nothing.": "{how} Он ничего не написал.",
  "A run needs a name.": "Запуску нужно имя.",
  "At most 100 characters.": "Не больше 100 символов.",
  "At most 10,000 characters.": "Не больше 10 000 символов.",
  "A tag has at most 40 characters.": "В метке не больше 40 символов.",
  "At most 20 tags.": "Не больше 20 меток.",
  "More than 0.": "Больше 0.",
  "Say which folder.": "Укажите папку.",
  "A prompt needs text.": "В запросе нужен текст.",
  "A conversation needs a message.": "В беседе нужно сообщение.",
  "{value} is not a number to sweep over.": "{value} не число для перебора.",
  "A sweep needs values.": "Для перебора нужны значения.",
  "A sweep needs an argument.": "Для перебора нужен аргумент.",
  "At most two arguments.": "Не больше двух аргументов.",
  "At least {limit}.": "Не меньше {limit}.",
  "At most {limit}.": "Не больше {limit}.",
  "Error: the system does not end this program's processes, not even when they are killed.":
    "Ошибка: система не завершает процессы этой программы, даже принудительно.",
};
export default ru;
