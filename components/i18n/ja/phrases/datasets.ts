/** Sentences of the console about datasets, their files, and files that are added. */
import type { PhrasesOf } from "../../en/phrases";

const ja: PhrasesOf<"datasets"> = {
  "{file} is missing.": "{file} がありません。",
  "{file} is empty.": "{file} は空です。",
  "{name} holds no rows.": "{name} には行がありません。",
  "{name}: files with rows end in {kinds}.": "{name}: 行を含むファイルの拡張子は {kinds} です。",
  "{name}: files with rows end in {kinds}, not in {kind}.":
    "{name}: 行を含むファイルの拡張子は {kinds} で、{kind} ではありません。",
  "{name}: rows are read from {kinds} files, not from {kind}.":
    "{name}: 行は {kinds} ファイルから読みます。{kind} からは読みません。",
  "This file is being added already.": "このファイルは既に追加中です。",
  "This file is not being added.": "このファイルは追加していません。",
  "{name}: say which column is its {meaning}.": "{name}: どの列が {meaning} かを指定してください。",
  "Adding failed inside the console. Its terminal shows the details.":
    "追加中にコンソール内部でエラーが起きました。詳細はターミナルに表示されます。",
  "This file is no longer here. Choose it again.": "このファイルはもうありません。もう一度選んでください。",
  "There is a dataset named {name} already. {free} is free.":
    "{name} というデータセットは既にあります。{free} なら使えます。",
  "No row of {name} can be used. Row 1: {why}.": "{name} に使える行がありません。1 行目: {why}。",
  "it holds no rows": "行がない",
  "it is not an object of columns": "列からなるオブジェクトではない",
  "it has no column {missing}; it has {present}": "{missing} 列がなく、{present} がある",
  '"{column}" is empty': "「{column}」が空",
  '"{column}" says neither yes nor no': "「{column}」が「はい」でも「いいえ」でもない",
  "no column is its {meaning}": "{meaning} に当たる列がない",
  "{one} and {other} have other columns or are other kinds of files, so they cannot be one dataset.":
    "{one} と {other} は列またはファイルの種類が異なるため、1 つのデータセットにできません。",
  "{name} has no column {column}; it has {columns}.":
    "{name} に {column} 列はありません。ある列: {columns}。",
  "{folder} holds no file that ends in {kinds}.": "{folder} に拡張子が {kinds} のファイルがありません。",
  "{folder} holds {count} files of rows; at most {most} are added at once.":
    "{folder} にはデータファイルが {count} 個あります。一度に追加できるのは {most} 個までです。",
  "There is no dataset named {name}.": "{name} というデータセットはありません。",
  "{name} has several files; rows are changed where it has one.":
    "{name} には複数のファイルがあります。行を変更できるのは 1 ファイルの場合だけです。",
  "{file} lies outside the data folder, where Tuneboard changes nothing.":
    "{file} はデータフォルダーの外にあります。Tuneboard はそこを変更しません。",
  "{name} cannot be counted.": "{name} の行数を数えられません。",
  "{name} is not on this machine.": "{name} はこのマシンにありません。",
  "This console has no program that makes text and tokens of rows.":
    "このコンソールには、行をテキストやトークンにするプログラムがありません。",
  "{file} has no dataset named {name}.": "{file} に {name} というデータセットはありません。",
  "{name} could not be added.": "{name} を追加できませんでした。",
  "{where}: neither file_name nor a hub address says where the data is.":
    "{where}: file_name もハブのアドレスもなく、データの場所が分かりません。",
  "Not on this machine: it is on a hub ({name}). Download it and name the file in {file}.":
    "このマシンになく、ハブ（{name}）にあります。ダウンロードして {file} にファイル名を書いてください。",
  "It has {media}; the embedded trainer reads text only.":
    "画像、動画、音声（{media}）を含みます。内蔵エンジンはテキストのみを読みます。",
  "{file}: its rows are not objects.": "{file}: 行がオブジェクトではありません。",
  "{file} names columns, but not which one is the {key}.":
    "{file} に列の指定はありますが、どれが {key} かがありません。",
  '{file}: the first row has no column {missing}; it has {present}. Name the right one under "columns" in {registry}.':
    "{file}: 最初の行に {missing} 列がなく、{present} があります。{registry} の columns に正しい列を書いてください。",
  "{file} cannot be read as parquet: {why}.": "{file} を parquet として読み取れません: {why}。",
  "{program} could not be started: {why}.": "{program} を起動できませんでした: {why}。",
  "The preview program ended ({how}).": "プレビュープログラムが終了しました（{how}）。",
  "exit code {code}": "終了コード {code}",
  "{file} is missing. It lists the datasets of that folder.":
    "{file} がありません。そのフォルダーのデータセットの一覧です。",
  "{where}, line {line}, column {column}: {fault}.": "{where}、{line} 行 {column} 列: {fault}。",
  "not valid JSON: {fault}": "正しい JSON ではない: {fault}",
  "not valid CSV: {fault}": "正しい CSV ではない: {fault}",
  "it must be one object: a name, then what is known of that dataset":
    "1 つのオブジェクト（名前と、そのデータセットの情報）であること",
  "{where} must be one object: a name, then what is known of that dataset.":
    "{where} は 1 つのオブジェクト（名前と、そのデータセットの情報）でなければなりません。",
  "{file} has changed: it has {now} rows now, not {then}. Look at it again.":
    "{file} が変わりました。現在は {then} 行ではなく {now} 行です。もう一度確認してください。",
  "{file}: rows are changed in .json and .jsonl files up to {size} MB.":
    "{file}: 行を変更できるのは {size} MB までの .json と .jsonl だけです。",
  "{file} has changed while it was read.": "読み込み中に {file} が変わりました。",
  "something follows the end of the list": "リストの終わりの後に余分な内容がある",
  "it ends in the middle of row {row}, which begins here: it is cut short or has an unclosed bracket or quote":
    "ここから始まる {row} 行目の途中で終わっている。途中で切れたか、括弧や引用符が閉じていない",
  "it holds neither a JSON array of rows nor one object per row":
    "行の JSON 配列でも、1 行 1 オブジェクトでもない",
  "an unknown word": "不明な語",
  "a number that is none": "数として正しくない",
  "a name in quotes is expected": "引用符で囲んだ名前が必要",
  "a value is expected": "値が必要",
  "a colon is expected": "コロンが必要",
  "a comma is expected": "カンマが必要",
  "a closing } is expected": "閉じる } が必要",
  "a closing ] is expected": "閉じる ] が必要",
  "something follows the end": "終わりの後に余分な内容がある",
  "comments are not allowed in JSON": "JSON にコメントは書けない",
  "a comment does not end": "コメントが終わっていない",
  "a text does not end: a closing quote is expected": "文字列が終わっていない。閉じる引用符が必要",
  "a number breaks off": "数が途中で切れている",
  "\\u must be followed by four digits from 0 to f": "\\u の後には 0～f の 4 桁が必要",
  "a backslash is followed by a letter that it does not go with": "バックスラッシュの後の文字が正しくない",
  "a line break or control character inside a text; write \\n":
    "文字列の中に改行または制御文字がある。\\n と書くこと",
  "The rows could not be measured.": "行の長さを測れませんでした。",
  "This change can no longer be undone: it was undone already, or was made too long ago.":
    "この変更はもう元に戻せません。既に元に戻したか、時間が経ちすぎています。",
  "{name} is {size}, more than the limit of {limit} for one file (Settings, Data). A file that is on this machine already can be added by its path.":
    "{name} は {size} で、1 ファイルの上限 {limit}（「設定」の「データ」）を超えています。既にこのマシンにあるファイルはパスで追加できます。",
  "There is no such upload. Choose the file again.":
    "そのアップロードはありません。ファイルを選び直してください。",
  "{name} is being received already.": "{name} は既に受信中です。",
  "{name}: {received} bytes are here, so go on from there, not from {offset}.":
    "{name}: {received} バイト受信済みのため、{offset} からではなくそこから続けてください。",
  "The disk is full: {name} broke off.": "ディスクがいっぱいです。{name} は中断しました。",
  "The connection broke while {name} came in.": "{name} の受信中に接続が切れました。",
  "{name} has come in only in part: {received} of {size} bytes.":
    "{name} は一部しか届いていません: {size} バイト中 {received} バイト。",
  "This needs {bytes} and would leave {left} free, less than the {floor} that must stay free (Settings, Data).":
    "{bytes} が必要で、残りは {left} になります。空けておくべき {floor}（「設定」の「データ」）を下回ります。",
  "{name} is longer than the {size} bytes that were announced.":
    "{name} は申告された {size} バイトより長くなっています。",
  "A dataset's name is made of letters, digits, dots, dashes and underscores, at most 80.":
    "データセット名は英字、数字、ドット、ハイフン、アンダースコアで最大 80 文字です。",
  "Give the model a name.": "モデルの名前を入力してください。",
  "Say who made it.": "作成者を入力してください。",
  "Choose at least one language.": "言語を 1 つ以上選んでください。",
  "Choose at least one dataset.": "データセットを 1 つ以上選んでください。",
  "A file that is on this machine already can be added by its path.":
    "既にこのマシンにあるファイルはパスで追加できます。",
};
export default ja;
