export const MM = 1e-3, GPA = 1e9, KN = 1e3;
export const toMillimetres = (m: number) => m / MM;
