const { interpolate, table } = require('./table.cjs');
const consts = require('./constants.json');
//= saturationPressure(312)
exports.saturationPressure = (T) => interpolate(table.T, table.p, T);
//= antoine(350)
exports.antoine = (T) => Math.pow(10, consts.antoine.A - consts.antoine.B / (T + consts.antoine['C']));
//= humidity(295, 0.4)
exports.humidity = function humidity(T, rh) { const p = rh * exports.saturationPressure(T); return 0.622 * p / (consts.atm - p); };
