import gcoord from 'gcoord';
import SphericalMercator from 'sphericalmercator';

export const gcjFromWgs = (lon, lat) => gcoord.transform([lon, lat], gcoord.WGS84, gcoord.GCJ02);
export const bdFromWgs = (lon, lat) => gcoord.transform([lon, lat], gcoord.WGS84, gcoord.BD09);
export const wgsFromGcj = (lon, lat) => gcoord.transform([lon, lat], gcoord.GCJ02, gcoord.WGS84);
export const mercatorFromWgs = (lon, lat) => gcoord.transform([lon, lat], gcoord.WGS84, gcoord.WebMercator);

const mercator = new SphericalMercator({ size: 256 });
export const forward = (lon, lat) => mercator.forward([lon, lat]);
export const inverse = (x, y) => mercator.inverse([x * 1e4, y * 1e4]);
