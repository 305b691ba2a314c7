"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.default = exports.DENSITY = void 0;
var DENSITY = exports.DENSITY = 7.8;
var _default = exports.default = { scale: 2.5 };
