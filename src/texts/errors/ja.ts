import { spoken, type Messages, type Reasons } from '../../errors.ts';
import { japaneseClipErrors, japaneseClipReasons } from './clip/ja.ts';

/** Photoshop’s Japanese names of the color modes. */
const MODES: Readonly<Record<string, string>> = {
  Bitmap: 'モノクロ2階調',
  'Indexed Color': 'インデックスカラー',
  Duotone: 'ダブルトーン',
  Multichannel: 'マルチチャンネル',
};

export function japaneseErrors(localised: (english: string) => string): Messages {
  const messages: Messages = {
    ...japaneseClipErrors,
    'no-document': () => 'ドキュメントが開かれていません。ドキュメントを開き、レイヤーを選択してください。',
    'no-layer': () => 'レイヤーが選択されていません。ピクセルレイヤーを1つ選択してください。',
    'group-layer': (name) => `「${name}」はグループです。グループ内のレイヤーを選択してください。`,
    'adjustment-layer': (name) =>
      `「${name}」は調整レイヤーで、ピクセルがありません。ピクセルレイヤーを選択してください。`,
    'artboard-layer': (name) => `「${name}」はアートボードです。アートボード上のレイヤーを選択してください。`,
    'frame-layer': (name) => `「${name}」はフレームです。フレーム内の画像を選択してください。`,
    'fill-layer': (name) =>
      `「${name}」は塗りつぶしレイヤーで、ピクセルがありません。ピクセルレイヤーを選択してください。`,
    'shape-layer': (name) =>
      `「${name}」はシェイプレイヤーです。ベクトルは劣化せずに拡大できます。ピクセルが必要な場合は、コピーをラスタライズしてください（レイヤー／ラスタライズ）。`,
    'video-layer': (name) =>
      `「${name}」はビデオレイヤーです。コピーをラスタライズして（レイヤー／ラスタライズ）、そのフレームを高画質化してください。`,
    'three-d-layer': (name) =>
      `「${name}」は3Dレイヤーです。コピーをラスタライズして（レイヤー／ラスタライズ）、それを高画質化してください。`,
    'empty-layer': (name) => `「${name}」にはピクセルがありません。内容のあるレイヤーを選択してください。`,
    'locked-layer': (name) =>
      `「${name}」はロックされています。レイヤーパネルでロックを解除してから、もう一度お試しください。`,
    'hidden-layer': (name) =>
      `「${name}」は非表示です。レイヤーパネルで表示してから、もう一度お試しください。`,
    'mode-unsupported': (mode) =>
      `このドキュメントは「${MODES[mode] ?? mode}」モードのため、高画質化できません。コピーをRGBカラーまたはグレースケールに変換してください（イメージ／モード）。`,
    'profile-missing': (name) =>
      `ドキュメントのカラープロファイル「${name}」がインストールされていないため、Photoshopは同じプロファイルの新規ドキュメントを作成できません。何も変更されていません。プロファイルをインストールするか、結果を新規レイヤーにしてください。`,
    'depth-unsupported': (depth) =>
      `このドキュメントは${depth} bit/チャンネルのため、高画質化できません。コピーを8 bitまたは16 bitに変換してください（イメージ／モード）。`,
    'too-large-for-photoshop': (size) =>
      `結果は${localised(size)}ピクセルになりますが、Photoshopで扱えるのは1辺300,000ピクセルまでです。より小さいサイズを選んでください。`,
    'too-large-for-psd': (size) =>
      `結果は${localised(size)}ピクセルになりますが、PSDで扱えるのは1辺30,000ピクセルまでです。より小さいサイズを選ぶか、先にドキュメントをPSBで保存してください。`,

    'size-smaller': () =>
      '結果が元のレイヤーより小さくなります。より大きいサイズを選んでください。縮小するには、イメージ／画像解像度を使用してください。',
    'size-beyond': (most) => `レイヤーのサイズの${most}倍を超えています。より小さいサイズを選んでください。`,

    'selection-missing': () =>
      '選択範囲がありません。レイヤーの一部を選択するか、レイヤー全体を高画質化してください。',
    'selection-outside': (name) =>
      `選択範囲が「${name}」と重なっていません。レイヤーの一部を選択するか、レイヤー全体を高画質化してください。`,
    'mask-missing': (name) =>
      `「${name}」にはレイヤーマスクがありません。レイヤーマスクを追加するか、レイヤー全体を高画質化してください。`,
    'mask-disabled': (name) =>
      `「${name}」のレイヤーマスクは無効になっています。レイヤーパネルでShiftキーを押しながらクリックして有効にするか、レイヤー全体を高画質化してください。`,
    'mask-feathered': (name) =>
      `「${name}」のレイヤーマスクにはぼかしが設定されています。マスクのプロパティでぼかしを0にするか、レイヤー全体を高画質化してください。`,
    'mask-empty': (name) =>
      `「${name}」はレイヤーマスクですべて隠されています。一部を表示するか、レイヤー全体を高画質化してください。`,

    'host-busy': () =>
      'Photoshopは別のコマンドまたはダイアログを処理中です。終了してから、もう一度お試しください。',
    'run-under-way': () => 'すでに高画質化を実行中です。完了するまで待つか、パネルでキャンセルしてください。',
    'run-not-started': () => '高画質化は開始されませんでした。理由はパネルに表示されています。',
    'panel-unavailable': (why) =>
      `Loupeパネルを表示できませんでした${why ? `（${why}）` : ''}。プラグイン／Loupeから開いて、もう一度お試しください。`,
    'layer-changed': (name) =>
      `処理中に「${name}」が変更されたため、何も書き込まれていません。もう一度高画質化してください。`,
    'layer-gone': (name) => `処理中に「${name}」が削除されたため、何も書き込まれていません。`,
    'document-changed': () =>
      '処理中にドキュメントのサイズ、モード、またはプロファイルが変更されたため、何も書き込まれていません。もう一度高画質化してください。',
    'document-closed': () => '処理中にドキュメントが閉じられたため、何も書き込まれていません。',
    'disk-full': (needed) =>
      needed
        ? `ディスクの空き容量が足りません。${localised(needed)}必要です。空き容量を増やしてから、もう一度お試しください。何も変更されていません。`
        : 'ディスクに空きがないため、結果を保存できませんでした。空き容量を増やしてから、もう一度お試しください。何も変更されていません。',
    cancelled: () => 'キャンセルしました。何も変更されていません。',

    'model-missing': (file) => `モデルファイル${file}が見つかりません。Loupeを再インストールしてください。`,
    'model-damaged': (file) =>
      `モデルファイル${file}が破損しているか、Loupeに付属のものではありません。Loupeを再インストールしてください。`,
    'model-unfit': (why) => `このモデルは使用できません：${why}。`,
    'backend-unavailable': (why) => `このコンピューターでは、この方法でモデルを実行できません：${why}。`,
    'backend-failed': (why) =>
      `このコンピューターではモデルを実行できませんでした：${why}。何も変更されていません。`,

    'file-missing': (path) => `${path}：ファイルが見つかりません。`,
    'file-empty': (path) => `${path}：ファイルが空です。`,
    'file-not-image': (path) => `${path}：PNG、JPEG、WebP、TIFFのいずれの画像でもありません。`,
    'file-damaged': (path) => `${path}：画像が破損しているか、途中で切れています。`,
    'file-unreadable': (path) => `${path}を読み込めません。アクセス権を確認してください。`,
    'file-unsupported': (what) => what,
    'file-too-large': (what) => what,
    'output-exists': (path) => `${path}はすでにあります。置き換えるには--overwriteを指定してください。`,
    'output-taken': (what) => `${what}。それぞれ別のフォルダーに出力してください。`,
    'output-is-input': (path) =>
      `${path}は高画質化する画像の1つのため、上書きされません。別の出力先を選んでください。`,
    'output-unwritable': (path) => `${path}に書き込めません。フォルダーとアクセス権を確認してください。`,
    'output-format': (path) => `${path}：出力できる形式は.png、.jpg、.webp、.tifです。`,

    'protocol-mismatch': (versions) =>
      `パネルとプラグインのバージョンが異なります（${versions}）。プラグインを再読み込みするか、アプリケーションを再起動してください。`,
    'bad-message': (what) =>
      `パネルとプラグインの間のメッセージに食い違いがあります（${what}）。プラグインを再読み込みしてください。`,
    'host-failed': (why) => `アプリケーションで問題が発生しました：${why}。何も変更されていません。`,
  };
  return spoken(messages, reasons(localised));
}

const reasons = (localised: (english: string) => string): Reasons => ({
  ...japaneseClipReasons,
  'not-onnx': () => '読み込めるONNXモデルではありません',
  'many-inputs': (count) => `1枚の画像ではなく${count}個の入力を必要とします`,
  'many-results': (count) => `1枚の画像ではなく${count}個の結果を出力します`,
  'no-picture': () => '画像から画像を作るモデルではありません',
  'not-float': (type) => `画像をfloat32ではなく${type}で計算します`,
  'other-input': (shape) => `入力が1 × 3 × 高さ × 幅ではなく${shape}です`,
  'fixed-size': (size) => `${size}ピクセルの画像しか扱えません`,
  'cannot-enlarge': (size) => `${size}ピクセルの画像を拡大できません`,
  'other-result': (shape, size) => `${size}ピクセルの画像に対して${shape}を出力します`,
  'same-size': () => '画像の大きさが変わりません',
  'other-scale': (scale, most) => `拡大率が${localised(scale)}倍で、2～${most}倍の範囲にありません`,
  'file-gone': (name) => `${name}はもうフォルダーにありません`,
  'file-changed': (name) => `${name}は読み込み中に変更されました`,
  'file-replaced': (name) => `${name}はLoupeが確認したあとで変更されました`,
  'file-large': (name, megabytes) => `${name}は${megabytes} MBを超えています`,
  'no-webgpu': () => 'WebGPUを利用できません',
  'no-gpu': () => 'GPUが見つかりませんでした',
  'software-gpu': () => '見つかったGPUはCPUによるエミュレーションだけです',
  'gpu-not-opened': () => 'GPUを開けませんでした',
  'gpu-lost': (why) => `GPUが応答しなくなりました（${why}）`,
  'gpu-reported': (why) => `GPUの報告：${why}`,
  'not-started': (backend, why) => `${backend}を開始できませんでした：${why}`,
  'gave-up': (backend, why) => `${backend}で失敗しました：${why}`,
});
