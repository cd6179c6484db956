/** French, in the words of Photoshop's French version; spaces before : ; ? ! % and within « » are narrow and fixed. */
import type { ModelName, Quality } from '../catalog.ts';
import type { Texts } from './en.ts';
import { frenchErrors } from './errors/fr.ts';
import { FIXED, NARROW, numbersOf, timesOf } from './format.ts';
import { frenchClip } from './clip/fr.ts';
import { backendWords, leftWords, type AutoAnswer, type Loss, type Ninth } from './words.ts';

const numbers = numbersOf({
  group: NARROW,
  groupedFrom: 5,
  decimal: ',',
  beforePercent: NARROW,
  units: { kilobyte: 'ko', megabyte: 'Mo', gigabyte: 'Go' },
});
const times = timesOf({
  seconds: (count) => `${count}${FIXED}s`,
  minutes: (count) => `${count}${FIXED}min`,
  hours: (count) => `${count}${FIXED}h`,
  between: ' ',
  half: undefined,
  decimal: ',',
});

const MODELS: Record<'auto' | ModelName, string> = {
  auto: 'Auto',
  face: 'Visage',
  landscape: 'Paysage',
  art: 'Dessin',
};
const QUALITY_NAMES: Record<Quality, string> = { fast: 'Rapide', best: 'Optimale' };

function autoText(auto: AutoAnswer | undefined): string {
  if (auto?.kind === 'failed') return `Le calque n’a pas pu être examiné\u202f: ${MODELS.landscape}.`;
  if (auto?.kind !== 'proposed') return 'Examen du calque…';
  const { reason, model, faces } = auto;
  const name = MODELS[model];
  switch (reason) {
    case 'faces':
      return faces.length === 1
        ? `1 visage\u202f: «\u202f${MODELS.face}\u202f» dessus, «\u202f${name}\u202f» ailleurs.`
        : `${String(faces.length)} visages\u202f: «\u202f${MODELS.face}\u202f» dessus, «\u202f${name}\u202f» ailleurs.`;
    case 'portrait':
      return `Un portrait\u202f: «\u202f${name}\u202f».`;
    case 'photo':
      return `Aucun visage\u202f: «\u202f${name}\u202f».`;
    case 'drawing':
      return `Un dessin\u202f: «\u202f${name}\u202f».`;
    case 'too-small':
      return `Trop petit pour en juger\u202f: «\u202f${name}\u202f».`;
  }
}

function inventedText(damage: Loss | undefined): string {
  switch (damage) {
    case 'soft':
      return 'Ce calque est plus flou que sa taille ne le laisse attendre\u202f: avec ce niveau de détail, des détails fins seront inventés.';
    case 'compressed':
      return 'Le JPEG a effacé les détails fins de ce calque\u202f: avec ce niveau de détail, ils seront inventés.';
    case 'noisy':
      return 'Le bruit cache les détails fins de ce calque\u202f: avec ce niveau de détail, ils seront inventés.';
    case undefined:
      return 'Ce calque donne peu d’indications au modèle\u202f: avec ce niveau de détail, des détails fins seront inventés.';
  }
}

function mapText(percent: number, part: Ninth | undefined): string {
  if (!part)
    return '«\u202fFidèle\u202f» et «\u202fDétaillé\u202f» donnent presque partout le même résultat.';
  const down = { start: 'en haut', middle: '', end: 'en bas' }[part.down];
  const across = { start: 'à gauche', middle: '', end: 'à droite' }[part.across];
  const where = `${down} ${across}`.trim() || 'au centre';
  return `Avec Détail à 100, ${numbers.percent(percent)} des détails fins sont inventés, surtout ${where}.`;
}

export const fr: Texts = {
  language: 'fr',
  numbers,
  times,
  errors: frenchErrors(numbers.localised),

  panel: 'Loupe',
  loading: 'Démarrage…',

  layer: {
    section: 'Calque',
    becomes: 'devient',
    sizeNow: (size) => numbers.size(size),
    sizeAfter: (size) => `${numbers.size(size)}${FIXED}px`,
    sizeOnly: (size) => `${numbers.size(size)}${FIXED}px`,
    notes: {
      'text-through-pixels':
        'Un calque de texte\u202f: ce sont ses pixels qui sont améliorés. Le texte lui-même reste tel quel.',
      'smart-object-through-pixels':
        'Un objet dynamique\u202f: ce sont ses pixels qui sont améliorés. L’objet dynamique lui-même reste tel quel.',
    },
  },

  model: {
    label: 'Modèle',
    names: MODELS,
    hints: {
      face: 'Personnes\u202f: peau, yeux et cheveux.',
      landscape: 'Photos\u202f: nature, lieux, objets.',
      art: 'Dessins, bandes dessinées et aplats.',
    },
    auto: autoText,
    autoIdle: 'Examine le calque et en propose un.',
    own: 'Votre propre modèle.',
  },

  own: {
    section: 'Vos propres modèles',
    some: (count) => `Vos propres modèles (${String(count)})`,
    trying: 'est à l’essai…',
    gone: 'n’est plus dans le dossier.',
    where: 'Placez des modèles ONNX qui agrandissent les images dans ce dossier\u202f:',
    showFolder: 'Afficher le dossier',
    lookAgain: 'Rechercher à nouveau',
    blocked: {
      trying: (name) => `«\u202f${name}\u202f» est encore à l’essai.`,
      unusable: (name) => `«\u202f${name}\u202f» est inutilisable. Choisissez un autre modèle.`,
    },
  },

  quality: { label: 'Qualité', names: QUALITY_NAMES },

  controls: {
    detail: { label: 'Détail', low: 'Fidèle', high: 'Détaillé' },
    noise: { label: 'Bruit', low: 'Garder le grain', high: 'Supprimer' },
    sharpness: { label: 'Netteté', low: 'Telle quelle', high: 'Maximale' },
    more: 'Bruit et netteté',
    moved: (noise, sharpness) => `${String(noise)} · ${String(sharpness)}`,
    noDetail: {
      own: 'Votre propre modèle n’a qu’un seul résultat\u202f: il n’y a pas de détail à régler.',
      one: 'Avec cette qualité, ce modèle n’a qu’un seul résultat\u202f: il n’y a pas de détail à régler.',
    },
  },

  invented: {
    none: 'Avec Détail à 0, rien n’est inventé.',
    much: inventedText,
    little: 'Ce calque donne assez d’indications\u202f: la plupart des détails en proviennent.',
    showWhere: 'Montrer où',
    showWhat: 'Montrer ce qu’ajoute Détail',
    making: 'Comparaison de «\u202fFidèle\u202f» et «\u202fDétaillé\u202f»',
    hide: 'Masquer',
    map: mapText,
    legend: 'Où des détails sont inventés',
    low: 'rien',
    high: 'le plus',
  },

  size: {
    label: 'Taille',
    factor: (factor) => numbers.times(factor),
    custom: 'Autre',
    tooLarge: (factors) =>
      `${factors.map((each) => numbers.times(each)).join(', ')} dépasserait la taille maximale du document.`,
    kindLabel: 'Taille exprimée en',
    kinds: { pixels: 'Pixels', print: 'Impression' },
    sideLabel: 'Côté indiqué',
    sides: { width: 'Largeur', height: 'Hauteur' },
    unitLabel: 'Unité',
    units: { cm: 'cm', inch: 'po' },
    fields: { ppi: 'Pixels par pouce' },
    px: 'px',
    ppi: 'ppp',
    at: 'à',
    between: (least, most) => `Saisissez un nombre de ${numbers.rounded(least, 1)} à ${numbers.whole(most)}.`,
    wholeBetween: (least, most) =>
      `Saisissez un nombre entier de ${numbers.whole(least)} à ${numbers.whole(most)}.`,
    unfit: 'Choisissez d’abord une autre taille.',
    mistyped: 'La taille n’est pas un nombre utilisable. Corrigez-la d’abord.',
    words: (size, print, factor) =>
      [
        `${numbers.size(size)}${FIXED}px`,
        `${numbers.rounded(print.width, 1)}${FIXED}× ${numbers.rounded(print.height, 1)}${FIXED}${print.unit === 'cm' ? 'cm' : 'po'} à ${numbers.rounded(print.ppi, 1)}${FIXED}ppp`,
        numbers.times(factor),
      ].join(' · '),
    eachTimes: (factor) => `Chaque calque ${numbers.times(factor)}`,
    made: (network, interpolated) =>
      `Le modèle agrandit ${numbers.times(network)}\u202f; les ${numbers.times(interpolated)} restants sont interpolés et n’ajoutent pas de détail.`,
  },

  place: {
    label: 'Résultat',
    names: {
      document: 'Nouveau calque',
      'smart-object': 'Objet dynamique',
      'new-document': 'Nouveau document',
    },
    words: {
      document: 'Un nouveau calque au-dessus de l’original\u202f; le document est agrandi avec lui.',
      'smart-object':
        'Un objet dynamique au-dessus de l’original, de même taille dans la mise en page\u202f; il contient tous les pixels.',
      'new-document': 'Un document à part\u202f; celui-ci reste tel quel.',
    },
    hideOriginal: 'Masquer l’original',
  },

  part: {
    label: 'Zone',
    names: { layer: 'Calque', selection: 'Sélection', mask: 'Masque' },
    words: {
      layer: 'Le calque entier, même hors de la zone de travail.',
      selection: 'Ce qui est sélectionné\u202f; les pixels en dehors restent tels quels.',
      mask: 'Ce que montre le masque de fusion\u202f; les pixels en dehors restent tels quels.',
    },
  },

  needs: {
    words: (disk, memory) =>
      memory === undefined
        ? `Nécessite jusqu’à ${numbers.bytes(disk)} d’espace disque.`
        : `Nécessite jusqu’à ${numbers.bytes(disk)} d’espace disque et environ ${numbers.bytes(memory)} de mémoire.`,
    tooMuch: (memory, most) =>
      `Il faut environ ${numbers.bytes(memory)} de mémoire, plus que les ${numbers.bytes(most)} dont Loupe peut disposer ici. Choisissez une taille plus petite ou une partie du calque.`,
  },

  rows: {
    label: 'Calques',
    count: (count) => `${String(count)} calques`,
    taken: (count, all) =>
      count === 1
        ? `1 calque sur ${String(all)} sera amélioré.`
        : `${String(count)} calques sur ${String(all)} seront améliorés.`,
    states: { waiting: 'en attente', running: 'en cours', done: 'terminé', failed: 'échec' },
    noMask: (name) =>
      `«\u202f${name}\u202f» n’a pas de masque utilisable\u202f: il manque, est désactivé, a un contour progressif ou masque tout.`,
    open: (name) => `Réglages de «\u202f${name}\u202f»`,
    brief: (model, quality, detail) =>
      [
        model,
        ...(quality === undefined ? [] : [quality]),
        ...(detail === undefined ? [] : [`Détail ${String(detail)}`]),
      ].join(' · '),
  },

  unfinished: {
    heading: 'Amélioration inachevée',
    words: (names, percent) =>
      names.length === 1
        ? `Loupe a été fermé pendant l’amélioration de «\u202f${names[0] ?? ''}\u202f», faite à ${numbers.percent(percent)}.`
        : `Loupe a été fermé pendant l’amélioration de ${String(names.length)} calques, faite à ${numbers.percent(percent)}.`,
    goOn: 'Continuer',
    discard: 'Abandonner',
  },

  preview: {
    section: 'Aperçu',
    brief: `100${NARROW}%`,
    ways: { split: 'Partagé', beside: 'Côte à côte' },
    waysLabel: 'Présentation de l’aperçu',
    before: 'Avant',
    after: 'Après',
    divider: 'Séparation entre avant et après',
    dividerValue: (percent) => `${numbers.percent(percent)} avant`,
    picture: 'Aperçu à 100\u202f%. Les touches fléchées le déplacent, plus loin avec la touche Maj.',
    making: 'Création de l’aperçu…',
    ready: 'L’aperçu montre les réglages actuels.',
    unreadable: 'Pas d’aperçu\u202f: le calque ne peut pas être lu pour le moment.',
    failed: (why) => `Pas d’aperçu\u202f: ${why}`,
    fromThumbnail: 'Choisir ce que montre l’aperçu',
  },

  backend: {
    label: 'Calcul',
    name: backendWords((count) => (count === 1 ? '1 processus' : `${String(count)} processus`)),
    looking: 'Recherche d’un GPU…',
    noGpu: 'Aucun GPU n’a été trouvé\u202f: le calcul se fait sur le processeur, plus lentement.',
  },

  estimate: {
    label: 'Durée',
    measuring: 'mesure en cours…',
    known: (ms) => `environ ${times.coarsely(ms)}`,
    unknown: 'durée inconnue',
    none: 'non disponible',
  },

  actions: {
    enhance: 'Améliorer',
    cancel: 'Annuler',
    cancelling: 'Annulation…',
    tryAgain: 'Réessayer',
    another: 'Améliorer un autre calque',
  },

  run: {
    progress: 'Progression',
    phases: {
      reading: 'Lecture du calque',
      enhancing: 'Amélioration',
      writing: 'Écriture du calque',
    },
    percent: numbers.percent,
    left: leftWords(times, (time) => `encore ${time} environ`, 'encore quelques secondes'),
    bound: (name) =>
      `«\u202f${name}\u202f» est en cours de traitement. Vous pouvez modifier d’autres calques.`,
    boundToSeveral: 'Ces calques sont en cours de traitement. Vous pouvez en modifier d’autres.',
    fellBack: 'Le GPU a échoué\u202f; le calcul continue sur le processeur.',
  },

  done: {
    created: (name) => `«\u202f${name}\u202f» a été créé.`,
    createdSeveral: (count, all) =>
      count === all
        ? `${String(count)} calques ont été créés.`
        : `${String(count)} calques sur ${String(all)} ont été créés.`,
    compare: 'Comparer',
    compareOf: (name) => `Comparer «\u202f${name}\u202f»`,
    holds: (size) =>
      `L’objet dynamique contient ${numbers.size(size)}${FIXED}px, plus que le document n’en montre. Calque › Objets dynamiques › Modifier le contenu les montre tous.`,
    facts: (size, ms, made, backend) => [
      `${numbers.size(size)}${FIXED}px`,
      times.exactly(ms),
      ...(made.quality ? [QUALITY_NAMES[made.quality]] : []),
      ...(made.detail === undefined ? [] : [`Détail ${String(made.detail)}`]),
      backend,
    ],
    fellBack: 'Le GPU a échoué en cours de route\u202f; le reste a été calculé par le processeur.',
    before: 'Avant',
    after: 'Après',
    divider: 'Séparation entre avant et après',
    dividerValue: (percent) => `${numbers.percent(percent)} avant`,
    picture: 'Avant et après à 100\u202f%. Les touches fléchées déplacent l’image.',
    noPicture:
      'La comparaison ne peut pas être affichée\u202f: le calque ne peut pas être lu pour le moment.',
  },

  failed: { heading: 'Cela n’a pas fonctionné' },

  empty: {
    noDocument: 'Rien d’ouvert pour l’instant',
    noLayer: 'Aucun calque sélectionné',
  },

  clip: frenchClip(numbers, times, MODELS),

  result: {
    layerName: (name, model, factor) => `${name} – ${model} ${numbers.times(factor)}`,
    history: (name) => `Améliorer\u202f: ${name}`,
    historyOfSeveral: (count) => `Améliorer ${String(count)} calques`,
  },

  host: {
    looking: 'Loupe\u202f: examen du calque',
    reading: 'Loupe\u202f: lecture du calque',
    writing: (doing) => `Loupe\u202f: ${doing}`,
    step: 'Améliorer avec Loupe',
    whyFolder: 'Loupe affiche le dossier de vos propres modèles.',
  },
};
