"use strict";

Object.defineProperty(exports, "__esModule", { value: true });
exports["default"] = exports.volume = exports.lerp = void 0;
var _constants = _interopRequireWildcard(require("./vendor/constants"));
var _helpers = _interopRequireDefault(require("./vendor/helpers"));
function _interopRequireDefault(e) { return e && e.__esModule ? e : { "default": e }; }
function _getRequireWildcardCache(e) { if ("function" != typeof WeakMap) return null; var r = new WeakMap(), t = new WeakMap(); return (_getRequireWildcardCache = function (e) { return e ? t : r; })(e); }
function _interopRequireWildcard(e, r) { if (!r && e && e.__esModule) return e; if (null === e || "object" != typeof e && "function" != typeof e) return { "default": e }; var t = _getRequireWildcardCache(r); if (t && t.has(e)) return t.get(e); var n = { __proto__: null }, a = Object.defineProperty && Object.getOwnPropertyDescriptor; for (var u in e) if ("default" !== u && {}.hasOwnProperty.call(e, u)) { var i = a ? Object.getOwnPropertyDescriptor(e, u) : null; i && (i.get || i.set) ? Object.defineProperty(n, u, i) : n[u] = e[u]; } return n["default"] = e, t && t.set(e, n), n; }
function _typeof(o) { "@babel/helpers - typeof"; return _typeof = "function" == typeof Symbol && "symbol" == typeof Symbol.iterator ? function (o) { return typeof o; } : function (o) { return o && "function" == typeof Symbol && o.constructor === Symbol && o !== Symbol.prototype ? "symbol" : typeof o; }, _typeof(o); }
function _classCallCheck(a, n) { if (!(a instanceof n)) throw new TypeError("Cannot call a class as a function"); }
function _defineProperties(e, r) { for (var t = 0; t < r.length; t++) { var o = r[t]; o.enumerable = o.enumerable || !1, o.configurable = !0, "value" in o && (o.writable = !0), Object.defineProperty(e, _toPropertyKey(o.key), o); } }
function _createClass(e, r, t) { return r && _defineProperties(e.prototype, r), t && _defineProperties(e, t), Object.defineProperty(e, "prototype", { writable: !1 }), e; }
function _toPropertyKey(t) { var i = _toPrimitive(t, "string"); return "symbol" == _typeof(i) ? i : i + ""; }
function _toPrimitive(t, r) { if ("object" != _typeof(t) || !t) return t; var e = t[Symbol.toPrimitive]; if (void 0 !== e) { var i = e.call(t, r || "default"); if ("object" != _typeof(i)) return i; throw new TypeError("@@toPrimitive must return a primitive value."); } return ("string" === r ? String : Number)(t); }
function _callSuper(t, o, e) { return o = _getPrototypeOf(o), _possibleConstructorReturn(t, _isNativeReflectConstruct() ? Reflect.construct(o, e || [], _getPrototypeOf(t).constructor) : o.apply(t, e)); }
function _possibleConstructorReturn(t, e) { if (e && ("object" == _typeof(e) || "function" == typeof e)) return e; if (void 0 !== e) throw new TypeError("Derived constructors may only return object or undefined"); return _assertThisInitialized(t); }
function _assertThisInitialized(e) { if (void 0 === e) throw new ReferenceError("this hasn't been initialised - super() hasn't been called"); return e; }
function _isNativeReflectConstruct() { try { var t = !Boolean.prototype.valueOf.call(Reflect.construct(Boolean, [], function () {})); } catch (t) {} return (_isNativeReflectConstruct = function _isNativeReflectConstruct() { return !!t; })(); }
function _getPrototypeOf(t) { return _getPrototypeOf = Object.setPrototypeOf ? Object.getPrototypeOf.bind() : function (t) { return t.__proto__ || Object.getPrototypeOf(t); }, _getPrototypeOf(t); }
function _inherits(t, e) { if ("function" != typeof e && null !== e) throw new TypeError("Super expression must either be null or a function"); t.prototype = Object.create(e && e.prototype, { constructor: { value: t, writable: !0, configurable: !0 } }), Object.defineProperty(t, "prototype", { writable: !1 }), e && _setPrototypeOf(t, e); }
function _setPrototypeOf(t, e) { return _setPrototypeOf = Object.setPrototypeOf ? Object.setPrototypeOf.bind() : function (t, e) { return t.__proto__ = e, t; }, _setPrototypeOf(t, e); }
function _slicedToArray(r, e) { return _arrayWithHoles(r) || _nonIterableRest(); }
function _nonIterableRest() { throw new TypeError("Invalid attempt to destructure non-iterable instance."); }
function _arrayWithHoles(r) { if (Array.isArray(r)) return r; }
var Solid = /*#__PURE__*/function () {
  function Solid(density) { _classCallCheck(this, Solid); this.density = density; }
  return _createClass(Solid, [{ key: "mass", get: function get() { return this.density * this.volume(); } }, { key: "volume", value: function volume() { return 0; } }], [{ key: "sum", value: function sum() { var total = 0; for (var _len = arguments.length, all = new Array(_len), _key = 0; _key < _len; _key++) { all[_key] = arguments[_key]; } all.forEach(function (s) { return total += s.mass; }); return total; } }]);
}();
var Cone = /*#__PURE__*/function (_Solid) {
  function Cone(r, h) { var _this; var density = arguments.length > 2 && arguments[2] !== undefined ? arguments[2] : _constants.DENSITY; _classCallCheck(this, Cone); _this = _callSuper(this, Cone, [density]); _this.r = r; _this.h = h; return _this; }
  _inherits(Cone, _Solid);
  return _createClass(Cone, [{ key: "volume", value: function volume() { return Math.PI * Math.pow(this.r, 2) * this.h / 3; } }]);
}(Solid);
//= volume(1.5, 2)
var volume = exports.volume = function volume(r, h) { return Solid.sum(new Cone(r, h), new Cone(h, r, 2)); };
//= lerp([1, 5], 0.3)
var lerp = exports.lerp = function lerp(_ref, t) { var _ref2 = _slicedToArray(_ref, 2), a = _ref2[0], b = _ref2[1]; return (0, _helpers["default"])(a, b, t) * _constants["default"].scale; };
//= default(2, 3)
var _default = exports["default"] = function _default(a, b) { return Math.pow(a, b); };
