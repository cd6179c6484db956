/**
 * Held by the compiler: what the plugin sees of the emulated Premiere fits the published types (@adobe/premierepro), member
 * by member. A plugin written against those types can call everything here as it expects. Nothing of this file is left at
 * run time.
 */
import type * as published from '@adobe/premierepro';
import type { ClipProjectItem } from './clip-item.ts';
import type { Component, VideoComponentChain, VideoFilterComponent } from './component.ts';
import type { constants } from './constants.ts';
import type { PremiereModule, Project } from './dom.ts';
import type { SequenceEditor } from './editor.ts';
import type { FootageInterpretation, Media } from './footage.ts';
import type { FolderItem, ProjectItem } from './items.ts';
import type { AnyKeyframe, Keyframe } from './keyframe.ts';
import type { AudioTrack, Sequence, SequenceSettings, VideoTrack } from './sequence.ts';
import type { ComponentParam } from './param.ts';
import type { FrameRate, TickTime } from './time.ts';
import type { AudioClipTrackItem, TrackItem, TrackItemSelection, VideoClipTrackItem } from './track-item.ts';
import type { Action, CompoundAction } from './transaction.ts';
import type { Color, Guid, PointF, RectF } from './values.ts';

/** Whether two types are the very same: that one is assignable to the other is not enough where a type is {}. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- compared, never called
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Published types and what stands for them here; the first that is the same counts. */
type Pairs = [
  [published.Project, Project],
  [published.Sequence, Sequence],
  [published.SequenceSettings, SequenceSettings],
  [published.ProjectItem, ProjectItem],
  [published.FolderItem, FolderItem],
  [published.ClipProjectItem, ClipProjectItem],
  [published.VideoTrack, VideoTrack],
  [published.AudioTrack, AudioTrack],
  [published.VideoClipTrackItem[], VideoClipTrackItem[]],
  [published.AudioClipTrackItem[], AudioClipTrackItem[]],
  [published.VideoClipTrackItem | published.AudioClipTrackItem, TrackItem],
  [Array<published.VideoClipTrackItem | published.AudioClipTrackItem>, TrackItem[]],
  [published.VideoComponentChain, VideoComponentChain],
  [published.TrackItemSelection, TrackItemSelection],
  [published.FootageInterpretation, FootageInterpretation],
  [published.Media, Media],
  [published.Component, Component],
  [published.Component | published.VideoFilterComponent, Component | VideoFilterComponent],
  [published.ComponentParam, ComponentParam],
  [published.Keyframe, AnyKeyframe],
  [published.TickTime, TickTime],
  [published.TickTime | undefined, TickTime | undefined],
  [published.TickTime[], TickTime[]],
  [published.FrameRate, FrameRate],
  [published.Guid, Guid],
  [published.RectF, RectF],
  [published.ProjectItem | undefined, ProjectItem | undefined],
  [published.ProjectItem[], ProjectItem[]],
  [published.Sequence[], Sequence[]],
  [published.ClipProjectItem | published.FolderItem, ClipProjectItem | FolderItem],
  [
    number | string | boolean | published.PointF | published.Color,
    number | string | boolean | PointF | Color,
  ],
  [(compoundAction: published.CompoundAction) => void, (compoundAction: CompoundAction) => void],
  [published.Action, Action],
];

type Find<T, List> = List extends [[infer From, infer To], ...infer Rest]
  ? Same<T, From> extends true
    ? To
    : Find<T, Rest>
  : T extends published.Constants.MediaType | published.Constants.TrackItemType
    ? number
    : T;

/** A published member with the emulation's classes in the place of Adobe's. Adobe's classes can be called, too. */
type Shape<T> =
  Same<Find<T, Pairs>, T> extends true
    ? T extends (...args: infer Args) => infer Result
      ? (...args: { [K in keyof Args]: Find<Args[K], Pairs> }) => Answer<Result>
      : T
    : Find<T, Pairs>;

type Answer<T> = T extends Promise<infer Value> ? Promise<Find<Value, Pairs>> : Find<T, Pairs>;

/**
 * Fails to compile unless `Own` can stand where the members of `Published` of the same names are expected, and has none
 * that nothing published has.
 */
type Fits<
  Own extends { [K in keyof Own]: K extends keyof Published ? Shape<Published[K]> : never },
  Published,
> = Own;

type None<T extends never> = T;

type P = published.premierepro;

export interface Conformity {
  readonly project: Fits<Project, published.Project>;
  readonly sequence: Fits<Sequence, published.Sequence>;
  readonly settings: Fits<SequenceSettings, published.SequenceSettings>;
  readonly projectItem: Fits<ProjectItem, published.ProjectItem>;
  readonly folderItem: Fits<FolderItem, published.FolderItem>;
  readonly clipProjectItem: Fits<ClipProjectItem, published.ClipProjectItem>;
  readonly videoTrack: Fits<VideoTrack, published.VideoTrack>;
  readonly audioTrack: Fits<AudioTrack, published.AudioTrack>;
  readonly videoItem: Fits<VideoClipTrackItem, published.VideoClipTrackItem>;
  readonly audioItem: Fits<AudioClipTrackItem, published.AudioClipTrackItem>;
  readonly selection: Fits<TrackItemSelection, published.TrackItemSelection>;
  readonly editor: Fits<SequenceEditor, published.SequenceEditor>;
  readonly footage: Fits<FootageInterpretation, published.FootageInterpretation>;
  readonly media: Fits<Media, published.Media>;
  readonly chain: Fits<VideoComponentChain, published.VideoComponentChain>;
  readonly component: Fits<Component, published.Component>;
  readonly param: Fits<ComponentParam, published.ComponentParam>;
  readonly keyframe: Fits<Omit<Keyframe, 'value'>, published.Keyframe>;
  readonly compound: Fits<Omit<CompoundAction, 'addAction'>, published.CompoundAction>;
  readonly tickTime: Fits<TickTime, published.TickTime>;
  readonly frameRate: Fits<FrameRate, published.FrameRate>;
  readonly tickTimes: Fits<Omit<PremiereModule['TickTime'], 'prototype'>, P['TickTime']>;
  readonly module: None<Exclude<keyof PremiereModule, keyof P>>;
  readonly filters: None<Exclude<keyof PremiereModule['VideoFilterFactory'], keyof P['VideoFilterFactory']>>;
  /** The enumerations' names are Adobe's, none missing and none added. */
  readonly constants: None<
    {
      [E in keyof typeof constants]: Same<
        keyof (typeof constants)[E],
        keyof (typeof published.Constants)[E]
      > extends true
        ? never
        : E;
    }[keyof typeof constants]
  >;
}
