export * as units from './units';
export * from './materials';
export type { Material } from './materials';
export { stress as default } from './stress';
