/** Sentences of the console about chat, models, exports, and the console itself. */
import type { PhrasesOf } from "../../en/phrases";

const ja: PhrasesOf<"console"> = {
  "Takes its turn: it loads when it is asked and the device is free":
    "順番待ち: 質問されて、デバイスが空くと読み込みます",
  "The model server sent an empty answer.": "モデルサーバーから空の回答が返りました。",
  "The answer was stopped.": "回答を停止しました。",
  "There is nothing to chat with under {id}. It may have been deleted.":
    "{id} には会話できる相手がありません。削除された可能性があります。",
  "{file} does not hold a conversation.": "{file} に会話が入っていません。",
  "The conversation {name} was changed elsewhere meanwhile.":
    "会話「{name}」は、その間に別の場所で変更されました。",
  "A conversation's id is made of small letters, digits and dashes.":
    "会話の ID は小文字、数字、ハイフンからなります。",
  "A conversation needs a name.": "会話には名前が必要です。",
  "There is no server called {name}.": "{name} というサーバーはありません。",
  "{url} is no list of models. The address of OpenAI's API often ends with /v1.":
    "{url} はモデルの一覧ではありません。OpenAI API のアドレスは多くの場合 /v1 で終わります。",
  "There is no server kept under {target}.": "{target} に保存されたサーバーはありません。",
  "The server's reply is longer than such a reply can be.": "サーバーの応答が長すぎます。",
  "{url} leads on to {location}, which is not followed. Type the address where the server answers.":
    "{url} は {location} に転送しますが、追跡しません。サーバーが応答するアドレスを入力してください。",
  "another address": "別のアドレス",
  "{address} does not answer ({why}).": "{address} は応答しません（{why}）。",
  "{name} leads to {address}, where Tuneboard sends nothing. Type the address of a model server.":
    "{name} は {address} を指しますが、Tuneboard はそこへ送信しません。モデルサーバーのアドレスを入力してください。",
  "It was stopped before it had started.": "起動する前に停止されました。",
  "The model server ended ({how}).": "モデルサーバーが終了しました（{how}）。",
  "The model server did not answer within {seconds} seconds.":
    "モデルサーバーが {seconds} 秒以内に応答しませんでした。",
  "The model server answered {status}: {text}": "モデルサーバーの応答 {status}: {text}",
  "{file} does not hold a list of prompts.": "{file} にプロンプトの一覧が入っていません。",
  "This model needs about {needed} GB to answer, and {free} GB are free. Stop a run, or choose a smaller model.":
    "このモデルの回答には約 {needed} GB が必要ですが、空きは {free} GB です。実行を停止するか、小さいモデルを選んでください。",
  "Begin with a letter or digit; then letters, digits, spaces and . _ - : /, at most 80.":
    "英字か数字で始め、続けて英字、数字、空白、. _ - : / を使い、最大 80 文字です。",
  "Type an address like http://127.0.0.1:8000/v1, without user, question mark or #.":
    "http://127.0.0.1:8000/v1 のようなアドレスを、ユーザー名、疑問符、# なしで入力してください。",
  "Name the model to ask for.": "使用するモデルの名前を入力してください。",
  "A prompt set's name is made of letters, digits, dots, dashes and underscores, at most 80.":
    "プロンプトセット名は英字、数字、ドット、ハイフン、アンダースコアで最大 80 文字です。",
  "A prompt set needs a prompt.": "プロンプトセットにはプロンプトが必要です。",
  "Begin with a letter or digit; then letters, digits, spaces, dots, dashes and underscores, at most 80.":
    "英字か数字で始め、続けて英字、数字、空白、ドット、ハイフン、アンダースコアを使い、最大 80 文字です。",
  "Something went wrong inside the console. Its terminal shows the details.":
    "コンソール内部でエラーが起きました。詳細はターミナルに表示されます。",
  "The console does not answer. Runs continue without it.": "コンソールが応答しません。実行は続いています。",
  "The console answered {status} to {what}.": "コンソールは {what} に対し {status} を返しました。",
  "There is nothing at {address}.": "{address} には何もありません。",
  "path: name the model's folder.": "モデルのフォルダーを指定してください。",
  "Name the model's folder.": "モデルのフォルダーを指定してください。",
  "The predictions could not be scored: {why}": "予測を採点できませんでした: {why}",
  "LLaMA-Factory quantises whole models only: export the merged model first, then quantise that one.":
    "LLaMA-Factory が量子化できるのはモデル全体だけです。先にマージしたモデルをエクスポートし、それを量子化してください。",
  "Only the embedded engine writes GGUF, and only LLaMA-Factory GPTQ and the legacy format: leave one of them out.":
    "GGUF は内蔵エンジンだけ、GPTQ と旧形式は LLaMA-Factory だけが書き出せます。どちらかを外してください。",
  "The embedded engine writes safetensors without GPTQ. Leave {what} out, or choose LLaMA-Factory.":
    "内蔵エンジンは GPTQ なしの safetensors を書き出します。{what}を外すか、LLaMA-Factory を選んでください。",
  "the quantization": "量子化",
  "the legacy format": "旧形式",
  "The embedded engine does not know the architecture of {model}. Choose LLaMA-Factory.":
    "内蔵エンジンは {model} の構造に対応していません。LLaMA-Factory を選んでください。",
  "LLaMA-Factory writes no GGUF. Leave it out, or choose the embedded engine.":
    "LLaMA-Factory は GGUF を書き出せません。外すか、内蔵エンジンを選んでください。",
  "models/{name} exists already. Choose another name for the exported model.":
    "models/{name} は既にあります。エクスポートするモデルの名前を変えてください。",
  "{folder} is not there: only a finished export can be pushed.":
    "{folder} がありません。プッシュできるのは完了したエクスポートだけです。",
  "It is still being written. Cancel it first.": "まだ書き込み中です。先に中止してください。",
  "There is no export with the id {id}.": "ID が {id} のエクスポートはありません。",
  "Use letters, digits, dots, dashes and underscores; begin with a letter or digit.":
    "英字、数字、ドット、ハイフン、アンダースコアを使い、英字か数字で始めてください。",
  "The disk is full: nothing can be written into {folder}. Free some space (old checkpoints are the largest files), then try again.":
    "ディスクがいっぱいで {folder} に書き込めません。空きを作って（古いチェックポイントが最大です）、もう一度試してください。",
  "{file} is too large ({size} bytes) for what it should be.": "{file} は大きすぎます（{size} バイト）。",
  "There are no {kind} called {name}.": "{name} という{kind}はありません。",
  "saved settings": "保存済みの設定",
  prompts: "プロンプト",
  "The folder is missing or empty.": "フォルダーがないか、空です。",
  "It has no config.json, so it is not a Hugging Face model folder.":
    "config.json がないため、Hugging Face のモデルフォルダーではありません。",
  "config.json is not valid JSON: {fault}.": "config.json が正しい JSON ではありません: {fault}。",
  "{file} is cut short: it has no header.": "{file} は途中で切れており、ヘッダーがありません。",
  "{file} is cut short or not a safetensors file.":
    "{file} は途中で切れているか、safetensors ファイルではありません。",
  "{file} has a header that is not safetensors'.": "{file} のヘッダーは safetensors のものではありません。",
  "{file} has a header that is not JSON.": "{file} のヘッダーが JSON ではありません。",
  "{file} is not a list of shards.": "{file} はシャードの一覧ではありません。",
  "Of its {all} weight files {missing} is missing: {which}.":
    "重みファイル {all} 個のうち {missing} 個がありません: {which}。",
  "Of its {all} weight files {missing} are missing: {which} and {more} more.":
    "重みファイル {all} 個のうち {missing} 個がありません: {which} ほか {more} 個。",
  "It has pickled weights only, which can run code when opened and are never opened here. Save the model as safetensors.":
    "pickle の重みしかありません。開くとコードが実行されうるため、ここでは開きません。モデルを safetensors で保存してください。",
  "It has no weights (model.safetensors).": "重み（model.safetensors）がありません。",
  "It has no tokenizer.json. A folder saved by a current transformers has one.":
    "tokenizer.json がありません。新しい transformers で保存したフォルダーには含まれます。",
  "Its weights are quantised; training needs them in float32, float16 or bfloat16.":
    "重みが量子化されています。学習には float32、float16、bfloat16 のいずれかが必要です。",
  "The embedded trainer has no {family}; it has {families}.":
    "内蔵エンジンは {family} に対応していません。対応: {families}。",
  "Only folders below models/ are deleted here; delete others by hand.":
    "ここで削除できるのは models/ の下のフォルダーだけです。ほかは手動で削除してください。",
  "models/{name} is gone already.": "models/{name} は既にありません。",
  "models/{name} leads out of the models folder; delete it by hand.":
    "models/{name} は models フォルダーの外を指しています。手動で削除してください。",
  "{folder} has no config.json, so it is not a model's folder.":
    "{folder} に config.json がないため、モデルのフォルダーではありません。",
  "{name} lies in models/ already.": "{name} は既に models/ にあります。",
  "models/{name} is there already. Rename one of them.":
    "models/{name} は既にあります。どちらかの名前を変えてください。",
  "The starter comes with the console and would be back at its next start.":
    "スターターモデルはコンソールに付属しており、次回の起動時に再び作成されます。",
  "{address} answered {status}.": "{address} の応答: {status}。",
  "{address} answered {status}: {words}.": "{address} の応答: {status}: {words}。",
  "{address} answered {status}, but no stream of an answer.":
    "{address} の応答は {status} ですが、回答のストリームではありません。",
};
export default ja;
