/** Sentences of the console about chat, models, exports, and the console itself. */
import type { PhrasesOf } from "../../en/phrases";

const ru: PhrasesOf<"console"> = {
  "Takes its turn: it loads when it is asked and the device is free":
    "Ждёт очереди: загрузится при вопросе, когда устройство свободно",
  "The model server sent an empty answer.": "Сервер модели прислал пустой ответ.",
  "The answer was stopped.": "Ответ остановлен.",
  "There is nothing to chat with under {id}. It may have been deleted.":
    "По {id} не с чем говорить. Возможно, удалено.",
  "{file} does not hold a conversation.": "В {file} нет беседы.",
  "The conversation {name} was changed elsewhere meanwhile.":
    "Беседу «{name}» тем временем изменили в другом месте.",
  "A conversation's id is made of small letters, digits and dashes.":
    "Идентификатор беседы состоит из строчных букв, цифр и дефисов.",
  "A conversation needs a name.": "Беседе нужно имя.",
  "There is no server called {name}.": "Сервера {name} нет.",
  "{url} is no list of models. The address of OpenAI's API often ends with /v1.":
    "{url} не список моделей. Адрес API OpenAI часто оканчивается на /v1.",
  "There is no server kept under {target}.": "Под {target} сервера не сохранено.",
  "The server's reply is longer than such a reply can be.": "Ответ сервера длиннее, чем может быть.",
  "{url} leads on to {location}, which is not followed. Type the address where the server answers.":
    "{url} перенаправляет на {location}, куда мы не идём. Введите адрес, по которому отвечает сервер.",
  "another address": "другой адрес",
  "{address} does not answer ({why}).": "{address} не отвечает ({why}).",
  "{name} leads to {address}, where Tuneboard sends nothing. Type the address of a model server.":
    "{name} ведёт на {address}, куда Tuneboard ничего не отправляет. Введите адрес сервера модели.",
  "It was stopped before it had started.": "Остановлен до запуска.",
  "The model server ended ({how}).": "Сервер модели завершился ({how}).",
  "The model server did not answer within {seconds} seconds.": "Сервер модели не ответил за {seconds} с.",
  "The model server answered {status}: {text}": "Сервер модели ответил {status}: {text}",
  "{file} does not hold a list of prompts.": "В {file} нет списка запросов.",
  "This model needs about {needed} GB to answer, and {free} GB are free. Stop a run, or choose a smaller model.":
    "Для ответа модели нужно около {needed} ГБ, а свободно {free} ГБ. Остановите запуск или выберите модель поменьше.",
  "Begin with a letter or digit; then letters, digits, spaces and . _ - : /, at most 80.":
    "Начните с буквы или цифры; далее буквы, цифры, пробелы и . _ - : /, не больше 80.",
  "Type an address like http://127.0.0.1:8000/v1, without user, question mark or #.":
    "Введите адрес вида http://127.0.0.1:8000/v1, без пользователя, вопросительного знака и #.",
  "Name the model to ask for.": "Укажите модель.",
  "A prompt set's name is made of letters, digits, dots, dashes and underscores, at most 80.":
    "Имя набора запросов состоит из букв, цифр, точек, дефисов и подчёркиваний, не больше 80.",
  "A prompt set needs a prompt.": "В наборе нужен хотя бы один запрос.",
  "Begin with a letter or digit; then letters, digits, spaces, dots, dashes and underscores, at most 80.":
    "Начните с буквы или цифры; далее буквы, цифры, пробелы, точки, дефисы и подчёркивания, не больше 80.",
  "Something went wrong inside the console. Its terminal shows the details.":
    "В консоли произошла ошибка. Подробности в её терминале.",
  "The console does not answer. Runs continue without it.":
    "Консоль не отвечает. Запуски продолжаются без неё.",
  "The console answered {status} to {what}.": "Консоль ответила {status} на {what}.",
  "There is nothing at {address}.": "По адресу {address} ничего нет.",
  "path: name the model's folder.": "Укажите папку модели.",
  "Name the model's folder.": "Укажите папку модели.",
  "The predictions could not be scored: {why}": "Не удалось оценить предсказания: {why}",
  "LLaMA-Factory quantises whole models only: export the merged model first, then quantise that one.":
    "LLaMA-Factory квантует только целые модели: сначала экспортируйте слитую модель, затем квантуйте её.",
  "Only the embedded engine writes GGUF, and only LLaMA-Factory GPTQ and the legacy format: leave one of them out.":
    "GGUF пишет только встроенный движок, а GPTQ и старый формат только LLaMA-Factory: уберите что-то одно.",
  "The embedded engine writes safetensors without GPTQ. Leave {what} out, or choose LLaMA-Factory.":
    "Встроенный движок пишет safetensors без GPTQ. Уберите {what} или выберите LLaMA-Factory.",
  "the quantization": "квантование",
  "the legacy format": "старый формат",
  "The embedded engine does not know the architecture of {model}. Choose LLaMA-Factory.":
    "Встроенный движок не знает архитектуру {model}. Выберите LLaMA-Factory.",
  "LLaMA-Factory writes no GGUF. Leave it out, or choose the embedded engine.":
    "LLaMA-Factory не пишет GGUF. Уберите его или выберите встроенный движок.",
  "models/{name} exists already. Choose another name for the exported model.":
    "models/{name} уже существует. Выберите другое имя для экспорта.",
  "{folder} is not there: only a finished export can be pushed.":
    "{folder} нет: отправить можно только готовый экспорт.",
  "It is still being written. Cancel it first.": "Он ещё записывается. Сначала отмените.",
  "There is no export with the id {id}.": "Экспорта с идентификатором {id} нет.",
  "Use letters, digits, dots, dashes and underscores; begin with a letter or digit.":
    "Используйте буквы, цифры, точки, дефисы и подчёркивания; начните с буквы или цифры.",
  "The disk is full: nothing can be written into {folder}. Free some space (old checkpoints are the largest files), then try again.":
    "Диск заполнен: в {folder} нельзя писать. Освободите место (самые большие файлы — старые контрольные точки) и повторите.",
  "{file} is too large ({size} bytes) for what it should be.":
    "{file} слишком велик ({size} байт) для того, чем должен быть.",
  "There are no {kind} called {name}.": "Нет «{name}» ({kind}).",
  "saved settings": "сохранённые настройки",
  prompts: "запросы",
  "The folder is missing or empty.": "Папки нет, или она пуста.",
  "It has no config.json, so it is not a Hugging Face model folder.":
    "Нет config.json, поэтому это не папка модели Hugging Face.",
  "config.json is not valid JSON: {fault}.": "config.json содержит недопустимый JSON: {fault}.",
  "{file} is cut short: it has no header.": "{file} обрезан: нет заголовка.",
  "{file} is cut short or not a safetensors file.": "{file} обрезан или это не safetensors.",
  "{file} has a header that is not safetensors'.": "Заголовок {file} не от safetensors.",
  "{file} has a header that is not JSON.": "Заголовок {file} не JSON.",
  "{file} is not a list of shards.": "{file} не список фрагментов.",
  "Of its {all} weight files {missing} is missing: {which}.":
    "Из файлов с весами ({all}) не хватает {missing}: {which}.",
  "Of its {all} weight files {missing} are missing: {which} and {more} more.":
    "Из файлов с весами ({all}) не хватает {missing}: {which} и ещё {more}.",
  "It has pickled weights only, which can run code when opened and are never opened here. Save the model as safetensors.":
    "Только веса pickle: при открытии они могут выполнять код, здесь их никогда не открывают. Сохраните модель в safetensors.",
  "It has no weights (model.safetensors).": "В папке нет весов (model.safetensors).",
  "It has no tokenizer.json. A folder saved by a current transformers has one.":
    "Нет tokenizer.json. Он есть в папках, сохранённых новой версией transformers.",
  "Its weights are quantised; training needs them in float32, float16 or bfloat16.":
    "Веса квантованы; для обучения нужны float32, float16 или bfloat16.",
  "The embedded trainer has no {family}; it has {families}.":
    "Встроенный движок не знает {family}; он знает {families}.",
  "Only folders below models/ are deleted here; delete others by hand.":
    "Здесь удаляются только папки внутри models/; другие удалите вручную.",
  "models/{name} is gone already.": "models/{name} уже нет.",
  "models/{name} leads out of the models folder; delete it by hand.":
    "models/{name} ведёт за пределы папки models; удалите вручную.",
  "{folder} has no config.json, so it is not a model's folder.":
    "В {folder} нет config.json, поэтому это не папка модели.",
  "{name} lies in models/ already.": "{name} уже лежит в models/.",
  "models/{name} is there already. Rename one of them.":
    "models/{name} уже есть. Переименуйте одну из папок.",
  "The starter comes with the console and would be back at its next start.":
    "Стартовая модель идёт с консолью и вернётся при следующем запуске.",
  "{address} answered {status}.": "{address} ответил {status}.",
  "{address} answered {status}: {words}.": "{address} ответил {status}: {words}.",
  "{address} answered {status}, but no stream of an answer.":
    "{address} ответил {status}, но не потоком ответа.",
};
export default ru;
