import { spoken, type Messages, type Reasons } from '../../errors.ts';
import { germanClipErrors, germanClipReasons } from './clip/de.ts';

/** Photoshop’s German names of the color modes. */
const MODES: Readonly<Record<string, string>> = {
  'Indexed Color': 'Indizierte Farbe',
  Duotone: 'Duplex',
  Multichannel: 'Mehrkanal',
};

export function germanErrors(localised: (english: string) => string): Messages {
  const messages: Messages = {
    ...germanClipErrors,
    'no-document': () => 'Es ist kein Dokument geöffnet. Öffnen Sie eines und wählen Sie eine Ebene aus.',
    'no-layer': () => 'Es ist keine Ebene ausgewählt. Wählen Sie eine Pixelebene aus.',
    'group-layer': (name) => `„${name}“ ist eine Gruppe. Wählen Sie eine Ebene darin aus.`,
    'adjustment-layer': (name) =>
      `„${name}“ ist eine Einstellungsebene und hat keine eigenen Pixel. Wählen Sie eine Pixelebene aus.`,
    'artboard-layer': (name) => `„${name}“ ist eine Zeichenfläche. Wählen Sie eine Ebene darauf aus.`,
    'frame-layer': (name) => `„${name}“ ist ein Rahmen. Wählen Sie das Bild darin aus.`,
    'fill-layer': (name) =>
      `„${name}“ ist eine Füllebene und hat keine eigenen Pixel. Wählen Sie eine Pixelebene aus.`,
    'shape-layer': (name) =>
      `„${name}“ ist eine Formebene: Vektoren lassen sich ohne Verlust vergrößern. Wenn Sie die Pixel brauchen, rastern Sie eine Kopie (Ebene › Rastern).`,
    'video-layer': (name) =>
      `„${name}“ ist eine Videoebene. Rastern Sie eine Kopie (Ebene › Rastern) und verbessern Sie dieses Einzelbild.`,
    'three-d-layer': (name) =>
      `„${name}“ ist eine 3D-Ebene. Rastern Sie eine Kopie (Ebene › Rastern) und verbessern Sie diese.`,
    'empty-layer': (name) => `„${name}“ enthält keine Pixel. Wählen Sie eine Ebene aus, auf der etwas ist.`,
    'locked-layer': (name) =>
      `„${name}“ ist fixiert. Heben Sie die Fixierung im Ebenenbedienfeld auf und versuchen Sie es erneut.`,
    'hidden-layer': (name) =>
      `„${name}“ ist ausgeblendet. Blenden Sie die Ebene im Ebenenbedienfeld ein und versuchen Sie es erneut.`,
    'mode-unsupported': (mode) =>
      `Dieses Dokument hat den Modus „${MODES[mode] ?? mode}“, den Loupe nicht verbessern kann. Wandeln Sie eine Kopie in RGB-Farbe oder Graustufen um (Bild › Modus).`,
    'profile-missing': (name) =>
      `Das Farbprofil des Dokuments, „${name}“, ist nicht installiert; Photoshop kann daher kein weiteres Dokument damit anlegen. Es wurde nichts geändert. Installieren Sie das Profil oder lassen Sie das Ergebnis als neue Ebene anlegen.`,
    'depth-unsupported': (depth) =>
      `Dieses Dokument hat ${depth} Bit pro Kanal, was Loupe nicht verbessern kann. Wandeln Sie eine Kopie in 8 oder 16 Bit um (Bild › Modus).`,
    'too-large-for-photoshop': (size) =>
      `Das Ergebnis hätte ${localised(size)} Pixel; Photoshop fasst höchstens 300.000 pro Seite. Wählen Sie eine kleinere Größe.`,
    'too-large-for-psd': (size) =>
      `Das Ergebnis hätte ${localised(size)} Pixel; eine PSD-Datei fasst höchstens 30.000 pro Seite. Wählen Sie eine kleinere Größe oder speichern Sie das Dokument zuerst als PSB.`,

    'size-smaller': () =>
      'Das Ergebnis wäre kleiner als die Ebene. Wählen Sie eine größere Größe; zum Verkleinern verwenden Sie Bild › Bildgröße.',
    'size-beyond': (most) =>
      `Das ist mehr als das ${most}-Fache der Ebenengröße. Wählen Sie eine kleinere Größe.`,

    'selection-missing': () =>
      'Es ist nichts ausgewählt. Wählen Sie einen Teil der Ebene aus oder verbessern Sie die ganze Ebene.',
    'selection-outside': (name) =>
      `Die Auswahl berührt „${name}“ nicht. Wählen Sie einen Teil der Ebene aus oder verbessern Sie die ganze Ebene.`,
    'mask-missing': (name) =>
      `„${name}“ hat keine Ebenenmaske. Fügen Sie eine hinzu oder verbessern Sie die ganze Ebene.`,
    'mask-disabled': (name) =>
      `Die Ebenenmaske von „${name}“ ist deaktiviert. Klicken Sie sie im Ebenenbedienfeld mit gedrückter Umschalttaste an oder verbessern Sie die ganze Ebene.`,
    'mask-feathered': (name) =>
      `Die Ebenenmaske von „${name}“ hat eine weiche Kante. Setzen Sie sie in den Eigenschaften der Maske auf 0 oder verbessern Sie die ganze Ebene.`,
    'mask-empty': (name) =>
      `Die Ebenenmaske von „${name}“ blendet alles aus. Blenden Sie einen Teil ein oder verbessern Sie die ganze Ebene.`,

    'host-busy': () =>
      'Photoshop ist mit einem anderen Befehl oder Dialogfeld beschäftigt. Schließen Sie ihn ab und versuchen Sie es erneut.',
    'run-under-way': () =>
      'Loupe verbessert bereits. Warten Sie, bis es fertig ist, oder brechen Sie im Bedienfeld ab.',
    'run-not-started': () => 'Loupe hat nicht mit dem Verbessern begonnen. Das Bedienfeld sagt, warum.',
    'panel-unavailable': (why) =>
      `Photoshop hat das Loupe-Bedienfeld nicht angezeigt${why ? ` (${why})` : ''}. Öffnen Sie es über Plug-ins › Loupe und versuchen Sie es erneut.`,
    'layer-changed': (name) =>
      `„${name}“ wurde geändert, während Loupe arbeitete; deshalb wurde nichts geschrieben. Verbessern Sie die Ebene noch einmal.`,
    'layer-gone': (name) =>
      `„${name}“ wurde gelöscht, während Loupe arbeitete; deshalb wurde nichts geschrieben.`,
    'document-changed': () =>
      'Größe, Modus oder Profil des Dokuments wurden geändert, während Loupe arbeitete; deshalb wurde nichts geschrieben. Starten Sie die Verbesserung noch einmal.',
    'document-closed': () =>
      'Das Dokument wurde geschlossen, während Loupe arbeitete; deshalb wurde nichts geschrieben.',
    'disk-full': (needed) =>
      needed
        ? `Auf dem Laufwerk ist nicht genug Platz: Benötigt werden ${localised(needed)}. Geben Sie Speicherplatz frei und versuchen Sie es erneut. Es wurde nichts geändert.`
        : 'Das Laufwerk ist voll, das Ergebnis konnte nicht gespeichert werden. Geben Sie Speicherplatz frei und versuchen Sie es erneut. Es wurde nichts geändert.',
    cancelled: () => 'Abgebrochen. Es wurde nichts geändert.',

    'model-missing': (file) => `Die Modelldatei ${file} fehlt. Installieren Sie Loupe neu.`,
    'model-damaged': (file) =>
      `Die Modelldatei ${file} ist beschädigt oder nicht die von Loupe mitgelieferte. Installieren Sie Loupe neu.`,
    'model-unfit': (why) => `Dieses Modell kann nicht verwendet werden: ${why}.`,
    'backend-unavailable': (why) =>
      `Auf diesem Computer kann das Modell auf diese Weise nicht ausgeführt werden: ${why}.`,
    'backend-failed': (why) =>
      `Das Modell konnte auf diesem Computer nicht ausgeführt werden: ${why}. Es wurde nichts geändert.`,

    'file-missing': (path) => `${path}: Diese Datei gibt es nicht.`,
    'file-empty': (path) => `${path}: Die Datei ist leer.`,
    'file-not-image': (path) => `${path}: kein Bild im Format PNG, JPEG, WebP oder TIFF.`,
    'file-damaged': (path) => `${path}: Das Bild ist beschädigt oder unvollständig.`,
    'file-unreadable': (path) => `${path} kann nicht gelesen werden. Prüfen Sie die Zugriffsrechte.`,
    'file-unsupported': (what) => what,
    'file-too-large': (what) => what,
    'output-exists': (path) => `${path} ist schon vorhanden. Mit --overwrite wird die Datei ersetzt.`,
    'output-taken': (what) => `${what}. Geben Sie verschiedene Ordner an.`,
    'output-is-input': (path) =>
      `${path} gehört zu den zu verbessernden Bildern und wird nie überschrieben. Wählen Sie ein anderes Ziel.`,
    'output-unwritable': (path) =>
      `${path} kann nicht geschrieben werden. Prüfen Sie den Ordner und seine Zugriffsrechte.`,
    'output-format': (path) => `${path}: Loupe schreibt .png, .jpg, .webp und .tif.`,

    'protocol-mismatch': (versions) =>
      `Bedienfeld und Zusatzmodul haben verschiedene Versionen (${versions}). Laden Sie das Zusatzmodul neu oder starten Sie das Programm neu.`,
    'bad-message': (what) =>
      `Bedienfeld und Zusatzmodul sind sich über eine Nachricht nicht einig (${what}). Laden Sie das Zusatzmodul neu.`,
    'host-failed': (why) => `Die Anwendung hat ein Problem gemeldet: ${why}. Es wurde nichts geändert.`,
  };
  return spoken(messages, reasons(localised));
}

const reasons = (localised: (english: string) => string): Reasons => ({
  ...germanClipReasons,
  'not-onnx': () => 'Es ist kein ladbares ONNX-Modell',
  'many-inputs': (count) => `Es nimmt ${count} Eingaben statt eines Bildes`,
  'many-results': (count) => `Es liefert ${count} Ergebnisse statt eines Bildes`,
  'no-picture': () => 'Es macht nicht aus einem Bild ein anderes',
  'not-float': (type) => `Es rechnet Bilder in ${type} statt in float32`,
  'other-input': (shape) => `Es nimmt ${shape} statt 1 × 3 × Höhe × Breite`,
  'fixed-size': (size) => `Es nimmt nur Bilder mit ${size} Pixeln`,
  'cannot-enlarge': (size) => `Es kann ein Bild mit ${size} Pixeln nicht vergrößern`,
  'other-result': (shape, size) => `Es liefert ${shape} für ein Bild mit ${size} Pixeln`,
  'same-size': () => 'Es lässt Bilder so groß, wie sie sind',
  'other-scale': (scale, most) => `Es vergrößert Bilder ${localised(scale)}-fach, nicht 2- bis ${most}-fach`,
  'file-gone': (name) => `${name} ist nicht mehr im Ordner`,
  'file-changed': (name) => `${name} wurde geändert, während es gelesen wurde`,
  'file-replaced': (name) => `${name} wurde geändert, nachdem Loupe es ausprobiert hatte`,
  'file-large': (name, megabytes) => `${name} ist größer als ${megabytes} MB`,
  'no-webgpu': () => 'WebGPU ist hier nicht verfügbar',
  'no-gpu': () => 'Es wurde keine GPU gefunden',
  'software-gpu': () => 'Die einzige gefundene GPU wird vom Prozessor emuliert',
  'gpu-not-opened': () => 'Die GPU konnte nicht geöffnet werden',
  'gpu-lost': (why) => `Die GPU ist ausgefallen (${why})`,
  'gpu-reported': (why) => `Die GPU meldet: ${why}`,
  'not-started': (backend, why) => `${backend} konnte nicht gestartet werden: ${why}`,
  'gave-up': (backend, why) => `${backend} ist ausgefallen: ${why}`,
});
