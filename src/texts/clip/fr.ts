import type { ModelName } from '../../catalog.ts';
import type { NumberWords, TimeWords } from '../format.ts';
import type { AutoAnswer } from '../words.ts';
import type { ClipTexts } from './en.ts';

function autoText(models: Record<ModelName, string>, auto: AutoAnswer | undefined): string {
  if (auto?.kind === 'failed')
    return `L’image du milieu n’a pas pu être examinée\u202f: «\u202f${models.landscape}\u202f».`;
  if (auto?.kind !== 'proposed') return 'Examen de l’image du milieu…';
  const name = models[auto.model];
  switch (auto.reason) {
    case 'faces':
      return `L’image du milieu montre des visages, mais surtout autre chose\u202f: «\u202f${name}\u202f».`;
    case 'portrait':
      return `L’image du milieu est un portrait\u202f: «\u202f${name}\u202f».`;
    case 'photo':
      return `Aucun visage dans l’image du milieu\u202f: «\u202f${name}\u202f».`;
    case 'drawing':
      return `L’image du milieu est un dessin\u202f: «\u202f${name}\u202f».`;
    case 'too-small':
      return `Trop petit pour en juger\u202f: «\u202f${name}\u202f».`;
  }
}

const images = (numbers: NumberWords, count: number): string =>
  count === 1 ? '1 image' : `${numbers.whole(count)} images`;

export const frenchClip = (
  numbers: NumberWords,
  times: TimeWords,
  models: Record<ModelName, string>,
): ClipTexts => ({
  section: 'Plan',
  reading: (name) => `Lecture de «\u202f${name}\u202f»…`,
  empty: {
    project: 'Aucun projet ouvert',
    sequence: 'Aucune séquence ouverte',
    clip: 'Aucun plan sélectionné',
  },
  auto: (auto) => autoText(models, auto),
  autoIdle: 'Examine l’image du milieu du plan et propose un modèle.',

  facts: {
    size: 'Taille',
    rate: 'Cadence',
    range: 'Entrée – sortie',
    duration: 'Durée',
    file: 'Fichier',
    pixels: (size) => `${numbers.size(size)}\u00a0px`,
    fps: (rate) => `${numbers.rounded(rate, 3)}\u00a0i/s`,
    span: (from, to) => `${from} – ${to}`,
    frames: (time, count) => `${time} · ${images(numbers, count)}`,
  },

  notes: {
    label: 'Ce que ce plan a d’inhabituel',
    interlaced: {
      'upper-first':
        'Entrelacé, trame supérieure d’abord. Il sera désentrelacé\u202f: le rendu est progressif.',
      'lower-first':
        'Entrelacé, trame inférieure d’abord. Il sera désentrelacé\u202f: le rendu est progressif.',
    },
    guessed:
      'Le fichier ne dit pas quelle trame vient d’abord. Si les mouvements saccadent, réglez-le dans Élément › Modifier › Interpréter le métrage.',
    combed:
      'Il semble entrelacé mais passe pour progressif. Si besoin, réglez ses trames dans Élément › Modifier › Interpréter le métrage.',
    variable: (rate) =>
      `Sa cadence varie. Il sera rééchantillonné à ${numbers.rounded(rate, 3)}\u00a0i/s, comme Premiere le montre.`,
    reinterpreted: (rate, own) =>
      `Premiere le lit à ${numbers.rounded(rate, 3)} au lieu de ${numbers.rounded(own, 3)}\u00a0i/s\u202f; le rendu aussi.`,
    range: {
      pq: 'HDR (PQ)\u202f: les modèles de Loupe ne connaissent que la dynamique standard\u202f; des hautes lumières peuvent être perdues.',
      hlg: 'HDR (HLG)\u202f: les modèles de Loupe ne connaissent que la dynamique standard\u202f; des hautes lumières peuvent être perdues.',
      log: 'Métrage log\u202f: les modèles de Loupe ne connaissent que la dynamique standard\u202f; les tons peuvent en souffrir. Mieux vaut le convertir d’abord.',
    },
    converted:
      'Cet ordinateur fournit cette vidéo à Loupe en sRGB sur 8\u00a0bits\u202f; les nuances plus fines sont perdues.',
    depthKept: (bits) => `${String(bits)} bits par couche, que le rendu garde.`,
    depthLost: (bits, kept) =>
      `${String(bits)} bits par couche\u202f; avec ce codec, le rendu en a ${String(kept)}.`,
    assumed: (matrix) =>
      `Le fichier ne dit rien de ses couleurs\u202f; ${matrix} est supposé, comme dans Premiere.`,
    rotated: (degrees) => `Tourné de ${String(degrees)}°. Le rendu est droit de lui-même.`,
    aspect: (aspect, size) =>
      `Ses pixels ne sont pas carrés (${numbers.rounded(aspect, 4)})\u202f; Premiere le montre en ${numbers.size(size)}. Le rendu a des pixels carrés.`,
    ends: (frames) =>
      `Le plan continue ${frames === 1 ? '1 image' : `${numbers.whole(frames)} images`} après sa vidéo, par exemple parce que le son est plus long. Le rendu s’arrête avec la vidéo.`,
    effects: (names) =>
      `${names.join(', ')}\u202f: ${names.length === 1 ? 'cet effet reste' : 'ces effets restent'} sur l’original. Copiez ensuite sur le rendu ceux qu’il lui faut.`,
  },
  confirm: 'Remasteriser quand même',
  confirmFirst: 'Confirmez ci-dessus que des hautes lumières peuvent être perdues.',

  placedAlready: (track) => `Un rendu recouvre déjà ce plan sur ${track}.`,

  target: {
    label: 'Cible',
    names: { '2x': '2×', '4x': '4×', sequence: 'Séquence', uhd: 'UHD', '8k': '8K' },
    words: (size, factor) => `${numbers.size(size)}\u00a0px · ${numbers.rounded(factor, 2)}×`,
    cleaned: 'La même taille\u202f: le plan est seulement nettoyé.',
    tooLarge: (names) => `${names.join(', ')}\u202f: plus de 16 fois la taille du plan.`,
    tooSmall: (names) => `${names.join(', ')}\u202f: plus petit que le plan.`,
    smaller: 'C’est plus petit que le plan. Choisissez une cible plus grande.',
    beyond: 'C’est plus de 16 fois la taille du plan. Choisissez une cible plus petite.',
    first: 'Choisissez d’abord une autre cible.',
  },

  handles: {
    label: 'Poignées',
    unit: 'images de chaque côté',
    fewer: (before, after) =>
      `Le fichier a moins d’images au-delà des points d’entrée et de sortie\u202f: ${numbers.whole(before)} avant, ${numbers.whole(after)} après.`,
    mistyped: 'Les poignées ne sont pas un nombre utilisable. Corrigez-les d’abord.',
  },

  codec: {
    label: 'Codec vidéo',
    words: {
      prores: 'Pour continuer le montage\u202f: sans perte visible. Volumineux.',
      h264: 'Pour livrer\u202f: petit, lu partout.',
      hevc: 'Pour livrer\u202f: plus petit que H.264, plus lent à décoder.',
      av1: 'Pour le web\u202f: le plus petit, lent à encoder.',
      vp9: 'Pour le web\u202f: petit.',
      png: 'Images séparées sans aucune perte. Très volumineux.',
      tiff: 'Images séparées en 16 bits sans aucune perte. Le plus volumineux.',
    },
    frames: (name) => `Images ${name}`,
    bits: (bits) => `${String(bits)} bits par couche.`,
    looking: 'Recherche d’encodeurs…',
    none: 'Rien ne peut être encodé ici à cette taille. Choisissez une cible plus petite.',
    other: (wanted, used) =>
      `${wanted} ne peut pas être encodé ici à cette taille\u202f: ${used} à la place.`,
  },

  output: {
    label: 'Sortie',
    folder: 'Dossier',
    unset: 'Pas encore de dossier\u202f: choisissez-en un ou enregistrez le projet.',
    choose: 'Choisir…',
    name: 'Nom du fichier',
    unfit:
      'Aucun fichier ne peut s’appeler ainsi. Utilisez des lettres, des chiffres, des espaces et des tirets.',
    unfitFirst: 'Corrigez d’abord le nom du fichier.',
    ownName: 'Laisser Loupe le nommer',
  },

  needs: {
    disk: (bytes) => `Prend environ ${numbers.bytes(bytes)} sur le disque.`,
    time: (frames) =>
      `Les durées valent pour ${images(numbers, frames)}, d’après le calcul d’une seule mesuré ici.`,
    tooMuch: (memory, most) =>
      `Cela prend environ ${numbers.bytes(memory)} de mémoire, plus que les ${numbers.bytes(most)} dont Loupe dispose ici. Choisissez une cible plus petite.`,
  },

  preview: {
    frame: 'Image de l’aperçu',
    at: (timecode) => `Image à ${timecode}`,
    unreadable: 'Pas d’aperçu\u202f: cette image ne peut pas être lue pour le moment.',
  },

  remaster: 'Remasteriser le plan',
  pause: 'Suspendre',
  resume: 'Continuer',

  run: {
    phases: {
      preparing: 'Préparation',
      remastering: 'Remasterisation',
      finishing: 'Finalisation du fichier',
      placing: 'Pose sur le montage',
    },
    paused: 'Suspendu',
    picture: 'L’image la plus récente',
    frames: (done, frames) => `${numbers.whole(done)} sur ${numbers.whole(frames)} images`,
    perSecond: (rate) =>
      rate >= 1
        ? `${numbers.rounded(rate, 1)} images par seconde`
        : `${numbers.rounded(1 / Math.max(rate, 1e-4), 1)} secondes par image`,
    bound: (name) =>
      `«\u202f${name}\u202f» est en cours de remasterisation. Vous pouvez continuer à monter\u202f; laissez ce plan où il est.`,
    closing: 'Si vous fermez le panneau, vous pourrez reprendre plus tard là où il s’est arrêté.',
  },

  done: {
    placed: (name, track) => `«\u202f${name}\u202f» est sur ${track}, par-dessus l’original.`,
    hidden: 'L’original est désactivé, car son opacité le laisserait transparaître.',
    facts: (size, frames, ms) => [
      `${numbers.size(size)}\u00a0px`,
      images(numbers, frames),
      times.exactly(ms),
    ],
    where: 'Le rendu se trouve ici\u202f:',
    undo: 'Annuler le remaster',
    undoWords: 'Retire le rendu du montage\u202f; le fichier reste.',
    another: 'Remasteriser un autre plan',
  },

  left: {
    heading: 'Pas encore sur le montage',
    place: 'Poser sur le montage',
    placing: 'Pose sur le montage…',
  },

  unfinished: {
    heading: 'Un remaster inachevé',
    words: (name, done, frames) =>
      `«\u202f${name}\u202f» n’a pas été terminé\u202f: ${numbers.whole(done)} images sur ${numbers.whole(frames)} sont faites.`,
    lies: 'Il se trouvera dans',
  },

  failed: {
    kept: (frames) =>
      frames === 1
        ? '1 image est faite et conservée. «\u202fContinuer\u202f» fait le reste.'
        : `${numbers.whole(frames)} images sont faites et conservées. «\u202fContinuer\u202f» fait le reste.`,
    nothing: 'Il n’en reste rien\u202f; le projet est comme avant.',
  },

  undoName: (name) => `Remasteriser «\u202f${name}\u202f»`,
  undo: 'Annuler le remaster',
});
