import type { ModelName } from '../../catalog.ts';
import type { NumberWords, TimeWords } from '../format.ts';
import type { AutoAnswer } from '../words.ts';
import type { ClipTexts } from './en.ts';

function autoText(models: Record<ModelName, string>, auto: AutoAnswer | undefined): string {
  if (auto?.kind === 'failed')
    return `中央のフレームを調べられませんでした：「${models.landscape}」を使います。`;
  if (auto?.kind !== 'proposed') return '中央のフレームを調べています…';
  const name = models[auto.model];
  switch (auto.reason) {
    case 'faces':
      return `中央のフレームには顔がありますが、他のものが主です：「${name}」を使います。`;
    case 'portrait':
      return `中央のフレームはポートレートです：「${name}」を使います。`;
    case 'photo':
      return `中央のフレームに顔はありません：「${name}」を使います。`;
    case 'drawing':
      return `中央のフレームは描かれた画像です：「${name}」を使います。`;
    case 'too-small':
      return `小さすぎて判断できません：「${name}」を使います。`;
  }
}

export const japaneseClip = (
  numbers: NumberWords,
  times: TimeWords,
  models: Record<ModelName, string>,
): ClipTexts => ({
  section: 'クリップ',
  reading: (name) => `「${name}」を読み込んでいます…`,
  empty: {
    project: 'プロジェクトが開かれていません',
    sequence: 'シーケンスが開かれていません',
    clip: 'クリップが選択されていません',
  },
  auto: (auto) => autoText(models, auto),
  autoIdle: 'クリップの中央のフレームを調べてモデルを提案します。',

  facts: {
    size: 'サイズ',
    rate: 'フレームレート',
    range: 'イン – アウト',
    duration: 'デュレーション',
    file: 'ファイル',
    pixels: (size) => `${numbers.size(size)}\u00a0px`,
    fps: (rate) => `${numbers.rounded(rate, 3)}\u00a0fps`,
    span: (from, to) => `${from} – ${to}`,
    frames: (time, count) => `${time} · ${numbers.whole(count)}フレーム`,
  },

  notes: {
    label: 'このクリップの特記事項',
    interlaced: {
      'upper-first':
        'インターレース（上位フィールドが先）です。インターレースを解除し、レンダリングはプログレッシブになります。',
      'lower-first':
        'インターレース（下位フィールドが先）です。インターレースを解除し、レンダリングはプログレッシブになります。',
    },
    guessed:
      'どちらのフィールドが先か、ファイルに記録がありません。動きがぎくしゃくする場合は、クリップ／変更／フッテージを変換で設定してください。',
    combed:
      'インターレースのように見えますが、プログレッシブとされています。違う場合は、クリップ／変更／フッテージを変換でフィールドを設定してください。',
    variable: (rate) =>
      `可変フレームレートです。Premiereの表示どおり${numbers.rounded(rate, 3)}\u00a0fpsに変換されます。`,
    reinterpreted: (rate, own) =>
      `Premiereは${numbers.rounded(own, 3)}\u00a0fpsではなく${numbers.rounded(rate, 3)}\u00a0fpsで再生しています。レンダリングも同じです。`,
    range: {
      pq: 'HDR（PQ）です。Loupeのモデルは標準レンジのみに対応しているため、ハイライトが失われることがあります。',
      hlg: 'HDR（HLG）です。Loupeのモデルは標準レンジのみに対応しているため、ハイライトが失われることがあります。',
      log: 'Log収録です。Loupeのモデルは標準レンジのみに対応しているため、階調が損なわれることがあります。先に変換することをお勧めします。',
    },
    converted:
      'このコンピューターでは、このビデオがLoupeに8ビットのsRGBで渡されるため、より細かい階調は失われます。',
    depthKept: (bits) => `チャンネルあたり${String(bits)}ビットで、レンダリングでも維持されます。`,
    depthLost: (bits, kept) =>
      `チャンネルあたり${String(bits)}ビットですが、このコーデックではレンダリングは${String(kept)}ビットになります。`,
    assumed: (matrix) => `ファイルに色の記録がありません。Premiereと同様に${matrix}とみなします。`,
    rotated: (degrees) => `${String(degrees)}°回転しています。レンダリングは正しい向きになります。`,
    aspect: (aspect, size) =>
      `ピクセルが正方形ではありません（${numbers.rounded(aspect, 4)}）。Premiereでは${numbers.size(size)}で表示されます。レンダリングは正方形ピクセルになります。`,
    ends: (frames) =>
      `映像の終わりより${numbers.whole(frames)}フレーム長いクリップです（音声のほうが長い場合など）。レンダリングは映像の終わりまでです。`,
    effects: (names) =>
      `${names.join('、')}：これらのエフェクトは元のクリップに残ります。必要なものは後でレンダリングにコピーしてください。`,
  },
  confirm: 'それでもリマスターする',
  confirmFirst: 'ハイライトが失われる可能性があることを、上で確認してください。',

  placedAlready: (track) => `このクリップの上には、既に${track}にリマスターがあります。`,

  target: {
    label: '出力サイズ',
    names: { '2x': '2×', '4x': '4×', sequence: 'シーケンス', uhd: 'UHD', '8k': '8K' },
    words: (size, factor) => `${numbers.size(size)}\u00a0px · ${numbers.rounded(factor, 2)}×`,
    cleaned: '同じサイズです。クリップのノイズなどを除くだけです。',
    tooLarge: (names) => `${names.join('、')}：クリップの16倍を超えます。`,
    tooSmall: (names) => `${names.join('、')}：クリップより小さくなります。`,
    smaller: 'クリップより小さくなります。より大きいサイズを選んでください。',
    beyond: 'クリップの16倍を超えます。より小さいサイズを選んでください。',
    first: '先に別のサイズを選んでください。',
  },

  handles: {
    label: 'ハンドル',
    unit: 'フレーム（前後それぞれ）',
    fewer: (before, after) =>
      `イン点とアウト点の外側のフレームが足りません：前に${numbers.whole(before)}、後に${numbers.whole(after)}です。`,
    mistyped: 'ハンドルの値が使用できる数値ではありません。先に修正してください。',
  },

  codec: {
    label: 'コーデック',
    words: {
      prores: '編集の続行向け：目に見える劣化なし。大容量。',
      h264: '納品向け：小容量で、どこでも再生可能。',
      hevc: '納品向け：H.264より小容量、デコードは遅め。',
      av1: 'Web向け：最も小容量、エンコードは遅い。',
      vp9: 'Web向け：小容量。',
      png: '完全に無劣化の連番画像。非常に大容量。',
      tiff: '完全に無劣化の16ビット連番画像。最も大容量。',
    },
    frames: (name) => `${name}連番`,
    bits: (bits) => `チャンネルあたり${String(bits)}ビット。`,
    looking: 'エンコーダーを探しています…',
    none: 'このサイズでエンコードできるものがありません。より小さいサイズを選んでください。',
    other: (wanted, used) => `${wanted}はこのサイズではエンコードできないため、${used}を使います。`,
  },

  output: {
    label: '出力',
    folder: 'フォルダー',
    unset: 'フォルダーが未設定です。選択するか、プロジェクトを保存してください。',
    choose: '選択…',
    name: 'ファイル名',
    unfit: 'この名前はファイルに使用できません。文字、数字、スペース、ハイフンを使ってください。',
    unfitFirst: '先にファイル名を修正してください。',
    ownName: 'Loupeに名前を任せる',
  },

  needs: {
    disk: (bytes) => `ディスク容量を約${numbers.bytes(bytes)}使用します。`,
    time: (frames) =>
      `時間は、ここで測ったフレームあたりの処理時間から計算した${numbers.whole(frames)}フレーム分です。`,
    tooMuch: (memory, most) =>
      `メモリを約${numbers.bytes(memory)}使用しますが、Loupeがここで使えるのは${numbers.bytes(most)}までです。より小さいサイズを選んでください。`,
  },

  preview: {
    frame: 'プレビューのフレーム',
    at: (timecode) => `${timecode}のフレーム`,
    unreadable: 'プレビューできません：このフレームを今は読み込めません。',
  },

  remaster: 'クリップをリマスター',
  pause: '一時停止',
  resume: '再開',

  run: {
    phases: {
      preparing: '準備中',
      remastering: 'リマスター中',
      finishing: 'ファイルを仕上げ中',
      placing: 'タイムラインに配置中',
    },
    paused: '一時停止中',
    picture: '最新のフレーム',
    frames: (done, frames) => `${numbers.whole(done)} / ${numbers.whole(frames)}フレーム`,
    perSecond: (rate) =>
      rate >= 1
        ? `毎秒${numbers.rounded(rate, 1)}フレーム`
        : `フレームあたり${numbers.rounded(1 / Math.max(rate, 1e-4), 1)}秒`,
    bound: (name) =>
      `「${name}」をリマスターしています。編集は続けられますが、このクリップは動かさないでください。`,
    closing: 'パネルを閉じても、後で続きから続行できます。',
  },

  done: {
    placed: (name, track) => `「${name}」を${track}の、元のクリップの上に配置しました。`,
    hidden: '不透明度によって透けて見えるため、元のクリップは無効にしました。',
    facts: (size, frames, ms) => [
      `${numbers.size(size)}\u00a0px`,
      `${numbers.whole(frames)}フレーム`,
      times.exactly(ms),
    ],
    where: 'レンダリングの場所：',
    undo: 'リマスターを取り消す',
    undoWords: 'レンダリングをタイムラインから外します。ファイルは残ります。',
    another: '別のクリップをリマスター',
  },

  left: {
    heading: 'まだタイムラインにありません',
    place: 'タイムラインに配置',
    placing: 'タイムラインに配置しています…',
  },

  unfinished: {
    heading: '未完了のリマスター',
    words: (name, done, frames) =>
      `「${name}」は完了していません：${numbers.whole(done)} / ${numbers.whole(frames)}フレームまで完了。`,
    lies: '保存先：',
  },

  failed: {
    kept: (frames) =>
      `${numbers.whole(frames)}フレームが完了し、保持されています。続行すると残りが作成されます。`,
    nothing: '何も残っていません。プロジェクトは元のままです。',
  },

  undoName: (name) => `「${name}」をリマスター`,
  undo: 'リマスターを取り消す',
});
