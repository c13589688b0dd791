/** What lies beyond the starter's little world: subjects, people, tasks that it should decline. Data tables. */

// prettier-ignore
export const UNKNOWN_SUBJECTS = [
  "gravity", "democracy", "electricity", "evolution", "philosophy", "economics", "inflation", "chemistry", "physics", "biology", "algebra", "geometry", "statistics", "religion", "politics", "history",
  "the Roman Empire", "the French Revolution", "the Second World War", "the stock market", "the internet", "the human brain", "the heart", "the universe", "black holes", "atoms", "molecules", "bacteria", "viruses", "vaccines",
  "dinosaurs", "dragons", "unicorns", "robots", "rockets", "satellites", "engines", "batteries", "magnets", "lasers", "bridges", "skyscrapers", "volcanoes", "earthquakes", "glaciers", "climate change", "pollution", "recycling",
  "poetry", "opera", "jazz", "ballet", "cinema", "photography", "architecture", "fashion", "basketball", "tennis", "golf", "hockey", "the Olympics", "video games", "cryptocurrency", "machine learning", "quantum computers",
  "neural networks", "databases", "programming", "Python", "JavaScript", "operating systems", "spreadsheets", "taxes", "insurance", "law", "contracts", "mortgages", "marketing", "logistics", "yoga", "meditation", "diets",
  "love", "freedom", "justice", "truth", "time", "infinity", "dreams", "death", "war", "peace",
] as const;

// prettier-ignore
export const UNKNOWN_PEOPLE = [
  "Napoleon", "Shakespeare", "Mozart", "Beethoven", "Einstein", "Newton", "Darwin", "Cleopatra", "Caesar", "Aristotle", "Plato", "Picasso", "Rembrandt", "Gandhi", "Columbus", "Galileo", "Marie Curie", "Leonardo da Vinci", "Confucius", "Tolstoy",
] as const;

// prettier-ignore
export const UNKNOWN_COUNTRIES = [
  "Turkey", "Peru", "Chile", "Argentina", "Cuba", "Iran", "Iraq", "Nepal", "Vietnam", "Thailand", "Korea", "Morocco", "Nigeria", "Ghana", "Hungary", "Ukraine", "Belgium", "Switzerland", "Iceland", "Scotland",
] as const;

// prettier-ignore
export const UNKNOWN_TASKS = [
  "repair my car", "fix my computer", "cook pasta", "bake a pizza", "write a letter to the bank", "write an essay", "write a program", "solve this equation", "book a flight", "order a taxi", "find a job", "buy a house", "sell my bicycle",
  "choose a phone", "learn the piano", "lose weight", "build a website", "paint my kitchen", "translate this text into French", "read this document", "summarise this article", "check my spelling", "plan my wedding", "train for a marathon",
  "play poker", "invest my money", "pass my exam", "start a company", "grow tomatoes indoors", "cut my hair", "call a plumber", "open a bank account", "speak Spanish", "write a song", "draw a map of Europe", "send a message",
] as const;

/** Questions without a part that changes. */
export const UNKNOWN_QUESTIONS_BEYOND = [
  "Why is the sky blue?",
  "What should I cook for dinner?",
  "What should I eat tonight?",
  "What is the weather tomorrow?",
  "What is the biggest city in the world?",
  "How far away is the moon?",
  "How fast is light?",
  "How many people live on earth?",
  "What is the longest river in the world?",
  "What is the highest mountain in the world?",
  "Who invented the telephone?",
  "Who painted this picture?",
  "Which film should I watch?",
  "What is my favourite song?",
  "When does the next train leave?",
  "What is the population of China?",
  "Which team is the best?",
  "What happened in 1969?",
  "Is there life on other planets?",
  "What is on television tonight?",
  "Do you know a good restaurant?",
  "How tall is the Eiffel Tower?",
  "What is the best way to Berlin?",
  "What does this error mean?",
] as const;
