import type en from "../en/export";

const ja: typeof en = {
  title: "エクスポート",
  lead: "アダプターをマージしたモデルを、単独で使えるフォルダーとして書き出します。transformers、vLLM、llama.cpp、Ollama で使えます。",
  new: "新しいエクスポート",
  model: "モデル",
  modelExplain:
    "実行の結果またはチェックポイントをベースにマージしたもの。または、元のモデルを別の形式にしたもの。",
  name: "名前",
  nameExplain: "models/ の下に作る新しいフォルダーの名前。",
  size: "最大シャードサイズ",
  sizeExplain: "重みを、このサイズ以下のファイルに分割します。",
  dtype: "データ型",
  dtypeExplain: "重みの保存形式。「元のまま」はベースモデルと同じです。",
  asStored: "元のまま",
  ggufExplain: "llama.cpp と Ollama 用のファイルを 1 つ追加します。q8_0 は f16 の半分の容量です。",
  noGguf: "GGUF ファイルなし",
  selfTest: "前後で同じ質問をして、回答を比較する",
  start: "エクスポート",
  needs: "エクスポートする対象を選択してください。",
  list: "エクスポート一覧",
  loading: "エクスポートを読み込み中…",
  emptyTitle: "エクスポートはまだありません",
  empty: "エクスポートしたモデルは、ファイルとともにここに表示され、学習とチャットのモデルとしても選べます。",
  state: { running: "書き込み中", finished: "完了", failed: "失敗", cancelled: "キャンセル済み" },
  cancel: "キャンセル",
  forget: "一覧から除外",
  from: "元: {label}",
  progress: "書き込み済みの重み",
  silent: "プログラムの出力はありません。",
  testEqual: "前後の質問: {asked} 件の回答がすべて一致しました。",
  testDiffers:
    "前後の質問: {asked} 件中 {equal} 件の回答が一致しました。保存時にマージ済みの重みが丸められます。最初の相違は出力にあります。",
  chat: "このモデルとチャット",
  files: "{count, plural, other {# ファイル}}、{size}",
  output: "出力",
};
export default ja;
