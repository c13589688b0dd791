/** Sentences of the console about what an engine refuses, and why it was chosen or cannot be used. */
import type { PhrasesOf } from "../../en/phrases";

const ru: PhrasesOf<"engines"> = {
  "{name}: {value} is not supported here. {reason}":
    "{name}: значение {value} здесь не поддерживается. {reason}",
  "{name}: {value} is not supported here; it can be {values}. {reason}":
    "{name}: значение {value} здесь не поддерживается; возможны: {values}. {reason}",
  "{name}: {value} is not supported here.": "{name}: значение {value} здесь не поддерживается.",
  "{name}: {value} is not supported here; it can be {values}.":
    "{name}: значение {value} здесь не поддерживается; возможны: {values}.",
  "{name}: {value} is not a whole number.": "{name}: {value} не является целым числом.",
  "{name}: {value} is not a switch (1 or 0).": "{name}: {value} не является переключателем (1 или 0).",
  "{name} spreads training over several processes; the embedded trainer is one. Use the llamafactory engine for it.":
    "{name} распределяет обучение по нескольким процессам; встроенный движок работает в одном. Используйте движок llamafactory.",
  "The embedded trainer does not have it. Use the llamafactory engine for it.":
    "У встроенного движка этого нет. Используйте движок llamafactory.",
  "The embedded trainer keeps the model's vocabulary: tokens that the template brings take rows that are there. Use the llamafactory engine for it.":
    "Встроенный движок сохраняет словарь модели: токены шаблона занимают имеющиеся строки. Используйте движок llamafactory.",
  "Write it into the model's config.json instead (rope_scaling or rope_parameters): training, chat and export then all stretch the context alike. Use the llamafactory engine for it.":
    "Запишите это в config.json модели (rope_scaling или rope_parameters): тогда обучение, чат и экспорт одинаково растянут контекст. Или используйте движок llamafactory.",
  "It makes another model of this one; the embedded trainer takes the model as its config.json describes it. Use the llamafactory engine for it.":
    "Это делает из модели другую; встроенный движок берёт модель такой, как описано в её config.json. Используйте движок llamafactory.",
  "A run that goes on here always goes on with the rows that it had not seen, so that its losses are those of an uninterrupted one.":
    "Продолженный запуск здесь всегда берёт ещё не виденные примеры, поэтому потери те же, что без перерыва.",
  "It spreads training over several processes; the embedded trainer is one process. Use the llamafactory engine for it.":
    "Это распределяет обучение по нескольким процессам; встроенный движок работает в одном. Используйте движок llamafactory.",
  "The embedded trainer has these optimizers: {names}. Use the llamafactory engine for it.":
    "У встроенного движка есть оптимизаторы: {names}. Для других используйте движок llamafactory.",
  "It sends data to a service on the internet; the embedded trainer never leaves the machine.":
    "Это отправляет данные в интернет-службу; встроенный движок никогда не выходит за пределы машины.",
  "It needs PyTorch on a GPU. Use the llamafactory engine for it.":
    "Для этого нужен PyTorch на GPU. Используйте движок llamafactory.",
  "The embedded trainer computes in float32, which is at least as exact; the checkpoint's weights are read in any type.":
    "Встроенный движок считает в float32, что не менее точно; веса читаются в любом типе.",
  "Where memory runs out the run ends and says so; it is not tried again with half the batch.":
    "При нехватке памяти запуск завершается с сообщением; повтора с половиной пакета нет.",
  "This accelerator is for PyTorch on a GPU; the embedded trainer computes the same without it.":
    "Этот ускоритель для PyTorch на GPU; встроенный движок считает то же без него.",
  "Chosen by hand.": "Выбран вручную.",
  "Embedded: it does all that this configuration asks for, and the model fits into memory.":
    "Встроенный: умеет всё, что нужно этой конфигурации, и модель помещается в память.",
  "{name}, because the embedded engine {limit}.": "{name}, потому что встроенный движок {limit}.",
  "Embedded, although it {limit}; {instead}.": "Встроенный, хотя он {limit}; {instead}.",
  "does not take this configuration ({why})": "не принимает эту конфигурацию ({why})",
  "would need about {needed} GB of memory, and {free} GB are free":
    "потребовал бы около {needed} ГБ памяти, а свободно {free} ГБ",
  "whether LLaMA-Factory is installed is not known yet": "установлен ли LLaMA-Factory, пока неизвестно",
  "LLaMA-Factory does not take it either": "LLaMA-Factory её тоже не принимает",
  "LLaMA-Factory, the way out, is not ready here": "LLaMA-Factory, который помог бы, здесь не готов",
  "{argument} needs {packages}, which LLaMA-Factory's environment does not have. To install: {command}":
    "{argument} требует {packages}, чего нет в окружении LLaMA-Factory. Установить: {command}",
  "LLaMA-Factory refuses bf16 on a machine without a graphics card unless use_cpu is set; LLaMA Board's own form fails here.":
    "Без видеокарты LLaMA-Factory не принимает bf16, если не задан use_cpu; форма самой LLaMA Board здесь тоже не работает.",
  "Without a graphics card, LLaMA-Factory takes bf16 only together with use_cpu.":
    "Без видеокарты LLaMA-Factory принимает bf16 только вместе с use_cpu.",
  "A processor computes in fp16 slowly and with little range; bf16 with use_cpu is the better choice.":
    "Процессор считает в fp16 медленно и с малым диапазоном; лучше bf16 с use_cpu.",
  "LLaMA-Factory refuses pure_bf16 on a processor.": "На процессоре LLaMA-Factory не принимает pure_bf16.",
  "LLaMA-Factory loads weights in the type that the checkpoint has, whatever pure_bf16 says: a float32 checkpoint stays float32.":
    "LLaMA-Factory загружает веса в том типе, в каком они сохранены, что бы ни говорил pure_bf16: float32 остаётся float32.",
  "LLaMA-Factory computes the sigmoid loss when pref_loss is {loss}, without a word. The embedded engine computes what the name says.":
    "При pref_loss {loss} LLaMA-Factory молча считает потери sigmoid. Встроенный движок считает то, что указано.",
  "PPO cannot run in LLaMA-Factory 0.9.5: it asks for trl 0.9.6 at most and for trl 0.18 at least. The embedded engine trains with PPO.":
    "В LLaMA-Factory 0.9.5 PPO не работает: он требует trl не новее 0.9.6 и не старее 0.18. Встроенный движок обучает PPO.",
  "LLaMA-Factory's quantised bases need a graphics card.":
    "Квантованная основа в LLaMA-Factory требует видеокарты.",
  "A quantised model takes no second adapter: continue the one it has.":
    "Квантованная модель не принимает второй адаптер: продолжайте имеющийся.",
  "A quantised model takes a single adapter; merge them first.":
    "Квантованная модель принимает только один адаптер; сначала слейте их.",
  "PiSSA can be initialised neither on a quantised model nor under ZeRO-3.":
    "PiSSA нельзя инициализировать ни на квантованной модели, ни при ZeRO-3.",
  "predict_with_generate cannot run under ZeRO-3.": "predict_with_generate не работает при ZeRO-3.",
  "predict_with_generate and compute_accuracy exclude each other.":
    "predict_with_generate и compute_accuracy исключают друг друга.",
  "BAdam on several devices runs layer by layer and under ZeRO-3 only.":
    "На нескольких устройствах BAdam работает только послойно и только при ZeRO-3.",
  "In the stages rm and ppo LLaMA-Factory resumes optimizer and step count but not the value head; with LoRA it asks to continue the adapter instead.":
    "На этапах rm и ppo LLaMA-Factory восстанавливает оптимизатор и счётчик шагов, но не value head; с LoRA он предлагает продолжить адаптер.",
  "vLLM and SGLang answer chats; LLaMA-Factory cannot train with them.":
    "vLLM и SGLang отвечают в чатах; обучать ими LLaMA-Factory не может.",
  "NODE_RANK counts from 0, so it must be smaller than NNODES.":
    "NODE_RANK считается с 0, поэтому должен быть меньше NNODES.",
  "Several machines meet at the address of the first one: set MASTER_ADDR and MASTER_PORT.":
    "Несколько машин встречаются по адресу первой: задайте MASTER_ADDR и MASTER_PORT.",
  "With one device on this machine NNODES is not looked at unless FORCE_TORCHRUN is set.":
    "При одном устройстве на этой машине NNODES не учитывается, если не задан FORCE_TORCHRUN.",
  "This machine has no graphics card to choose.": "На этой машине нет видеокарты.",
  "This machine's graphics cards are numbered from 0 to {last}.":
    "Видеокарты этой машины нумеруются от 0 до {last}.",
  "torchrun gets one process for each graphics card, and there is none: it would refuse to start.":
    "torchrun запускает по процессу на видеокарту, а их нет: он откажется запускаться.",
  "There are more processes than graphics cards ({devices}).": "Процессов больше, чем видеокарт ({devices}).",
  "llamafactory-cli is not on PATH. Install LLaMA-Factory, start the console from its environment, or name its virtual environment in Settings.":
    "llamafactory-cli нет в PATH. Установите LLaMA-Factory, запустите консоль из его окружения или укажите его виртуальное окружение в «Настройках».",
  "There is no llamafactory-cli at {place}: neither a program nor a virtual environment that has one. Set it in Settings.":
    "По пути {place} нет llamafactory-cli: это ни программа, ни виртуальное окружение с ней. Укажите путь в «Настройках».",
  "LLaMA-Factory is not installed, or in an environment that is not named here.":
    "LLaMA-Factory не установлен или находится в окружении, которое здесь не указано.",
  "{trouble} To mend it: {command}": "{trouble} Чтобы исправить: {command}",
  "It did not answer within {seconds} seconds.": "Он не ответил за {seconds} с.",
  "It may not be started by this user.": "Этому пользователю нельзя его запускать.",
  "The system killed it, most likely because memory ran out.":
    "Система завершила его, скорее всего из-за нехватки памяти.",
  "{program} ran, but named no version. Is it LLaMA-Factory's?":
    "{program} запустился, но не назвал версию. Это программа LLaMA-Factory?",
  "torchaudio and torch in this environment were built for different CUDA versions ({versions}), so torchaudio refuses to be imported, and LLaMA-Factory imports it although training on text needs no audio.":
    "torchaudio и torch в этом окружении собраны для разных версий CUDA ({versions}), поэтому torchaudio не импортируется, а LLaMA-Factory импортирует его, хотя для текста звук не нужен.",
  "torchaudio and torch in this environment were built for different CUDA versions, so torchaudio refuses to be imported, and LLaMA-Factory imports it although training on text needs no audio.":
    "torchaudio и torch в этом окружении собраны для разных версий CUDA, поэтому torchaudio не импортируется, а LLaMA-Factory импортирует его, хотя для текста звук не нужен.",
  "torchvision and torch in this environment do not belong together.":
    "torchvision и torch в этом окружении не подходят друг к другу.",
  "A package has a version that LLaMA-Factory does not take: {what}.":
    "Версия одного из пакетов не подходит LLaMA-Factory: {what}.",
  "The Python package {module} is missing.": "Нет пакета Python {module}.",
  "A package in this environment was built for another version of numpy.":
    "Один из пакетов этого окружения собран для другой версии numpy.",
  "The system library {library} cannot be found.": "Не найдена системная библиотека {library}.",
  "There was too little memory to start Python.": "Не хватило памяти, чтобы запустить Python.",
  "Predictions (do_predict) need packages that pip does not bring along: {packages}.":
    "Для предсказаний (do_predict) нужны пакеты, которые pip сам не ставит: {packages}.",
  "DeepSpeed is not installed; ZeRO-2 and ZeRO-3 need it.":
    "DeepSpeed не установлен; он нужен для ZeRO-2 и ZeRO-3.",
  "Quantised bases (quantization_bit 4 and 8) need bitsandbytes.":
    "Для квантованной основы (quantization_bit 4 и 8) нужен bitsandbytes.",
  "CPU, {count} threads": "CPU, потоков: {count}",
  "The library is being installed already.": "Библиотека уже устанавливается.",
  "It only changes how PyTorch computes; the embedded trainer has its own way.":
    "Это меняет только вычисления PyTorch; у встроенного движка свой способ.",
  "It sets up several processes or machines; the embedded trainer is one process.":
    "Это для нескольких процессов или машин; встроенный движок работает в одном процессе.",
  "Data is prepared in one process, with nothing downloaded.":
    "Данные готовятся в одном процессе, ничего не загружается.",
  "It belongs to chat, export or prediction, not to training.":
    "Относится к чату, экспорту или предсказанию, а не к обучению.",
  "It is about images, video or sound; the embedded trainer trains on text.":
    "Это об изображениях, видео или звуке; встроенный движок обучает на тексте.",
  "It describes an online service that the embedded trainer never calls.":
    "Описывает интернет-службу, к которой встроенный движок не обращается.",
  "It is about the inside of transformers' Trainer and changes no result here.":
    "Касается внутренностей Trainer из transformers и здесь на результат не влияет.",
  "It bounds PyTorch's approximation; the embedded trainer decomposes exactly, as with -1.":
    "Ограничивает приближение PyTorch; встроенный движок раскладывает точно, как при -1.",
  "It is the rate of LoRA on embeddings, which are trained whole here (additional_target).":
    "Скорость LoRA для эмбеддингов, которые здесь обучаются целиком (additional_target).",
  "No picture is drawn: the curves are on the run's page, and in trainer_log.jsonl and trainer_state.json.":
    "Картинка не рисуется: кривые на странице запуска, данные в trainer_log.jsonl и trainer_state.json.",
  "Use the llamafactory engine for it.": "Используйте движок llamafactory.",
  "{name} is not an argument of llamafactory-cli.": "У llamafactory-cli нет аргумента {name}.",
  "{name} is not an argument of llamafactory-cli. Did you mean {nearest}?":
    "У llamafactory-cli нет аргумента {name}. Возможно, имелось в виду {nearest}?",
  "LLaMA-Factory {version} has no argument {name}: another version has it.":
    "В LLaMA-Factory {version} нет аргумента {name}: он есть в другой версии.",
  "{card} has no bf16 of its own: torch emulates it slowly, or refuses it. fp16 is the type that this card is fast in.":
    "У {card} нет своего bf16: torch медленно его имитирует или отказывает. Эта карта быстра в fp16.",
  "Training computes in float32, which is slower on a graphics card and needs more memory for activations. {type} suits this one.":
    "Обучение считает в float32: на видеокарте это медленнее и требует больше памяти для активаций. Этой карте подходит {type}.",
};
export default ru;
