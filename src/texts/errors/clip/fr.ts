import type { Messages, Reasons } from '../../../errors.ts';

/** By what an unfinished render is not the one that would be made now. */
const RENDER_OTHER: Readonly<Record<string, string>> = {
  media: 'Le rendu inachevé provient d’une autre version du fichier. Recommencez.',
  model: 'Le rendu inachevé a été fait avec une autre version du modèle. Recommencez.',
  encoder: 'Le rendu inachevé a été encodé par une autre version de l’encodeur. Recommencez.',
  note: 'Le rendu inachevé a été commencé par une autre version de Loupe. Recommencez.',
};

/** Of clips and of what is made of them. */
export const frenchClipErrors = {
  'no-project': () => 'Aucun projet n’est ouvert. Ouvrez-en un, puis sélectionnez un plan dans le montage.',
  'no-sequence': () =>
    'Aucune séquence n’est ouverte. Ouvrez-en une, puis sélectionnez un plan de son montage.',
  'no-clip': () => 'Aucun plan vidéo n’est sélectionné. Sélectionnez-en un dans le montage.',
  'several-clips': (count) => `${count} plans vidéo sont sélectionnés. N’en sélectionnez qu’un.`,
  'clip-offline': (path) =>
    `Le média de ce plan est hors ligne\u202f: ${path} est introuvable. Reliez-le (Élément › Relier le média), puis réessayez.`,
  'clip-nested': (name) =>
    `«\u202f${name}\u202f» est une séquence imbriquée. Ouvrez-la et remasterisez les plans qu’elle contient.`,
  'clip-multicam': (name) =>
    `«\u202f${name}\u202f» est un plan multicaméra. Aplatissez-le (Élément › Multicaméra › Aplatir), puis remasterisez le plan qui reste.`,
  'clip-merged': (name) =>
    `«\u202f${name}\u202f» est un élément fusionné. Remasterisez le fichier vidéo dont il provient.`,
  'clip-adjustment': (name) => `«\u202f${name}\u202f» est un calque d’effets et n’a pas d’image propre.`,
  'clip-graphic': (name) =>
    `«\u202f${name}\u202f» est créé par Premiere et n’a pas de fichier\u202f: il n’y a rien à agrandir.`,
  'clip-still': (name) =>
    `«\u202f${name}\u202f» est une image fixe. Améliorez-la avec Loupe dans Photoshop, puis remplacez le métrage.`,
  'clip-speed': (percent) =>
    `Ce plan est lu à une vitesse de ${percent}\u202f%. Imbriquez-le ou réglez sa vitesse sur 100\u202f% (Élément › Vitesse/Durée), remasterisez-le, puis réglez la vitesse du résultat.`,
  'clip-reversed': () =>
    'Ce plan est lu à l’envers. Désactivez cette option (Élément › Vitesse/Durée), remasterisez-le, puis inversez le résultat.',
  'clip-empty-range': () =>
    'Il n’y a aucune image entre les points d’entrée et de sortie de ce plan. Allongez-le dans le montage.',
  'clip-not-media': (path) =>
    `${path} n’est pas un fichier vidéo que Loupe peut lire. Loupe lit les formats MP4, QuickTime, Matroska, WebM et MPEG-TS.`,
  'clip-no-video': (path) => `${path} ne contient pas de vidéo.`,
  'clip-truncated': (path) =>
    `${path} est endommagé ou incomplet. Copiez-le de nouveau depuis la caméra ou l’archive.`,
  'codec-undecodable': (codec) =>
    `La vidéo est en ${codec}, qui ne peut pas être décodé ici. Transcodez-la en H.264 ou en ProRes (Fichier › Exporter › Média), puis réessayez.`,
  'codec-unencodable': (codec) =>
    `${codec} ne peut pas être encodé ici à cette taille. Choisissez un autre codec.`,

  'folder-missing': (folder) => `Le dossier ${folder} n’existe pas. Choisissez un autre dossier de sortie.`,
  'folder-readonly': (folder) => `Impossible d’écrire dans ${folder}. Choisissez un autre dossier de sortie.`,
  'folder-unset': () =>
    'Il n’y a pas encore de dossier de sortie. Choisissez-en un ou enregistrez d’abord le projet.',
  'render-exists': (name) => `${name} existe déjà. Donnez un autre nom au rendu.`,
  'render-gone': (name) => `Le rendu inachevé ${name} n’est plus là. Recommencez.`,
  'render-other': (what) => RENDER_OTHER[what] ?? 'Le rendu inachevé en est un autre. Recommencez.',
  'render-disk-full': () =>
    'Le disque est plein\u202f: le rendu n’a pas pu être écrit. Libérez d’abord de l’espace.',
  'render-backend-failed': (why) => `Le modèle n’a pas pu être exécuté sur cet ordinateur\u202f: ${why}.`,
  'video-failed': (why) => `La vidéo n’a pas pu être traitée ici\u202f: ${why}.`,
  'gpu-lost': (frames) =>
    `Le GPU a été perdu. Images conservées\u202f: ${frames}. Continuez quand il sera revenu.`,
  'import-failed': (path) =>
    `Premiere n’a pas importé le rendu. Il est terminé et se trouve ici\u202f: ${path}.`,
  'transaction-refused': (what) =>
    `Premiere a refusé cette opération\u202f: ${what}. Rien d’autre n’a été modifié\u202f; le rendu est dans le chutier «\u202fRemastered\u202f».`,
  'clip-moved': () =>
    'Le plan a été déplacé ou raccordé entre-temps\u202f; le rendu n’a donc pas été posé dessus. Il est dans le chutier «\u202fRemastered\u202f».',
  'clip-gone': () =>
    'Le plan a été supprimé entre-temps\u202f; le rendu n’a donc pas été posé dessus. Il est dans le chutier «\u202fRemastered\u202f».',
  'sequence-gone': () =>
    'La séquence du plan a été supprimée entre-temps. Le rendu est dans le chutier «\u202fRemastered\u202f».',
  'sequence-closed': (name) =>
    `Une autre séquence est ouverte à présent\u202f; le rendu n’a donc pas été posé sur son plan. Il est dans le chutier «\u202fRemastered\u202f»\u202f: ouvrez «\u202f${name}\u202f» et placez-le.`,
  'project-closed': (path) => `Le projet a été fermé entre-temps. Le rendu se trouve ici\u202f: ${path}.`,
} satisfies Partial<Messages>;

/** What Premiere refused. */
export const frenchClipReasons = {
  'make-bin': (name) => `créer le chutier «\u202f${name}\u202f»`,
  'set-rate': () => 'régler la cadence du rendu',
  'mark-render': () => 'poser les points d’entrée et de sortie du rendu',
  'lay-render': () => 'poser le rendu sur le plan',
  'adjust-render': () => 'donner au rendu la taille et la place du plan',
  'remove-render': () => 'retirer le rendu du montage',
} satisfies Partial<Reasons>;
