"use strict";
var __extends = (this && this.__extends) || (function () {
    var extendStatics = function (d, b) {
        extendStatics = Object.setPrototypeOf || ({ __proto__: [] } instanceof Array && function (d, b) { d.__proto__ = b; }) || function (d, b) { for (var p in b) if (Object.prototype.hasOwnProperty.call(b, p)) d[p] = b[p]; };
        return extendStatics(d, b);
    };
    return function (d, b) {
        if (typeof b !== "function" && b !== null) throw new TypeError("Class extends value " + String(b) + " is not a constructor or null");
        extendStatics(d, b);
        function __() { this.constructor = d; }
        d.prototype = b === null ? Object.create(b) : (__.prototype = b.prototype, new __());
    };
})();
var __assign = (this && this.__assign) || function () {
    __assign = Object.assign || function(t) {
        for (var s, i = 1, n = arguments.length; i < n; i++) { s = arguments[i]; for (var p in s) if (Object.prototype.hasOwnProperty.call(s, p)) t[p] = s[p]; }
        return t;
    };
    return __assign.apply(this, arguments);
};
var __spreadArray = (this && this.__spreadArray) || function (to, from, pack) {
    if (pack || arguments.length === 2) for (var i = 0, l = from.length, ar; i < l; i++) { if (ar || !(i in from)) { if (!ar) ar = Array.prototype.slice.call(from, 0, i); ar[i] = from[i]; } }
    return to.concat(ar || Array.prototype.slice.call(from));
};
var __values = (this && this.__values) || function(o) {
    var s = typeof Symbol === "function" && Symbol.iterator, m = s && o[s], i = 0;
    if (m) return m.call(o);
    if (o && typeof o.length === "number") return { next: function () { if (o && i >= o.length) o = void 0; return { value: o && o[i++], done: !o }; } };
    throw new TypeError(s ? "Object is not iterable." : "Symbol.iterator is not defined.");
};
Object.defineProperty(exports, "__esModule", { value: true });
exports.Mode = exports.potential = exports.stretch = void 0;
var Mode;
(function (Mode) { Mode[Mode["Soft"] = 0] = "Soft"; Mode[Mode["Hard"] = 1] = "Hard"; })(Mode || (exports.Mode = Mode = {}));
var Force = /** @class */ (function () { function Force(k) { this.k = k; } Force.prototype.energy = function (x) { return 0.5 * this.k * x * x; }; return Force; }());
var Duffing = /** @class */ (function (_super) {
    __extends(Duffing, _super);
    function Duffing(k, b) { var _this = _super.call(this, k) || this; _this.b = b; return _this; }
    Duffing.prototype.energy = function (x) { return _super.prototype.energy.call(this, x) + 0.25 * this.b * Math.pow(x, 4); };
    return Duffing;
}(Force));
//= potential([0.5, -1.2], 2, 0.3, 1)
function potential(xs, k, b, mode) {
    var e_1, _a;
    if (mode === void 0) { mode = Mode.Soft; }
    var f = mode === Mode.Hard ? new Duffing(k, b) : new Force(k), total = 0;
    try {
        for (var xs_1 = __values(xs), xs_1_1 = xs_1.next(); !xs_1_1.done; xs_1_1 = xs_1.next()) { var x = xs_1_1.value; total += f.energy(x); }
    }
    catch (e_1_1) { e_1 = { error: e_1_1 }; }
    finally { try { if (xs_1_1 && !xs_1_1.done && (_a = xs_1.return)) _a.call(xs_1); } finally { if (e_1) throw e_1.error; } }
    return total;
}
exports.potential = potential;
//= stretch({"x": 1.5, "y": 2}, 3)
var stretch = function (p, s) { var q = __assign(__assign({}, p), { x: p.x * s }); return Math.max.apply(Math, __spreadArray([q.y], [q.x * q.y], false)); };
exports.stretch = stretch;
