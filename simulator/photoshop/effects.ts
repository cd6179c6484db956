/**
 * Layer effects: kept with the layer as the PSD library knows them, scaled, and shown to plugins as descriptors.
 * Nothing draws them. A descriptor that was got here can be set here; of one made otherwise, only what has a name below.
 */
import type { LayerEffectsInfo } from 'ag-psd';
import type { Descriptor } from './desktop.ts';
import { NotEmulatedError } from './errors.ts';

type Plain = Readonly<Record<string, unknown>>;

const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** "Scale Styles": every length in pixels grows. A choke's pixels are percent in truth. */
export function scaleEffects(effects: LayerEffectsInfo, factor: number): LayerEffectsInfo {
  return scaled(effects, factor) as LayerEffectsInfo;
}

function scaled(value: unknown, factor: number): unknown {
  if (Array.isArray(value)) return value.map((each: unknown) => scaled(each, factor));
  if (!isPlain(value)) return value;
  if (value['units'] === 'Pixels' && typeof value['value'] === 'number') {
    return { ...value, value: value['value'] * factor };
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, key === 'choke' ? each : scaled(each, factor)]),
  );
}

/** The library's names beside those of the action descriptors. */
const NAMES: readonly (readonly [own: string, described: string])[] = [
  ['innerShadow', 'innerShadow'],
  ['dropShadow', 'dropShadow'],
  ['outerGlow', 'outerGlow'],
  ['innerGlow', 'innerGlow'],
  ['bevel', 'bevelEmboss'],
  ['solidFill', 'solidFill'],
  ['satin', 'chromeFX'],
  ['stroke', 'frameFX'],
  ['gradientOverlay', 'gradientFill'],
  ['patternOverlay', 'patternFill'],
];
const SEVERAL = new Set(['dropShadow', 'innerShadow', 'solidFill', 'stroke', 'gradientOverlay']);

export function describeEffects(effects: LayerEffectsInfo): Descriptor {
  const described: Descriptor = {
    _obj: 'layerEffects',
    scale: { _unit: 'percentUnit', _value: (effects.scale ?? 1) * 100 },
  };
  for (const [own, name] of NAMES) {
    const value: unknown = Reflect.get(effects, own);
    if (value === undefined) continue;
    if (!Array.isArray(value)) described[name] = describe(value, name);
    // [3P] Several of a kind stand in a list of another name.
    else if (value.length === 1) described[name] = describe(value[0], name);
    else described[`${name}Multi`] = value.map((each: unknown) => describe(each, name));
  }
  return described;
}

export function effectsFrom(descriptor: Plain): LayerEffectsInfo {
  const effects: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(descriptor)) {
    if (key === '_obj') continue;
    if (key === 'scale') {
      effects['scale'] = isPlain(value) ? Number(value['_value']) / 100 : 1;
      continue;
    }
    const own = NAMES.find(([, name]) => key === name || key === `${name}Multi`)?.[0];
    if (own === undefined) throw new NotEmulatedError(`the layer effect ${key}`);
    const list = Array.isArray(value) ? value.map(undescribe) : [undescribe(value)];
    effects[own] = SEVERAL.has(own) ? list : list[0];
  }
  return effects;
}

const UNITS: readonly (readonly [own: string, described: string])[] = [
  ['Pixels', 'pixelsUnit'],
  ['Percent', 'percentUnit'],
  ['Angle', 'angleUnit'],
];

function describe(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return value.map((each: unknown) => describe(each, name));
  if (!isPlain(value)) return value;
  const unit = UNITS.find(([own]) => own === value['units'])?.[1];
  if (unit !== undefined) return { _unit: unit, _value: value['value'] };
  return {
    _obj: name,
    ...Object.fromEntries(Object.entries(value).map(([key, each]) => [key, describe(each, key)])),
  };
}

function undescribe(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(undescribe);
  if (!isPlain(value)) return value;
  const units = UNITS.find(([, described]) => described === value['_unit'])?.[0];
  if (units !== undefined) return { units, value: value['_value'] };
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== '_obj')
      .map(([key, each]) => [key, undescribe(each)]),
  );
}
