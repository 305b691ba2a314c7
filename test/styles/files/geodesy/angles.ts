export const rad = (deg: number) => deg * (Math.PI / 180);
export const wrap = (deg: number) => ((((deg + 180) % 360) + 360) % 360) - 180;
