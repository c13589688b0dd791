/** Sentences of the console about downloads from hubs and pushes to one. */
import type { PhrasesOf } from "../../en/phrases";

const ja: PhrasesOf<"hubs"> = {
  "{hub} does not accept the token that is kept here, or has no {kind} {id} that it may see. Replace the token under Settings.":
    "{hub} がここに保存されたトークンを受け付けないか、このトークンでは {id} を閲覧できません。「設定」でトークンを置き換えてください。",
  "{hub} wants a token for {id}: it is private, gated, or its name is misspelt. Set a token under Settings.":
    "{hub} が {id} にトークンを求めています。非公開か利用制限があるか、名前の誤りです。「設定」でトークンを登録してください。",
  "{id} is gated. Open its page on {hub}, accept its terms with the account of your token, then try again.":
    "{id} には利用制限があります。{hub} のページで、トークンのアカウントから規約に同意して、もう一度試してください。",
  "{id} is gated. Open its page on {hub}, accept its terms, and set that account's token under Settings.":
    "{id} には利用制限があります。{hub} のページで規約に同意し、そのアカウントのトークンを「設定」で登録してください。",
  "{hub} has no {kind} {id}. Check the spelling, also of capitals; a private one needs a token.":
    "{hub} に {id} はありません。大文字小文字も含めて綴りを確認してください。非公開の場合はトークンが必要です。",
  "{hub} has fewer bytes of a file than were kept here.":
    "{hub} のファイルは、ここにあるものより短くなっています。",
  "{hub} asks to slow down.": "{hub} がリクエストの頻度を下げるよう求めています。",
  "{hub} answers {status}, which is trouble on its side.": "{hub} の応答は {status} です。ハブ側の障害です。",
  "{hub} answered {status} for {id}.": "{hub} は {id} に対し {status} を返しました。",
  "The console may not write into its home folder.": "コンソールはホームフォルダーに書き込めません。",
  "{hub} cannot be found: there is no network, or no name server answers.":
    "{hub} が見つかりません。ネットワークがないか、ネームサーバーが応答しません。",
  "{hub} cannot be reached. Check the network, a proxy or the address of the mirror.":
    "{hub} に接続できません。ネットワーク、プロキシ、ミラーのアドレスを確認してください。",
  "The certificate of {hub} is not trusted here ({code}). A proxy that opens connections needs its certificate in NODE_EXTRA_CA_CERTS.":
    "{hub} の証明書はここでは信頼されていません（{code}）。通信を復号するプロキシの証明書は NODE_EXTRA_CA_CERTS に指定してください。",
  "The connection to {hub} broke.": "{hub} との接続が切れました。",
  "The disk is full. Make room, then resume: what came so far is kept.":
    "ディスクがいっぱいです。空きを作って再開してください。受信済みの分は残っています。",
  "{missing} are still to come and {free} are free; {floor} must stay free. Make room, then resume: what came so far is kept.":
    "残り {missing}、空き {free} で、{floor} は空けておく必要があります。空きを作って再開してください。受信済みの分は残っています。",
  "another file failed": "別のファイルが失敗しました",
  "{file} does not have the checksum that the hub names, twice in a row. Something on the way changes it (a proxy, a mirror that is out of date).":
    "{file} のチェックサムが 2 回続けてハブの値と一致しません。途中で変更されています（プロキシ、古いミラーなど）。",
  "The connection ended before the file did.": "ファイルの途中で接続が終了しました。",
  "{file} is longer than the hub says. Start it again.":
    "{file} がハブの情報より長くなっています。最初からやり直してください。",
  "{hub} sends {id} around in circles.": "{hub} が {id} を循環して転送しています。",
  "{id} is being downloaded already.": "{id} は既にダウンロード中です。",
  "openMind's files come only through its own Python library: LLaMA-Factory downloads them when a run starts. Choose another hub to download here.":
    "openMind のファイルは専用の Python ライブラリでしか取得できません。LLaMA-Factory が実行の開始時にダウンロードします。ここでダウンロードするには別のハブを選んでください。",
  "There is no download {key}.": "ダウンロード {key} はありません。",
  "It has no data files of a kind that is read here (json, jsonl, csv, parquet, txt). Scripts are never run.":
    "ここで読めるデータファイル（json、jsonl、csv、parquet、txt）がありません。スクリプトは実行しません。",
  "It has pickled weights only, which can run code when opened and are never downloaded. Look for a repository with safetensors.":
    "pickle の重みしかありません。開くとコードが実行されうるため、ダウンロードしません。safetensors のあるリポジトリを探してください。",
  "It has no weights in safetensors.": "safetensors の重みがありません。",
  'This token of {name} may only read. Make one with the role "write" on Hugging Face, and keep it under Settings.':
    "{name} のこのトークンは読み取り専用です。Hugging Face で write 権限のトークンを作成し、「設定」に保存してください。",
  'Pushing needs a token with the role "write". Make one on Hugging Face, and keep it under Settings.':
    "プッシュには write 権限のトークンが必要です。Hugging Face で作成し、「設定」に保存してください。",
  "The token that is kept here is none of Hugging Face's: those begin with hf_.":
    "ここに保存されたトークンは Hugging Face のものではありません。hf_ で始まるものです。",
  "{id} has {count} files or more, which ModelScope does not list in full.":
    "{id} には {count} 個以上のファイルがあり、ModelScope はすべてを一覧にしません。",
  "ModelScope answered something that is not its file list.":
    "ModelScope の応答がファイル一覧ではありません。",
  "The console ended while it was on its way. Push again: what has arrived is not sent twice.":
    "送信中にコンソールが終了しました。もう一度プッシュしてください。届いた分は再送しません。",
  "Push again: what has arrived is not sent twice.": "もう一度プッシュしてください。届いた分は再送しません。",
  "Hugging Face's storage answered {status} for a file. {again}":
    "Hugging Face のストレージが 1 つのファイルに {status} を返しました。{again}",
  "Hugging Face does not accept the token that is kept here. Replace it under Settings.":
    "Hugging Face がここに保存されたトークンを受け付けません。「設定」で置き換えてください。",
  "Hugging Face refuses this token{words}.": "Hugging Face がこのトークンを拒否しました{words}。",
  'The token that is kept here may not write to {repo}{words}. It needs the role "write" for {owner}; of an organization its account must be a member.':
    "ここに保存されたトークンでは {repo} に書き込めません{words}。{owner} への write 権限が必要です。組織の場合はメンバーである必要があります。",
  "{endpoint} does not say whose token this is: it is a mirror that only hands out files. Set Hugging Face's own address under Settings to push.":
    "{endpoint} はトークンの持ち主を示しません。ファイルを配るだけのミラーです。プッシュするには「設定」で Hugging Face 本来のアドレスを指定してください。",
  "Hugging Face has no {repo} that this token may see any more.":
    "このトークンで閲覧できる {repo} は、もう Hugging Face にありません。",
  "{endpoint} takes no files: it is a mirror that only hands them out.":
    "{endpoint} はファイルを受け付けません。配るだけのミラーです。",
  "The name {repo} is taken: somebody has made it meanwhile. Look again at what would be pushed.":
    "{repo} という名前は、その間に作成されて使われています。プッシュする内容を確認し直してください。",
  "{repo} has changed while the files were on their way. {again}": "送信中に {repo} が変わりました。{again}",
  "Hugging Face asks to slow down. Push again in some minutes.":
    "Hugging Face が頻度を下げるよう求めています。数分後にもう一度プッシュしてください。",
  "{repo} has another name by now. Give the one that its page shows.":
    "{repo} は名前が変わりました。ページに表示されている名前を指定してください。",
  "Hugging Face answers {status}, which is trouble on its side. {again}":
    "Hugging Face の応答は {status} です。ハブ側の障害です。{again}",
  "Hugging Face answered {status} for {repo}{words}.":
    "Hugging Face は {repo} に対し {status} を返しました{words}。",
  "What would be pushed has changed since it was shown. Nothing has been sent; look at it again.":
    "表示の後で、プッシュする内容が変わりました。何も送信していません。もう一度確認してください。",
  "Files are on their way to {repo} already.": "ファイルは既に {repo} へ送信中です。",
  "It is still on its way. Cancel it first.": "まだ送信中です。先に中止してください。",
  "The token that is kept here is {account}'s, and {owner} is neither that account nor an organization of it. Choose a name such as {example}.":
    "ここに保存されたトークンは {account} のもので、{owner} はそのアカウントでも所属組織でもありません。{example} のような名前にしてください。",
  "There is no push with the id {id}.": "ID が {id} のプッシュはありません。",
  "{name} has not been trained here. Push an export of it, or a run's result.":
    "{name} はここで学習したものではありません。エクスポートしたものか、実行の結果をプッシュしてください。",
  "A hub id is org/name, such as Qwen/Qwen3-0.6B.":
    "ハブの ID は「組織/名前」の形です。例: Qwen/Qwen3-0.6B。",
  "A revision is a branch, a tag or a commit.": "リビジョンはブランチ、タグ、またはコミットです。",
  "A token is 8 to 200 letters, digits and signs, without spaces.":
    "トークンは空白を含まない英数字と記号で、8～200 文字です。",
};
export default ja;
