//= haversine([48.1, 11.6], [52.5, 13.4])
//= vincenty([48.1, 11.6], [52.5, 13.4])
//= mercator(48.1, 11.6)
export * from './distance';
export * from './projection';
export { default as Ellipsoid } from './ellipsoid';
//= tripLength([[48.1, 11.6], [52.5, 13.4], [48.85, 2.35]])
export function tripLength(stops: [number, number][]): number {
  return stops.slice(1).reduce((s, b, i) => s + haversine(stops[i]!, b), 0);
}
import { haversine } from './distance';
