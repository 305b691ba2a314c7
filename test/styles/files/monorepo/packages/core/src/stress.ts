import { type Material } from './materials';
export const stress = ({ E }: Material, strain: number) => E * (strain - 20 * strain ** 2);
