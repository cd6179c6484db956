/** Japanese, in the words of Photoshop's Japanese version. */
import type { ModelName, Quality } from '../catalog.ts';
import type { Texts } from './en.ts';
import { japaneseErrors } from './errors/ja.ts';
import { FIXED, numbersOf, timesOf } from './format.ts';
import { japaneseClip } from './clip/ja.ts';
import { backendWords, leftWords, type AutoAnswer, type Loss, type Ninth } from './words.ts';

const numbers = numbersOf({
  group: ',',
  groupedFrom: 4,
  decimal: '.',
  beforePercent: '',
  units: { kilobyte: 'KB', megabyte: 'MB', gigabyte: 'GB' },
});
const times = timesOf({
  seconds: (count) => `${count}秒`,
  minutes: (count) => `${count}分`,
  hours: (count) => `${count}時間`,
  between: '',
  half: undefined,
  decimal: '.',
});

const MODELS: Record<'auto' | ModelName, string> = {
  auto: '自動',
  face: '顔',
  landscape: '風景',
  art: 'イラスト',
};
const QUALITY_NAMES: Record<Quality, string> = { fast: '高速', best: '最高' };

function autoText(auto: AutoAnswer | undefined): string {
  if (auto?.kind === 'failed') return `レイヤーを調べられませんでした：「${MODELS.landscape}」を使います。`;
  if (auto?.kind !== 'proposed') return 'レイヤーを調べています…';
  const { reason, model, faces } = auto;
  const name = MODELS[model];
  switch (reason) {
    case 'faces':
      return `顔が${String(faces.length)}つあります：顔には「${MODELS.face}」、その他には「${name}」を使います。`;
    case 'portrait':
      return `ポートレート：「${name}」を使います。`;
    case 'photo':
      return `顔はありません：「${name}」を使います。`;
    case 'drawing':
      return `描かれた画像：「${name}」を使います。`;
    case 'too-small':
      return `小さすぎて判断できません：「${name}」を使います。`;
  }
}

function inventedText(damage: Loss | undefined): string {
  switch (damage) {
    case 'soft':
      return 'このレイヤーはサイズのわりに鮮明ではありません。このディテールの値では、細部が創作されます。';
    case 'compressed':
      return 'このレイヤーの細部はJPEG圧縮で失われています。このディテールの値では、細部が創作されます。';
    case 'noisy':
      return 'このレイヤーの細部はノイズに隠れています。このディテールの値では、細部が創作されます。';
    case undefined:
      return 'このレイヤーにはモデルの手がかりが少ししかありません。このディテールの値では、細部が創作されます。';
  }
}

function mapText(percent: number, part: Ninth | undefined): string {
  if (!part) return '「忠実」と「精細」の結果は、どこもほとんど同じです。';
  const down = { start: '上', middle: '', end: '下' }[part.down];
  const across = { start: '左', middle: '', end: '右' }[part.across];
  const where = across && down ? `${across}${down}` : across || down ? `${across}${down}側` : '中央';
  return `ディテール100では、細部の${numbers.percent(percent)}が創作され、その多くは${where}にあります。`;
}

export const ja: Texts = {
  language: 'ja',
  numbers,
  times,
  errors: japaneseErrors(numbers.localised),

  panel: 'Loupe',
  loading: '起動しています…',

  layer: {
    section: 'レイヤー',
    becomes: '拡大後',
    sizeNow: (size) => numbers.size(size),
    sizeAfter: (size) => `${numbers.size(size)}${FIXED}px`,
    sizeOnly: (size) => `${numbers.size(size)}${FIXED}px`,
    notes: {
      'text-through-pixels':
        'テキストレイヤーです。ピクセルとして高画質化します。テキスト自体は変わりません。',
      'smart-object-through-pixels':
        'スマートオブジェクトです。ピクセルとして高画質化します。スマートオブジェクト自体は変わりません。',
    },
  },

  model: {
    label: 'モデル',
    names: MODELS,
    hints: {
      face: '人物：肌、目、髪。',
      landscape: '写真：自然、場所、物。',
      art: '線画、マンガ、ベタ塗り。',
    },
    auto: autoText,
    autoIdle: 'レイヤーを調べてモデルを提案します。',
    own: '独自のモデルです。',
  },

  own: {
    section: '独自のモデル',
    some: (count) => `独自のモデル（${String(count)}）`,
    trying: 'は確認中です…',
    gone: 'はもうフォルダーにありません。',
    where: '画像を拡大するONNXモデルを、次のフォルダーに入れてください：',
    showFolder: 'フォルダーを表示',
    lookAgain: '再検索',
    blocked: {
      trying: (name) => `「${name}」はまだ確認中です。`,
      unusable: (name) => `「${name}」は使用できません。別のモデルを選んでください。`,
    },
  },

  quality: { label: '画質', names: QUALITY_NAMES },

  controls: {
    detail: { label: 'ディテール', low: '忠実', high: '精細' },
    noise: { label: 'ノイズ', low: '粒子を残す', high: '除去' },
    sharpness: { label: 'シャープ', low: 'そのまま', high: '最大' },
    more: 'ノイズとシャープ',
    moved: (noise, sharpness) => `${String(noise)} · ${String(sharpness)}`,
    noDetail: {
      own: '独自のモデルの結果は一通りのため、ディテールは設定できません。',
      one: 'この画質では、このモデルの結果は一通りのため、ディテールは設定できません。',
    },
  },

  invented: {
    none: 'ディテール0では、何も創作されません。',
    much: inventedText,
    little: 'このレイヤーには十分な手がかりがあります。細部の多くはレイヤーに由来します。',
    showWhere: '場所を表示',
    showWhat: 'ディテールで加わるものを表示',
    making: '「忠実」と「精細」を比較しています',
    hide: '隠す',
    map: mapText,
    legend: '細部が創作される場所',
    low: 'なし',
    high: '最多',
  },

  size: {
    label: 'サイズ',
    factor: (factor) => numbers.times(factor),
    custom: 'カスタム',
    tooLarge: (factors) =>
      `${factors.map((each) => numbers.times(each)).join('、')}は、ドキュメントの上限を超えます。`,
    kindLabel: 'サイズの指定方法',
    kinds: { pixels: 'ピクセル', print: 'プリント' },
    sideLabel: '指定する辺',
    sides: { width: '幅', height: '高さ' },
    unitLabel: '単位',
    units: { cm: 'cm', inch: 'インチ' },
    fields: { ppi: 'インチあたりのピクセル数' },
    px: 'px',
    ppi: 'ppi',
    at: '解像度',
    between: (least, most) =>
      `${numbers.rounded(least, 1)}～${numbers.whole(most)}の数値を入力してください。`,
    wholeBetween: (least, most) =>
      `${numbers.whole(least)}～${numbers.whole(most)}の整数を入力してください。`,
    unfit: '先に別のサイズを選んでください。',
    mistyped: 'サイズが正しい数値ではありません。先に修正してください。',
    words: (size, print, factor) =>
      [
        `${numbers.size(size)}${FIXED}px`,
        `${numbers.rounded(print.width, 1)}${FIXED}× ${numbers.rounded(print.height, 1)}${FIXED}${print.unit === 'cm' ? 'cm' : 'インチ'}（${numbers.rounded(print.ppi, 1)}${FIXED}ppi）`,
        numbers.times(factor),
      ].join(' · '),
    eachTimes: (factor) => `各レイヤー ${numbers.times(factor)}`,
    made: (network, interpolated) =>
      `モデルによる拡大は${numbers.times(network)}です。残りの${numbers.times(interpolated)}は補間で、細部は加わりません。`,
  },

  place: {
    label: '出力先',
    names: {
      document: '新規レイヤー',
      'smart-object': 'スマートオブジェクト',
      'new-document': '新規ドキュメント',
    },
    words: {
      document: '元のレイヤーの上に新規レイヤーを作成し、ドキュメントも拡大します。',
      'smart-object':
        '元のレイヤーの上に、同じ大きさで配置されるスマートオブジェクトを作成します。すべてのピクセルを保持します。',
      'new-document': '別のドキュメントを作成します。このドキュメントは変わりません。',
    },
    hideOriginal: '元のレイヤーを非表示にする',
  },

  part: {
    label: '対象',
    names: { layer: 'レイヤー', selection: '選択範囲', mask: 'マスク' },
    words: {
      layer: 'カンバスの外も含むレイヤー全体。',
      selection: '選択範囲の中。外側のピクセルは変わりません。',
      mask: 'レイヤーマスクで表示されている部分。外側のピクセルは変わりません。',
    },
  },

  needs: {
    words: (disk, memory) =>
      memory === undefined
        ? `ディスクの空き容量が最大${numbers.bytes(disk)}必要です。`
        : `ディスクの空き容量が最大${numbers.bytes(disk)}、メモリが約${numbers.bytes(memory)}必要です。`,
    tooMuch: (memory, most) =>
      `約${numbers.bytes(memory)}のメモリが必要ですが、ここでLoupeが使えるのは${numbers.bytes(most)}までです。より小さいサイズか、レイヤーの一部を選んでください。`,
  },

  rows: {
    label: 'レイヤー',
    count: (count) => `${String(count)}個のレイヤー`,
    taken: (count, all) => `${String(all)}個のうち${String(count)}個のレイヤーを高画質化します。`,
    states: { waiting: '待機中', running: '処理中', done: '完了', failed: '失敗' },
    noMask: (name) =>
      `「${name}」には使用できるマスクがありません。マスクがないか、無効になっているか、ぼかしがあるか、すべてを隠しています。`,
    open: (name) => `「${name}」の設定`,
    brief: (model, quality, detail) =>
      [
        model,
        ...(quality === undefined ? [] : [quality]),
        ...(detail === undefined ? [] : [`ディテール ${String(detail)}`]),
      ].join(' · '),
  },

  unfinished: {
    heading: '中断された処理',
    words: (names, percent) =>
      names.length === 1
        ? `「${names[0] ?? ''}」の高画質化中にLoupeが閉じられました。${numbers.percent(percent)}完了しています。`
        : `${String(names.length)}個のレイヤーの高画質化中にLoupeが閉じられました。${numbers.percent(percent)}完了しています。`,
    goOn: '続行',
    discard: '破棄',
  },

  preview: {
    section: 'プレビュー',
    brief: '100%',
    ways: { split: '分割', beside: '並べて表示' },
    waysLabel: 'プレビューの表示方法',
    before: '補正前',
    after: '補正後',
    divider: '補正前と補正後の境界',
    dividerValue: (percent) => `補正前 ${numbers.percent(percent)}`,
    picture: '100%のプレビュー。矢印キーで移動、Shiftキーを押しながらで大きく移動します。',
    making: 'プレビューを作成しています…',
    ready: '現在の設定のプレビューです。',
    unreadable: 'プレビューを表示できません：現在、レイヤーを読み込めません。',
    failed: (why) => `プレビューを表示できません：${why}`,
    fromThumbnail: 'プレビューする場所を選ぶ',
  },

  backend: {
    label: '実行環境',
    name: backendWords((count) => `${String(count)}ワーカー`),
    looking: 'GPUを探しています…',
    noGpu: 'GPUが見つからないため、プロセッサーで処理します。時間がかかります。',
  },

  estimate: {
    label: '所要時間',
    measuring: '計測中…',
    known: (ms) => `約${times.coarsely(ms)}`,
    unknown: '所要時間は不明',
    none: '利用不可',
  },

  actions: {
    enhance: '高画質化',
    cancel: 'キャンセル',
    cancelling: 'キャンセルしています…',
    tryAgain: '再試行',
    another: '別のレイヤーを高画質化',
  },

  run: {
    progress: '進行状況',
    phases: {
      reading: 'レイヤーを読み込んでいます',
      enhancing: '高画質化しています',
      writing: 'レイヤーを書き込んでいます',
    },
    percent: numbers.percent,
    left: leftWords(times, (time) => `残り約${time}`, '残り数秒'),
    bound: (name) => `「${name}」を処理しています。他のレイヤーは編集を続けられます。`,
    boundToSeveral: 'これらのレイヤーを処理しています。他のレイヤーは編集を続けられます。',
    fellBack: 'GPUで失敗したため、プロセッサーで続行しています。',
  },

  done: {
    created: (name) => `「${name}」を作成しました。`,
    createdSeveral: (count, all) =>
      count === all
        ? `${String(count)}個のレイヤーを作成しました。`
        : `${String(all)}個のうち${String(count)}個のレイヤーを作成しました。`,
    compare: '比較',
    compareOf: (name) => `「${name}」を比較`,
    holds: (size) =>
      `このスマートオブジェクトは${numbers.size(size)}${FIXED}pxを保持しており、ドキュメントの表示より高精細です。レイヤー／スマートオブジェクト／コンテンツを編集で、すべてを表示できます。`,
    facts: (size, ms, made, backend) => [
      `${numbers.size(size)}${FIXED}px`,
      times.exactly(ms),
      ...(made.quality ? [QUALITY_NAMES[made.quality]] : []),
      ...(made.detail === undefined ? [] : [`ディテール ${String(made.detail)}`]),
      backend,
    ],
    fellBack: '途中でGPUが失敗したため、残りはプロセッサーで処理しました。',
    before: '補正前',
    after: '補正後',
    divider: '補正前と補正後の境界',
    dividerValue: (percent) => `補正前 ${numbers.percent(percent)}`,
    picture: '100%の補正前と補正後。矢印キーで画像を移動します。',
    noPicture: '比較を表示できません：現在、レイヤーを読み込めません。',
  },

  failed: { heading: '処理できませんでした' },

  empty: {
    noDocument: 'ドキュメントが開かれていません',
    noLayer: 'レイヤーが選択されていません',
  },

  clip: japaneseClip(numbers, times, MODELS),

  result: {
    layerName: (name, model, factor) => `${name} – ${model} ${numbers.times(factor)}`,
    history: (name) => `高画質化：${name}`,
    historyOfSeveral: (count) => `${String(count)}個のレイヤーを高画質化`,
  },

  host: {
    looking: 'Loupe：レイヤーを調べています',
    reading: 'Loupe：レイヤーを読み込んでいます',
    writing: (doing) => `Loupe：${doing}`,
    step: 'Loupeで高画質化',
    whyFolder: '独自のモデルのフォルダーを表示します。',
  },
};
