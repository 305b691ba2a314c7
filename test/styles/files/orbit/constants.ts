export const MU = 398600.4418;
export const DEG = Math.PI / 180;
export const J2 = 1.08262668e-3;
export const R_EARTH = 6378.137;
export default { MU, DEG, J2, R_EARTH } as const;
