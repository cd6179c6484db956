import type { Messages, Reasons } from '../../../errors.ts';

/** By what an unfinished render is not the one that would be made now. */
const RENDER_OTHER: Readonly<Record<string, string>> = {
  media:
    '未完了のレンダリングは、ファイルの別のバージョンから作成されたものです。最初からやり直してください。',
  model: '未完了のレンダリングは、モデルの別のバージョンで作成されたものです。最初からやり直してください。',
  encoder:
    '未完了のレンダリングは、エンコーダーの別のバージョンでエンコードされたものです。最初からやり直してください。',
  note: '未完了のレンダリングは、Loupeの別のバージョンで開始されたものです。最初からやり直してください。',
};

/** Of clips and of what is made of them. */
export const japaneseClipErrors = {
  'no-project': () =>
    'プロジェクトが開かれていません。プロジェクトを開き、タイムラインでクリップを選択してください。',
  'no-sequence': () =>
    'シーケンスが開かれていません。シーケンスを開き、タイムラインでクリップを選択してください。',
  'no-clip': () => 'ビデオクリップが選択されていません。タイムラインで1つ選択してください。',
  'several-clips': (count) =>
    `${count}個のビデオクリップが選択されています。クリップをひとつだけ選択してください。`,
  'clip-offline': (path) =>
    `このクリップのメディアはオフラインです。${path}が見つかりません。再リンクしてから（クリップ／メディアをリンク）、もう一度お試しください。`,
  'clip-nested': (name) =>
    `「${name}」はネストされたシーケンスです。開いて、中のクリップをリマスターしてください。`,
  'clip-multicam': (name) =>
    `「${name}」はマルチカメラクリップです。フラット化して（クリップ／マルチカメラ／フラット化）、残ったクリップをリマスターしてください。`,
  'clip-merged': (name) => `「${name}」は結合クリップです。元のビデオファイルをリマスターしてください。`,
  'clip-adjustment': (name) => `「${name}」は調整レイヤーで、映像がありません。`,
  'clip-graphic': (name) =>
    `「${name}」はPremiereが生成したもので、ファイルがないため、拡大するものがありません。`,
  'clip-still': (name) =>
    `「${name}」は静止画です。PhotoshopのLoupeで高画質化してから、フッテージを置き換えてください。`,
  'clip-speed': (percent) =>
    `このクリップの速度は${percent}%です。ネストするか、速度を100%に戻して（クリップ／速度・デュレーション）リマスターし、結果に速度を設定してください。`,
  'clip-reversed': () =>
    'このクリップは逆再生です。逆再生を解除して（クリップ／速度・デュレーション）リマスターし、結果を逆再生にしてください。',
  'clip-empty-range': () =>
    'このクリップのイン点とアウト点の間にフレームがありません。タイムラインで長くしてください。',
  'clip-not-media': (path) =>
    `${path}は、Loupeで読み込めるビデオファイルではありません。読み込めるのはMP4、QuickTime、Matroska、WebM、MPEG-TSです。`,
  'clip-no-video': (path) => `${path}には映像がありません。`,
  'clip-truncated': (path) =>
    `${path}は破損しているか、途中で切れています。カメラまたはアーカイブからもう一度コピーしてください。`,
  'codec-undecodable': (codec) =>
    `この映像のコーデック（${codec}）は、ここではデコードできません。H.264またはProResに変換してから（ファイル／書き出し／メディア）、もう一度お試しください。`,
  'codec-unencodable': (codec) =>
    `${codec}は、ここではこのサイズでエンコードできません。別のコーデックを選択してください。`,

  'folder-missing': (folder) => `フォルダー${folder}がありません。別の出力フォルダーを選択してください。`,
  'folder-readonly': (folder) => `${folder}に書き込めません。別の出力フォルダーを選択してください。`,
  'folder-unset': () =>
    '出力フォルダーがまだありません。フォルダーを選択するか、先にプロジェクトを保存してください。',
  'render-exists': (name) => `${name}は既に存在します。レンダリングに別の名前を付けてください。`,
  'render-gone': (name) => `未完了のレンダリング${name}が見つかりません。最初からやり直してください。`,
  'render-other': (what) =>
    RENDER_OTHER[what] ?? '未完了のレンダリングは別のものです。最初からやり直してください。',
  'render-disk-full': () =>
    'ディスクがいっぱいで、レンダリングを書き込めませんでした。まず空き容量を増やしてください。',
  'render-backend-failed': (why) => `このコンピューターでモデルを実行できませんでした：${why}。`,
  'video-failed': (why) => `ここではビデオを処理できませんでした：${why}。`,
  'gpu-lost': (frames) =>
    `GPUが失われました。保持されているフレーム数：${frames}。GPUが復帰したら続行してください。`,
  'import-failed': (path) =>
    `Premiereがレンダリングを読み込めませんでした。レンダリングは完了しており、${path}にあります。`,
  'transaction-refused': (what) =>
    `Premiereが次の操作を拒否しました：${what}。それ以外は変更されていません。レンダリングはビン「Remastered」にあります。`,
  'clip-moved': () =>
    'クリップがその間に移動またはトリミングされたため、レンダリングは配置されませんでした。ビン「Remastered」にあります。',
  'clip-gone': () =>
    'クリップがその間に削除されたため、レンダリングは配置されませんでした。ビン「Remastered」にあります。',
  'sequence-gone': () =>
    'クリップのシーケンスがその間に削除されました。レンダリングはビン「Remastered」にあります。',
  'sequence-closed': (name) =>
    `別のシーケンスが開かれているため、レンダリングは配置されませんでした。ビン「Remastered」にあります。「${name}」を開いて配置してください。`,
  'project-closed': (path) => `プロジェクトがその間に閉じられました。レンダリングは${path}にあります。`,
} satisfies Partial<Messages>;

/** What Premiere refused. */
export const japaneseClipReasons = {
  'make-bin': (name) => `ビン「${name}」の作成`,
  'set-rate': () => 'レンダリングのフレームレートの設定',
  'mark-render': () => 'レンダリングのイン点とアウト点の設定',
  'lay-render': () => 'クリップの上へのレンダリングの配置',
  'adjust-render': () => 'クリップに合わせたレンダリングのサイズと位置の調整',
  'remove-render': () => 'タイムラインからのレンダリングの削除',
} satisfies Partial<Reasons>;
