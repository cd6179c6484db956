// What UXP puts around the host script. Timers are in Adobe's own samples, though not in its reference.
declare function require(module: 'uxp'): import('./uxp.ts').Uxp;
declare function require(module: 'fs'): import('./uxp.ts').UxpFs;
declare function require(module: 'photoshop'): typeof import('photoshop');
declare function require(module: 'premierepro'): import('@adobe/premierepro').premierepro;
declare const window: import('./uxp.ts').UxpWindow;
declare function setTimeout(callback: () => void, milliseconds?: number): number;
declare function clearTimeout(timer: number | undefined): void;
