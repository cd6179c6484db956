import type { Messages, Reasons } from '../../../errors.ts';

/** By what an unfinished render is not the one that would be made now. */
const RENDER_OTHER: Readonly<Record<string, string>> = {
  media: 'Das unfertige Rendering entstand aus einer anderen Fassung der Datei. Beginnen Sie von vorn.',
  model: 'Das unfertige Rendering entstand mit einer anderen Fassung des Modells. Beginnen Sie von vorn.',
  encoder:
    'Das unfertige Rendering wurde mit einer anderen Fassung des Encoders codiert. Beginnen Sie von vorn.',
  note: 'Das unfertige Rendering wurde mit einer anderen Version von Loupe begonnen. Beginnen Sie von vorn.',
};

/** Of clips and of what is made of them. */
export const germanClipErrors = {
  'no-project': () =>
    'Es ist kein Projekt geöffnet. Öffnen Sie eines und wählen Sie einen Clip in der Timeline aus.',
  'no-sequence': () =>
    'Es ist keine Sequenz geöffnet. Öffnen Sie eine und wählen Sie einen Clip in ihrer Timeline aus.',
  'no-clip': () => 'Es ist kein Videoclip ausgewählt. Wählen Sie einen in der Timeline aus.',
  'several-clips': (count) => `${count} Videoclips sind ausgewählt. Wählen Sie einen aus.`,
  'clip-offline': (path) =>
    `Die Medien dieses Clips sind offline: ${path} ist nicht da. Verknüpfen Sie sie neu (Clip › Medien verknüpfen) und versuchen Sie es erneut.`,
  'clip-nested': (name) =>
    `„${name}“ ist eine verschachtelte Sequenz. Öffnen Sie sie und remastern Sie die Clips darin.`,
  'clip-multicam': (name) =>
    `„${name}“ ist ein Multikamera-Clip. Reduzieren Sie ihn (Clip › Multikamera › Reduzieren) und remastern Sie den Clip, der übrig bleibt.`,
  'clip-merged': (name) =>
    `„${name}“ ist ein zusammengefügter Clip. Remastern Sie die Videodatei, aus der er entstanden ist.`,
  'clip-adjustment': (name) => `„${name}“ ist eine Einstellungsebene und hat kein eigenes Bild.`,
  'clip-graphic': (name) =>
    `„${name}“ wird von Premiere erzeugt und hat keine Datei; es gibt also nichts zu vergrößern.`,
  'clip-still': (name) =>
    `„${name}“ ist ein Standbild. Verbessern Sie es mit Loupe in Photoshop und ersetzen Sie dann das Filmmaterial.`,
  'clip-speed': (percent) =>
    `Dieser Clip läuft mit ${percent}\u202f% Geschwindigkeit. Verschachteln Sie ihn, oder stellen Sie ihn auf 100\u202f% (Clip › Geschwindigkeit/Dauer), remastern Sie ihn und stellen Sie die Geschwindigkeit beim Ergebnis ein.`,
  'clip-reversed': () =>
    'Dieser Clip läuft rückwärts. Schalten Sie das aus (Clip › Geschwindigkeit/Dauer), remastern Sie ihn und kehren Sie dann das Ergebnis um.',
  'clip-empty-range': () =>
    'Zwischen In- und Out-Point dieses Clips liegt kein Frame. Machen Sie ihn in der Timeline länger.',
  'clip-not-media': (path) =>
    `${path} ist keine Videodatei, die Loupe lesen kann. Loupe liest MP4, QuickTime, Matroska, WebM und MPEG-TS.`,
  'clip-no-video': (path) => `${path} enthält kein Video.`,
  'clip-truncated': (path) =>
    `${path} ist beschädigt oder unvollständig. Kopieren Sie die Datei noch einmal von der Kamera oder aus dem Archiv.`,
  'codec-undecodable': (codec) =>
    `Das Video ist in ${codec} codiert, was hier nicht decodiert werden kann. Wandeln Sie es in H.264 oder ProRes um (Datei › Exportieren › Medien) und versuchen Sie es erneut.`,
  'codec-unencodable': (codec) =>
    `${codec} kann hier in dieser Größe nicht codiert werden. Wählen Sie einen anderen Codec.`,

  'folder-missing': (folder) => `Den Ordner ${folder} gibt es nicht. Wählen Sie einen anderen Ausgabeordner.`,
  'folder-readonly': (folder) =>
    `In ${folder} kann nichts geschrieben werden. Wählen Sie einen anderen Ausgabeordner.`,
  'folder-unset': () =>
    'Es gibt noch keinen Ausgabeordner. Wählen Sie einen, oder speichern Sie zuerst das Projekt.',
  'render-exists': (name) => `${name} ist schon vorhanden. Geben Sie dem Rendering einen anderen Namen.`,
  'render-gone': (name) => `Das unfertige Rendering ${name} ist nicht mehr da. Beginnen Sie von vorn.`,
  'render-other': (what) =>
    RENDER_OTHER[what] ?? 'Das unfertige Rendering ist ein anderes. Beginnen Sie von vorn.',
  'render-disk-full': () =>
    'Das Laufwerk ist voll, das Rendering konnte nicht geschrieben werden. Geben Sie zuerst Speicherplatz frei.',
  'render-backend-failed': (why) => `Das Modell konnte auf diesem Computer nicht ausgeführt werden: ${why}.`,
  'video-failed': (why) => `Das Video konnte hier nicht verarbeitet werden: ${why}.`,
  'gpu-lost': (frames) =>
    `Die GPU ist ausgefallen. Behaltene Frames: ${frames}. Machen Sie weiter, wenn sie wieder da ist.`,
  'import-failed': (path) =>
    `Premiere hat das Rendering nicht importiert. Es ist fertig und liegt unter ${path}.`,
  'transaction-refused': (what) =>
    `Premiere hat Folgendes abgelehnt: ${what}. Weiter wurde nichts geändert; das Rendering liegt in der Ablage „Remastered“.`,
  'clip-moved': () =>
    'Der Clip wurde inzwischen verschoben oder getrimmt; das Rendering wurde deshalb nicht darübergelegt. Es liegt in der Ablage „Remastered“.',
  'clip-gone': () =>
    'Der Clip wurde inzwischen gelöscht; das Rendering wurde deshalb nicht darübergelegt. Es liegt in der Ablage „Remastered“.',
  'sequence-gone': () =>
    'Die Sequenz des Clips wurde inzwischen gelöscht. Das Rendering liegt in der Ablage „Remastered“.',
  'sequence-closed': (name) =>
    `Inzwischen ist eine andere Sequenz geöffnet; das Rendering wurde deshalb nicht über den Clip gelegt. Es liegt in der Ablage „Remastered“: Öffnen Sie „${name}“ und platzieren Sie es.`,
  'project-closed': (path) => `Das Projekt wurde inzwischen geschlossen. Das Rendering liegt unter ${path}.`,
} satisfies Partial<Messages>;

/** What Premiere refused. */
export const germanClipReasons = {
  'make-bin': (name) => `Ablage „${name}“ anlegen`,
  'set-rate': () => 'Framerate des Renderings einstellen',
  'mark-render': () => 'In- und Out-Point des Renderings setzen',
  'lay-render': () => 'Rendering über den Clip legen',
  'adjust-render': () => 'Rendering an Größe und Lage des Clips anpassen',
  'remove-render': () => 'Rendering aus der Timeline nehmen',
} satisfies Partial<Reasons>;
