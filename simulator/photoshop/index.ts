/** A small Photoshop: `createPhotoshop()` answers the modules a plugin requires and the hands of its user. */
export type * from './interface.ts';
