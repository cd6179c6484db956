/** German, in the words of Photoshop's German version. */
import type { ModelName, Quality } from '../catalog.ts';
import type { Texts } from './en.ts';
import { germanErrors } from './errors/de.ts';
import { FIXED, NARROW, numbersOf, timesOf } from './format.ts';
import { germanClip } from './clip/de.ts';
import { backendWords, leftWords, type AutoAnswer, type Loss, type Ninth } from './words.ts';

const numbers = numbersOf({
  group: '.',
  groupedFrom: 5,
  decimal: ',',
  beforePercent: NARROW,
  units: { kilobyte: 'KB', megabyte: 'MB', gigabyte: 'GB' },
});
const times = timesOf({
  seconds: (count) => `${count}${FIXED}Sek.`,
  minutes: (count) => `${count}${FIXED}Min.`,
  hours: (count) => `${count}${FIXED}Std.`,
  between: ' ',
  half: '½',
  decimal: ',',
});

const MODELS: Record<'auto' | ModelName, string> = {
  auto: 'Auto',
  face: 'Gesicht',
  landscape: 'Landschaft',
  art: 'Zeichnung',
};
const QUALITY_NAMES: Record<Quality, string> = { fast: 'Schnell', best: 'Beste' };

function autoText(auto: AutoAnswer | undefined): string {
  if (auto?.kind === 'failed') return `Die Ebene konnte nicht untersucht werden: ${MODELS.landscape}.`;
  if (auto?.kind !== 'proposed') return 'Die Ebene wird untersucht…';
  const { reason, model, faces } = auto;
  const name = MODELS[model];
  switch (reason) {
    case 'faces':
      return faces.length === 1
        ? `1 Gesicht: dort „${MODELS.face}“, sonst „${name}“.`
        : `${String(faces.length)} Gesichter: dort „${MODELS.face}“, sonst „${name}“.`;
    case 'portrait':
      return `Ein Porträt: „${name}“.`;
    case 'photo':
      return `Keine Gesichter: „${name}“.`;
    case 'drawing':
      return `Eine Zeichnung: „${name}“.`;
    case 'too-small':
      return `Zu klein, um es zu erkennen: „${name}“.`;
  }
}

function inventedText(damage: Loss | undefined): string {
  switch (damage) {
    case 'soft':
      return 'Diese Ebene ist unschärfer, als ihre Größe erwarten lässt: Bei dieser Detailstufe werden feine Details erfunden.';
    case 'compressed':
      return 'JPEG hat dieser Ebene feine Details genommen: Bei dieser Detailstufe werden sie erfunden.';
    case 'noisy':
      return 'Rauschen verdeckt die feinen Details dieser Ebene: Bei dieser Detailstufe werden sie erfunden.';
    case undefined:
      return 'Diese Ebene gibt dem Modell wenig Anhalt: Bei dieser Detailstufe werden feine Details erfunden.';
  }
}

function mapText(percent: number, part: Ninth | undefined): string {
  if (!part) return '„Getreu“ und „Detailreich“ ergeben überall fast dasselbe.';
  const down = { start: 'oben', middle: '', end: 'unten' }[part.down];
  const across = { start: 'links', middle: '', end: 'rechts' }[part.across];
  const where = `${down} ${across}`.trim() || 'in der Mitte';
  return `Bei Detail 100 sind ${numbers.percent(percent)} der feinen Details erfunden, die meisten ${where}.`;
}

export const de: Texts = {
  language: 'de',
  numbers,
  times,
  errors: germanErrors(numbers.localised),

  panel: 'Loupe',
  loading: 'Wird gestartet…',

  layer: {
    section: 'Ebene',
    becomes: 'wird',
    sizeNow: (size) => numbers.size(size),
    sizeAfter: (size) => `${numbers.size(size)}${FIXED}px`,
    sizeOnly: (size) => `${numbers.size(size)}${FIXED}px`,
    notes: {
      'text-through-pixels':
        'Eine Textebene: Verbessert werden ihre Pixel. Der Text selbst bleibt, wie er ist.',
      'smart-object-through-pixels':
        'Ein Smartobjekt: Verbessert werden seine Pixel. Das Smartobjekt selbst bleibt, wie es ist.',
    },
  },

  model: {
    label: 'Modell',
    names: MODELS,
    hints: {
      face: 'Menschen: Haut, Augen und Haare.',
      landscape: 'Fotos: Natur, Orte, Dinge.',
      art: 'Zeichnungen, Comics und Farbflächen.',
    },
    auto: autoText,
    autoIdle: 'Untersucht die Ebene und schlägt eines vor.',
    own: 'Ihr eigenes Modell.',
  },

  own: {
    section: 'Eigene Modelle',
    some: (count) => `Eigene Modelle (${String(count)})`,
    trying: 'wird ausprobiert…',
    gone: 'ist nicht mehr im Ordner.',
    where: 'Legen Sie ONNX-Modelle, die Bilder vergrößern, in diesen Ordner:',
    showFolder: 'Ordner anzeigen',
    lookAgain: 'Erneut suchen',
    blocked: {
      trying: (name) => `„${name}“ wird noch ausprobiert.`,
      unusable: (name) => `„${name}“ kann nicht verwendet werden. Wählen Sie ein anderes Modell.`,
    },
  },

  quality: { label: 'Qualität', names: QUALITY_NAMES },

  controls: {
    detail: { label: 'Detail', low: 'Getreu', high: 'Detailreich' },
    noise: { label: 'Rauschen', low: 'Körnung behalten', high: 'Entfernen' },
    sharpness: { label: 'Schärfe', low: 'Wie sie ist', high: 'Am schärfsten' },
    more: 'Rauschen und Schärfe',
    moved: (noise, sharpness) => `${String(noise)} · ${String(sharpness)}`,
    noDetail: {
      own: 'Ein eigenes Modell hat nur ein Ergebnis; „Detail“ lässt sich daher nicht einstellen.',
      one: 'Dieses Modell hat bei dieser Qualität nur ein Ergebnis; „Detail“ lässt sich daher nicht einstellen.',
    },
  },

  invented: {
    none: 'Bei Detail 0 wird nichts erfunden.',
    much: inventedText,
    little: 'Diese Ebene gibt genug Anhalt: Die meisten Details stammen aus ihr.',
    showWhere: 'Zeigen, wo',
    showWhat: 'Zeigen, was „Detail“ hinzufügt',
    making: '„Getreu“ und „Detailreich“ werden verglichen',
    hide: 'Ausblenden',
    map: mapText,
    legend: 'Wo Details erfunden werden',
    low: 'nichts',
    high: 'am meisten',
  },

  size: {
    label: 'Größe',
    factor: (factor) => numbers.times(factor),
    custom: 'Eigene',
    tooLarge: (factors) =>
      `${factors.map((each) => numbers.times(each)).join(', ')} wäre größer, als das Dokument sein kann.`,
    kindLabel: 'Größe angeben in',
    kinds: { pixels: 'Pixel', print: 'Druck' },
    sideLabel: 'Angegebene Seite',
    sides: { width: 'Breite', height: 'Höhe' },
    unitLabel: 'Einheit',
    units: { cm: 'cm', inch: 'Zoll' },
    fields: { ppi: 'Pixel pro Zoll' },
    px: 'px',
    ppi: 'ppi',
    at: 'bei',
    between: (least, most) =>
      `Geben Sie eine Zahl von ${numbers.rounded(least, 1)} bis ${numbers.whole(most)} ein.`,
    wholeBetween: (least, most) =>
      `Geben Sie eine ganze Zahl von ${numbers.whole(least)} bis ${numbers.whole(most)} ein.`,
    unfit: 'Wählen Sie zuerst eine andere Größe.',
    mistyped: 'Die Größe ist keine brauchbare Zahl. Berichtigen Sie sie zuerst.',
    words: (size, print, factor) =>
      [
        `${numbers.size(size)}${FIXED}px`,
        `${numbers.rounded(print.width, 1)}${FIXED}× ${numbers.rounded(print.height, 1)}${FIXED}${print.unit === 'cm' ? 'cm' : 'Zoll'} bei ${numbers.rounded(print.ppi, 1)}${FIXED}ppi`,
        numbers.times(factor),
      ].join(' · '),
    eachTimes: (factor) => `Jede Ebene ${numbers.times(factor)}`,
    made: (network, interpolated) =>
      `Das Modell vergrößert ${numbers.times(network)}; die restlichen ${numbers.times(interpolated)} werden interpoliert und bringen keine Details.`,
  },

  place: {
    label: 'Ergebnis als',
    names: { document: 'Neue Ebene', 'smart-object': 'Smartobjekt', 'new-document': 'Neues Dokument' },
    words: {
      document: 'Eine neue Ebene über dem Original; das Dokument wird mit vergrößert.',
      'smart-object': 'Ein Smartobjekt über dem Original, im Layout gleich groß; es enthält alle Pixel.',
      'new-document': 'Ein eigenes Dokument; dieses bleibt, wie es ist.',
    },
    hideOriginal: 'Original ausblenden',
  },

  part: {
    label: 'Bereich',
    names: { layer: 'Ebene', selection: 'Auswahl', mask: 'Maske' },
    words: {
      layer: 'Die ganze Ebene, auch außerhalb der Arbeitsfläche.',
      selection: 'Was ausgewählt ist; die Pixel außerhalb bleiben, wie sie sind.',
      mask: 'Was die Ebenenmaske zeigt; die Pixel außerhalb bleiben, wie sie sind.',
    },
  },

  needs: {
    words: (disk, memory) =>
      memory === undefined
        ? `Benötigt bis zu ${numbers.bytes(disk)} Speicherplatz auf dem Laufwerk.`
        : `Benötigt bis zu ${numbers.bytes(disk)} Speicherplatz auf dem Laufwerk und etwa ${numbers.bytes(memory)} Arbeitsspeicher.`,
    tooMuch: (memory, most) =>
      `Das benötigt etwa ${numbers.bytes(memory)} Arbeitsspeicher, mehr als die ${numbers.bytes(most)}, die Loupe hier haben kann. Wählen Sie eine kleinere Größe oder einen Teil der Ebene.`,
  },

  rows: {
    label: 'Ebenen',
    count: (count) => `${String(count)} Ebenen`,
    taken: (count, all) =>
      count === 1
        ? `1 von ${String(all)} Ebenen wird verbessert.`
        : `${String(count)} von ${String(all)} Ebenen werden verbessert.`,
    states: { waiting: 'wartet', running: 'läuft', done: 'fertig', failed: 'fehlgeschlagen' },
    noMask: (name) =>
      `„${name}“ hat keine Maske, die sich verwenden lässt: Sie fehlt, ist deaktiviert, hat eine weiche Kante oder blendet alles aus.`,
    open: (name) => `Einstellungen von „${name}“`,
    brief: (model, quality, detail) =>
      [
        model,
        ...(quality === undefined ? [] : [quality]),
        ...(detail === undefined ? [] : [`Detail ${String(detail)}`]),
      ].join(' · '),
  },

  unfinished: {
    heading: 'Nicht abgeschlossen',
    words: (names, percent) =>
      names.length === 1
        ? `Loupe wurde geschlossen, während „${names[0] ?? ''}“ verbessert wurde; ${numbers.percent(percent)} sind fertig.`
        : `Loupe wurde geschlossen, während ${String(names.length)} Ebenen verbessert wurden; ${numbers.percent(percent)} sind fertig.`,
    goOn: 'Fortsetzen',
    discard: 'Verwerfen',
  },

  preview: {
    section: 'Vorschau',
    brief: `100${NARROW}%`,
    ways: { split: 'Geteilt', beside: 'Nebeneinander' },
    waysLabel: 'Darstellung der Vorschau',
    before: 'Vorher',
    after: 'Nachher',
    divider: 'Trennlinie zwischen vorher und nachher',
    dividerValue: (percent) => `${numbers.percent(percent)} vorher`,
    picture: `Vorschau bei 100${NARROW}%. Die Pfeiltasten verschieben sie, mit der Umschalttaste weiter.`,
    making: 'Vorschau wird erstellt…',
    ready: 'Die Vorschau zeigt die aktuellen Einstellungen.',
    unreadable: 'Keine Vorschau: Die Ebene kann gerade nicht gelesen werden.',
    failed: (why) => `Keine Vorschau: ${why}`,
    fromThumbnail: 'Ausschnitt der Vorschau wählen',
  },

  backend: {
    label: 'Läuft auf',
    name: backendWords((count) => (count === 1 ? '1 Thread' : `${String(count)} Threads`)),
    looking: 'Eine GPU wird gesucht…',
    noGpu: 'Es wurde keine GPU gefunden. Gerechnet wird auf dem Prozessor, was länger dauert.',
  },

  estimate: {
    label: 'Dauer',
    measuring: 'wird gemessen…',
    known: (ms) => `etwa ${times.coarsely(ms)}`,
    unknown: 'Dauer unbekannt',
    none: 'nicht verfügbar',
  },

  actions: {
    enhance: 'Verbessern',
    cancel: 'Abbrechen',
    cancelling: 'Wird abgebrochen…',
    tryAgain: 'Erneut versuchen',
    another: 'Weitere Ebene verbessern',
  },

  run: {
    progress: 'Fortschritt',
    phases: {
      reading: 'Ebene wird gelesen',
      enhancing: 'Wird verbessert',
      writing: 'Ebene wird geschrieben',
    },
    percent: numbers.percent,
    left: leftWords(times, (time) => `noch etwa ${time}`, 'noch wenige Sekunden'),
    bound: (name) => `„${name}“ wird bearbeitet. Andere Ebenen können Sie weiter bearbeiten.`,
    boundToSeveral: 'Diese Ebenen werden bearbeitet. Andere können Sie weiter bearbeiten.',
    fellBack: 'Die GPU ist ausgefallen; es geht auf dem Prozessor weiter.',
  },

  done: {
    created: (name) => `„${name}“ wurde erstellt.`,
    createdSeveral: (count, all) =>
      count === all
        ? `${String(count)} Ebenen wurden erstellt.`
        : `${String(count)} von ${String(all)} Ebenen wurden erstellt.`,
    compare: 'Vergleichen',
    compareOf: (name) => `„${name}“ vergleichen`,
    holds: (size) =>
      `Das Smartobjekt enthält ${numbers.size(size)}${FIXED}px, mehr als das Dokument zeigt. Ebene › Smartobjekte › Inhalt bearbeiten zeigt sie alle.`,
    facts: (size, ms, made, backend) => [
      `${numbers.size(size)}${FIXED}px`,
      times.exactly(ms),
      ...(made.quality ? [QUALITY_NAMES[made.quality]] : []),
      ...(made.detail === undefined ? [] : [`Detail ${String(made.detail)}`]),
      backend,
    ],
    fellBack: 'Die GPU ist unterwegs ausgefallen; den Rest hat der Prozessor berechnet.',
    before: 'Vorher',
    after: 'Nachher',
    divider: 'Trennlinie zwischen vorher und nachher',
    dividerValue: (percent) => `${numbers.percent(percent)} vorher`,
    picture: `Vorher und nachher bei 100${NARROW}%. Die Pfeiltasten verschieben das Bild.`,
    noPicture: 'Der Vergleich kann nicht gezeigt werden: Die Ebene kann gerade nicht gelesen werden.',
  },

  failed: { heading: 'Das hat nicht geklappt' },

  empty: {
    noDocument: 'Noch nichts geöffnet',
    noLayer: 'Keine Ebene ausgewählt',
  },

  clip: germanClip(numbers, times, MODELS),

  result: {
    layerName: (name, model, factor) => `${name} – ${model} ${numbers.times(factor)}`,
    history: (name) => `Verbessern: ${name}`,
    historyOfSeveral: (count) => `${String(count)} Ebenen verbessern`,
  },

  host: {
    looking: 'Loupe: Ebene wird untersucht',
    reading: 'Loupe: Ebene wird gelesen',
    writing: (doing) => `Loupe: ${doing}`,
    step: 'Mit Loupe verbessern',
    whyFolder: 'Loupe zeigt den Ordner für Ihre eigenen Modelle.',
  },
};
