import { spoken, type Messages, type Reasons } from '../../errors.ts';
import { frenchClipErrors, frenchClipReasons } from './clip/fr.ts';

/** Photoshop’s French names of the color modes. */
const MODES: Readonly<Record<string, string>> = {
  'Indexed Color': 'Couleurs indexées',
  Duotone: 'Bichromie',
  Multichannel: 'Multicouche',
};

export function frenchErrors(localised: (english: string) => string): Messages {
  const messages: Messages = {
    ...frenchClipErrors,
    'no-document': () => 'Aucun document n’est ouvert. Ouvrez-en un, puis sélectionnez un calque.',
    'no-layer': () => 'Aucun calque n’est sélectionné. Sélectionnez un calque de pixels.',
    'group-layer': (name) => `«\u202f${name}\u202f» est un groupe. Sélectionnez un calque de ce groupe.`,
    'adjustment-layer': (name) =>
      `«\u202f${name}\u202f» est un calque de réglage, sans pixels propres. Sélectionnez un calque de pixels.`,
    'artboard-layer': (name) =>
      `«\u202f${name}\u202f» est un plan de travail. Sélectionnez un calque qui s’y trouve.`,
    'frame-layer': (name) => `«\u202f${name}\u202f» est un cadre. Sélectionnez l’image qu’il contient.`,
    'fill-layer': (name) =>
      `«\u202f${name}\u202f» est un calque de remplissage, sans pixels propres. Sélectionnez un calque de pixels.`,
    'shape-layer': (name) =>
      `«\u202f${name}\u202f» est un calque de forme\u202f: les vecteurs s’agrandissent sans perte. Si vous voulez ses pixels, pixellisez-en une copie (Calque › Pixelliser).`,
    'video-layer': (name) =>
      `«\u202f${name}\u202f» est un calque vidéo. Pixellisez-en une copie (Calque › Pixelliser), puis améliorez cette image.`,
    'three-d-layer': (name) =>
      `«\u202f${name}\u202f» est un calque 3D. Pixellisez-en une copie (Calque › Pixelliser), puis améliorez celle-ci.`,
    'empty-layer': (name) =>
      `«\u202f${name}\u202f» ne contient aucun pixel. Sélectionnez un calque qui n’est pas vide.`,
    'locked-layer': (name) =>
      `«\u202f${name}\u202f» est verrouillé. Déverrouillez-le dans le panneau Calques, puis réessayez.`,
    'hidden-layer': (name) =>
      `«\u202f${name}\u202f» est masqué. Affichez-le dans le panneau Calques, puis réessayez.`,
    'mode-unsupported': (mode) =>
      `Ce document est en mode «\u202f${MODES[mode] ?? mode}\u202f», que Loupe ne peut pas améliorer. Convertissez une copie en Couleurs RVB ou en Niveaux de gris (Image › Mode).`,
    'profile-missing': (name) =>
      `Le profil colorimétrique du document, «\u202f${name}\u202f», n’est pas installé\u202f; Photoshop ne peut donc pas créer d’autre document avec ce profil. Rien n’a été modifié. Installez le profil ou placez le résultat dans un nouveau calque.`,
    'depth-unsupported': (depth) =>
      `Ce document compte ${depth} bits par couche, ce que Loupe ne peut pas améliorer. Convertissez une copie en 8 ou 16 bits (Image › Mode).`,
    'too-large-for-photoshop': (size) =>
      `Le résultat ferait ${localised(size)} pixels\u202f; Photoshop en accepte 300\u202f000 par côté au plus. Choisissez une taille plus petite.`,
    'too-large-for-psd': (size) =>
      `Le résultat ferait ${localised(size)} pixels\u202f; un fichier PSD en accepte 30\u202f000 par côté au plus. Choisissez une taille plus petite ou enregistrez d’abord le document au format PSB.`,

    'size-smaller': () =>
      'Le résultat serait plus petit que le calque. Choisissez une taille plus grande\u202f; pour réduire le calque, utilisez Image › Taille de l’image.',
    'size-beyond': (most) =>
      `C’est plus de ${most} fois la taille du calque. Choisissez une taille plus petite.`,

    'selection-missing': () =>
      'Rien n’est sélectionné. Sélectionnez une partie du calque ou améliorez le calque entier.',
    'selection-outside': (name) =>
      `La sélection ne touche pas «\u202f${name}\u202f». Sélectionnez une partie du calque ou améliorez le calque entier.`,
    'mask-missing': (name) =>
      `«\u202f${name}\u202f» n’a pas de masque de fusion. Ajoutez-en un ou améliorez le calque entier.`,
    'mask-disabled': (name) =>
      `Le masque de fusion de «\u202f${name}\u202f» est désactivé. Cliquez dessus avec la touche Maj dans le panneau Calques ou améliorez le calque entier.`,
    'mask-feathered': (name) =>
      `Le masque de fusion de «\u202f${name}\u202f» a un contour progressif. Mettez-le à 0 dans les propriétés du masque ou améliorez le calque entier.`,
    'mask-empty': (name) =>
      `Le masque de fusion de «\u202f${name}\u202f» masque tout le calque. Faites-en apparaître une partie ou améliorez le calque entier.`,

    'host-busy': () =>
      'Photoshop est occupé par une autre commande ou boîte de dialogue. Terminez-la, puis réessayez.',
    'run-under-way': () =>
      'Une amélioration est déjà en cours. Attendez qu’elle soit terminée ou annulez-la dans le panneau.',
    'run-not-started': () => 'Loupe n’a pas commencé l’amélioration. Le panneau indique pourquoi.',
    'panel-unavailable': (why) =>
      `Photoshop n’a pas affiché le panneau Loupe${why ? ` (${why})` : ''}. Ouvrez-le avec Modules externes › Loupe, puis réessayez.`,
    'layer-changed': (name) =>
      `«\u202f${name}\u202f» a été modifié pendant que Loupe travaillait\u202f; rien n’a donc été écrit. Relancez l’amélioration.`,
    'layer-gone': (name) =>
      `«\u202f${name}\u202f» a été supprimé pendant que Loupe travaillait\u202f; rien n’a donc été écrit.`,
    'document-changed': () =>
      'La taille, le mode ou le profil du document a été modifié pendant que Loupe travaillait\u202f; rien n’a donc été écrit. Relancez l’amélioration.',
    'document-closed': () =>
      'Le document a été fermé pendant que Loupe travaillait\u202f; rien n’a donc été écrit.',
    'disk-full': (needed) =>
      needed
        ? `L’espace disque est insuffisant\u202f: il faut ${units(localised(needed))}. Libérez de l’espace, puis réessayez. Rien n’a été modifié.`
        : 'Le disque est plein\u202f; le résultat n’a pas pu être enregistré. Libérez de l’espace, puis réessayez. Rien n’a été modifié.',
    cancelled: () => 'Opération annulée. Rien n’a été modifié.',

    'model-missing': (file) => `Le fichier de modèle ${file} est introuvable. Réinstallez Loupe.`,
    'model-damaged': (file) =>
      `Le fichier de modèle ${file} est endommagé ou n’est pas celui de Loupe. Réinstallez Loupe.`,
    'model-unfit': (why) => `Ce modèle est inutilisable\u202f: ${why}.`,
    'backend-unavailable': (why) =>
      `Cet ordinateur ne peut pas exécuter le modèle de cette façon\u202f: ${why}.`,
    'backend-failed': (why) =>
      `Le modèle n’a pas pu être exécuté sur cet ordinateur\u202f: ${why}. Rien n’a été modifié.`,

    'file-missing': (path) => `${path}\u202f: ce fichier n’existe pas.`,
    'file-empty': (path) => `${path}\u202f: le fichier est vide.`,
    'file-not-image': (path) => `${path}\u202f: ce n’est pas une image PNG, JPEG, WebP ou TIFF.`,
    'file-damaged': (path) => `${path}\u202f: l’image est endommagée ou incomplète.`,
    'file-unreadable': (path) => `Impossible de lire ${path}. Vérifiez les autorisations.`,
    'file-unsupported': (what) => what,
    'file-too-large': (what) => what,
    'output-exists': (path) => `${path} existe déjà. Utilisez --overwrite pour le remplacer.`,
    'output-taken': (what) => `${what}. Indiquez deux dossiers différents.`,
    'output-is-input': (path) =>
      `${path} fait partie des images à améliorer et n’est jamais remplacé. Choisissez une autre destination.`,
    'output-unwritable': (path) => `Impossible d’écrire ${path}. Vérifiez le dossier et ses autorisations.`,
    'output-format': (path) => `${path}\u202f: Loupe écrit des fichiers .png, .jpg, .webp et .tif.`,

    'protocol-mismatch': (versions) =>
      `Le panneau et le module externe n’ont pas la même version (${versions}). Rechargez le module ou redémarrez l’application.`,
    'bad-message': (what) =>
      `Le panneau et le module externe ne s’entendent pas sur un message (${what}). Rechargez le module.`,
    'host-failed': (why) => `L’application a signalé un problème\u202f: ${why}. Rien n’a été modifié.`,
  };
  return spoken(messages, reasons(localised));
}

/** “8,4 Go”: the French byte is an “octet”. */
function units(bytes: string): string {
  return bytes.replace(/\b([KMGT])B\b/, (_, letter: string) => `${letter === 'K' ? 'k' : letter}o`);
}

const reasons = (localised: (english: string) => string): Reasons => ({
  ...frenchClipReasons,
  'not-onnx': () => 'ce n’est pas un modèle ONNX lisible',
  'many-inputs': (count) => `il prend ${count} entrées au lieu d’une image`,
  'many-results': (count) => `il donne ${count} résultats au lieu d’une image`,
  'no-picture': () => 'il ne transforme pas une image en une autre',
  'not-float': (type) => `il calcule les images en ${type} et non en float32`,
  'other-input': (shape) => `il prend ${shape} au lieu de 1 × 3 × hauteur × largeur`,
  'fixed-size': (size) => `il ne prend que des images de ${size} pixels`,
  'cannot-enlarge': (size) => `il ne sait pas agrandir une image de ${size} pixels`,
  'other-result': (shape, size) => `il donne ${shape} pour une image de ${size} pixels`,
  'same-size': () => 'il rend les images à leur taille d’origine',
  'other-scale': (scale, most) => `il agrandit les images ${localised(scale)} fois, et non 2 à ${most} fois`,
  'file-gone': (name) => `${name} n’est plus dans le dossier`,
  'file-changed': (name) => `${name} a été modifié pendant sa lecture`,
  'file-replaced': (name) => `${name} a été modifié après l’essai par Loupe`,
  'file-large': (name, megabytes) => `${name} dépasse ${megabytes} Mo`,
  'no-webgpu': () => 'WebGPU n’est pas disponible ici',
  'no-gpu': () => 'aucun GPU n’a été trouvé',
  'software-gpu': () => 'le seul GPU trouvé est émulé par le processeur',
  'gpu-not-opened': () => 'le GPU n’a pas pu être ouvert',
  'gpu-lost': (why) => `le GPU a cessé de répondre (${why})`,
  'gpu-reported': (why) => `le GPU signale\u202f: ${why}`,
  'not-started': (backend, why) => `${backend} n’a pas pu démarrer\u202f: ${why}`,
  'gave-up': (backend, why) => `${backend} a échoué\u202f: ${why}`,
});
