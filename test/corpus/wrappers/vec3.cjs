const { Vec3 } = require('vec3');

exports.unit = (x, y, z) => new Vec3(x, y, z).normalize().toArray();
exports.between = (x, y, z, u, v, w) => new Vec3(x, y, z).distanceTo(new Vec3(u, v, w));
exports.turned = function turned(x, y, z, u, v, w) {
  const cross = new Vec3(x, y, z).cross(new Vec3(u, v, w));
  return [cross.x, cross.y, cross.z, cross.norm()];
};
