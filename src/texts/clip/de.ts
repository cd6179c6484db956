import type { ModelName } from '../../catalog.ts';
import type { NumberWords, TimeWords } from '../format.ts';
import type { AutoAnswer } from '../words.ts';
import type { ClipTexts } from './en.ts';

function autoText(models: Record<ModelName, string>, auto: AutoAnswer | undefined): string {
  if (auto?.kind === 'failed')
    return `Der mittlere Frame konnte nicht untersucht werden: „${models.landscape}“.`;
  if (auto?.kind !== 'proposed') return 'Der mittlere Frame wird untersucht…';
  const name = models[auto.model];
  switch (auto.reason) {
    case 'faces':
      return `Der mittlere Frame zeigt Gesichter, aber mehr von anderem: „${name}“.`;
    case 'portrait':
      return `Der mittlere Frame ist ein Porträt: „${name}“.`;
    case 'photo':
      return `Keine Gesichter im mittleren Frame: „${name}“.`;
    case 'drawing':
      return `Der mittlere Frame ist eine Zeichnung: „${name}“.`;
    case 'too-small':
      return `Zu klein, um es zu erkennen: „${name}“.`;
  }
}

export const germanClip = (
  numbers: NumberWords,
  times: TimeWords,
  models: Record<ModelName, string>,
): ClipTexts => ({
  section: 'Clip',
  reading: (name) => `„${name}“ wird gelesen…`,
  empty: {
    project: 'Kein Projekt geöffnet',
    sequence: 'Keine Sequenz geöffnet',
    clip: 'Kein Clip ausgewählt',
  },
  auto: (auto) => autoText(models, auto),
  autoIdle: 'Untersucht den mittleren Frame des Clips und schlägt eines vor.',

  facts: {
    size: 'Größe',
    rate: 'Framerate',
    range: 'In – Out',
    duration: 'Dauer',
    file: 'Datei',
    pixels: (size) => `${numbers.size(size)}\u00a0px`,
    fps: (rate) => `${numbers.rounded(rate, 3)}\u00a0fps`,
    span: (from, to) => `${from} – ${to}`,
    frames: (time, count) => `${time} · ${count === 1 ? '1 Frame' : `${numbers.whole(count)} Frames`}`,
  },

  notes: {
    label: 'Was an diesem Clip ungewöhnlich ist',
    interlaced: {
      'upper-first': 'Interlaced, oberes Halbbild zuerst. Wird deinterlaced: Das Rendering ist progressiv.',
      'lower-first': 'Interlaced, unteres Halbbild zuerst. Wird deinterlaced: Das Rendering ist progressiv.',
    },
    guessed:
      'Die Datei sagt nicht, welches Halbbild zuerst kommt. Ruckeln Bewegungen, stellen Sie es unter Clip › Ändern › Filmmaterial interpretieren ein.',
    combed:
      'Er sieht nach Interlaced aus, gilt aber als progressiv. Stimmt das nicht, stellen Sie die Halbbilder unter Clip › Ändern › Filmmaterial interpretieren ein.',
    variable: (rate) =>
      `Die Framerate schwankt. Der Clip wird auf ${numbers.rounded(rate, 3)}\u00a0fps umgerechnet, so wie Premiere ihn zeigt.`,
    reinterpreted: (rate, own) =>
      `Premiere spielt ihn mit ${numbers.rounded(rate, 3)} statt ${numbers.rounded(own, 3)}\u00a0fps ab, das Rendering ebenso.`,
    range: {
      pq: 'HDR (PQ): Loupes Modelle kennen nur den Standardumfang; Lichter können verloren gehen.',
      hlg: 'HDR (HLG): Loupes Modelle kennen nur den Standardumfang; Lichter können verloren gehen.',
      log: 'Log-Material: Loupes Modelle kennen nur den Standardumfang; Tonwerte können leiden. Wandeln Sie es besser zuerst um.',
    },
    converted:
      'Dieser Computer gibt Loupe dieses Video mit 8 Bit in sRGB; feinere Abstufungen gehen verloren.',
    depthKept: (bits) => `${String(bits)} Bit pro Kanal; das Rendering behält sie.`,
    depthLost: (bits, kept) =>
      `${String(bits)} Bit pro Kanal; mit diesem Codec hat das Rendering ${String(kept)}.`,
    assumed: (matrix) =>
      `Die Datei sagt nichts über ihre Farben; angenommen wird ${matrix}, wie in Premiere.`,
    rotated: (degrees) => `Um ${String(degrees)}° gedreht. Das Rendering steht von selbst aufrecht.`,
    aspect: (aspect, size) =>
      `Die Pixel sind nicht quadratisch (${numbers.rounded(aspect, 4)}); Premiere zeigt den Clip mit ${numbers.size(size)}. Das Rendering hat quadratische Pixel.`,
    ends: (frames) =>
      `Der Clip läuft nach seinem Bild noch ${frames === 1 ? '1 Frame' : `${numbers.whole(frames)} Frames`} weiter, etwa weil der Ton länger ist. Das Rendering endet mit dem Bild.`,
    effects: (names) =>
      `${names.join(', ')}: ${names.length === 1 ? 'Dieser Effekt bleibt' : 'Diese Effekte bleiben'} auf dem Original. Kopieren Sie danach auf das Rendering, was es braucht.`,
  },
  confirm: 'Trotzdem remastern',
  confirmFirst: 'Bestätigen Sie oben, dass Lichter verloren gehen können.',

  placedAlready: (track) => `Über diesem Clip liegt auf ${track} schon ein Remaster.`,

  target: {
    label: 'Ziel',
    names: { '2x': '2×', '4x': '4×', sequence: 'Sequenz', uhd: 'UHD', '8k': '8K' },
    words: (size, factor) => `${numbers.size(size)}\u00a0px · ${numbers.rounded(factor, 2)}×`,
    cleaned: 'Die gleiche Größe: Der Clip wird nur bereinigt.',
    tooLarge: (names) => `${names.join(', ')}: mehr als das 16-Fache der Clipgröße.`,
    tooSmall: (names) => `${names.join(', ')}: kleiner als der Clip.`,
    smaller: 'Das ist kleiner als der Clip. Wählen Sie ein größeres Ziel.',
    beyond: 'Das ist mehr als das 16-Fache der Clipgröße. Wählen Sie ein kleineres Ziel.',
    first: 'Wählen Sie zuerst ein anderes Ziel.',
  },

  handles: {
    label: 'Überhang',
    unit: 'Frames auf jeder Seite',
    fewer: (before, after) =>
      `Jenseits von In- und Out-Point hat die Datei weniger Frames: ${numbers.whole(before)} davor, ${numbers.whole(after)} danach.`,
    mistyped: 'Der Überhang ist keine brauchbare Zahl. Korrigieren Sie ihn zuerst.',
  },

  codec: {
    label: 'Codec',
    words: {
      prores: 'Zum Weiterschneiden: ohne sichtbaren Verlust. Groß.',
      h264: 'Zum Ausliefern: klein, läuft überall.',
      hevc: 'Zum Ausliefern: kleiner als H.264, langsamer zu decodieren.',
      av1: 'Fürs Web: am kleinsten, langsam zu codieren.',
      vp9: 'Fürs Web: klein.',
      png: 'Einzelbilder ganz ohne Verlust. Sehr groß.',
      tiff: 'Einzelbilder mit 16 Bit ganz ohne Verlust. Am größten.',
    },
    frames: (name) => `${name}-Einzelbilder`,
    bits: (bits) => `${String(bits)} Bit pro Kanal.`,
    looking: 'Encoder werden gesucht…',
    none: 'In dieser Größe kann hier nichts codiert werden. Wählen Sie ein kleineres Ziel.',
    other: (wanted, used) => `${wanted} kann hier in dieser Größe nicht codiert werden, deshalb ${used}.`,
  },

  output: {
    label: 'Ausgabe',
    folder: 'Ordner',
    unset: 'Noch kein Ordner: Wählen Sie einen, oder speichern Sie das Projekt.',
    choose: 'Wählen…',
    name: 'Dateiname',
    unfit: 'So kann keine Datei heißen. Verwenden Sie Buchstaben, Ziffern, Leerzeichen und Bindestriche.',
    unfitFirst: 'Korrigieren Sie zuerst den Dateinamen.',
    ownName: 'Loupe benennen lassen',
  },

  needs: {
    disk: (bytes) => `Braucht etwa ${numbers.bytes(bytes)} Speicherplatz.`,
    time: (frames) =>
      `Die Zeiten gelten für ${frames === 1 ? '1 Frame' : `${numbers.whole(frames)} Frames`}, hochgerechnet von einem hier gemessenen.`,
    tooMuch: (memory, most) =>
      `Das braucht etwa ${numbers.bytes(memory)} Arbeitsspeicher, mehr als die ${numbers.bytes(most)}, die Loupe hier haben kann. Wählen Sie ein kleineres Ziel.`,
  },

  preview: {
    frame: 'Frame der Vorschau',
    at: (timecode) => `Frame bei ${timecode}`,
    unreadable: 'Keine Vorschau: Dieser Frame kann gerade nicht gelesen werden.',
  },

  remaster: 'Clip remastern',
  pause: 'Anhalten',
  resume: 'Weiter',

  run: {
    phases: {
      preparing: 'Wird vorbereitet',
      remastering: 'Wird remastert',
      finishing: 'Datei wird abgeschlossen',
      placing: 'Wird in die Timeline gelegt',
    },
    paused: 'Angehalten',
    picture: 'Der neueste Frame',
    frames: (done, frames) => `${numbers.whole(done)} von ${numbers.whole(frames)} Frames`,
    perSecond: (rate) =>
      rate >= 1
        ? `${numbers.rounded(rate, 1)} Frames pro Sekunde`
        : `${numbers.rounded(1 / Math.max(rate, 1e-4), 1)} Sekunden pro Frame`,
    bound: (name) =>
      `„${name}“ wird remastert. Sie können weiterschneiden; lassen Sie bitte diesen Clip, wo er ist.`,
    closing: 'Wenn Sie das Bedienfeld schließen, können Sie später dort weitermachen.',
  },

  done: {
    placed: (name, track) => `„${name}“ liegt auf ${track} über dem Original.`,
    hidden: 'Das Original ist ausgeschaltet, weil es wegen seiner Deckkraft durchscheinen würde.',
    facts: (size, frames, ms) => [
      `${numbers.size(size)}\u00a0px`,
      frames === 1 ? '1 Frame' : `${numbers.whole(frames)} Frames`,
      times.exactly(ms),
    ],
    where: 'Das Rendering liegt unter',
    undo: 'Remaster zurücknehmen',
    undoWords: 'Nimmt das Rendering aus der Timeline; die Datei bleibt.',
    another: 'Weiteren Clip remastern',
  },

  left: {
    heading: 'Noch nicht in der Timeline',
    place: 'In die Timeline legen',
    placing: 'Wird in die Timeline gelegt…',
  },

  unfinished: {
    heading: 'Ein unfertiges Remaster',
    words: (name, done, frames) =>
      `„${name}“ wurde nicht fertig: ${numbers.whole(done)} von ${numbers.whole(frames)} Frames sind gemacht.`,
    lies: 'Es wird liegen in',
  },

  failed: {
    kept: (frames) =>
      frames === 1
        ? '1 Frame ist gemacht und bleibt. „Fortsetzen“ macht den Rest.'
        : `${numbers.whole(frames)} Frames sind gemacht und bleiben. „Fortsetzen“ macht den Rest.`,
    nothing: 'Davon bleibt nichts zurück; das Projekt ist, wie es war.',
  },

  undoName: (name) => `„${name}“ remastern`,
  undo: 'Remaster zurücknehmen',
});
