import type { Case } from './cases.ts';

export const second: readonly Case[] = [
  ['right H', 'function f(x,y){return x*x*y+Math.sin(x*y)}', 1.3, 0.7],
  ['right H', 'function f(x){return x===0?1:Math.sin(x)/x}', 0],
  ['right H', 'function f(x,y){return x===0?y:Math.sin(x*y)/x}', 0, 1.3],
  ['refused H GL108', 'function f(x){return x*Math.abs(x)}', 0],
  ['right H', 'function f(x){return Math.max(0,x)**3}', 0],
  ['right H', 'function f(x){return Math.abs(x)**4}', 0],
  ['right H', 'function f(x,y){return Math.hypot(x,y)**2}', 0, 0],
  ['right H', 'function f(x,y){return Math.sqrt(x*x+y*y)**4}', 0, 0],
  ['refused H GL108', 'function f(x,y){return x===0&&y===0?0:x*y*(x*x-y*y)/(x*x+y*y)}', 0, 0],
  ['right H', 'function f(x){return x<=1?x*x:x*x}', 1],
  ['refused H GL108', 'function f(x){return x<=1?x*x:2*x-1}', 1],
  ['right H', 'function f(x,y){if(x%1===0)return x*x*y;return x*x*y}', 2, 3],
  [
    'right H',
    'function f(a){let x=a;for(let i=0;i<100;i++){const d=(x*x-a)/(2*x);x-=d;if(Math.abs(d)<1e-12)break}return x}',
    7.3,
  ],
  [
    'right H',
    'function f(M,e){let E=M;let d=1;while(Math.abs(d)>1e-12){d=(E-e*Math.sin(E)-M)/(1-e*Math.cos(E));E-=d}return E}',
    1.3,
    0.4,
  ],
  [
    'refused H GL115',
    'function f(a){let x=1;for(let i=0;i<400;i++){const n=(x+Math.cos(a*x))/2;const d=Math.abs(n-x);x=n;if(d<1e-8)break}return x}',
    1.1,
  ],
  [
    'refused H GL113',
    'function f(c){let l=0,h=10;for(let i=0;i<60;i++){const m=(l+h)/2;if(m*m<c)l=m;else h=m}return (l+h)/2}',
    2.2,
  ],
  ['right H', 'function f(x){let t=1,s=1;for(let n=1;Math.abs(t)>1e-17;n++){t*=x/n;s+=t}return s}', 1.7],
  [
    'right H',
    'function f(x,y){let s=0;for(const v of [x,y,x*y].sort((a,b)=>a-b))s=s*0.5+v*v;return s}',
    1.3,
    0.7,
  ],
  ['right H', 'function f(x,y){return Math.max(x,y)**2+Math.min(x,y)**2}', 1, 1],
  ['right', 'function f(x,y){if(Math.abs(x-y)<1e-12)return x*x*x;return (x**4-y**4)/(x-y)/4}', 2, 2],
  [
    'refused H GL115',
    'function f(c) { let a = -20, b = 20; const k = 0.6180339887498949, g = (s) => (s - c) ** 2 + 0.1 * s; for (let i = 0; i < 70; i++) { const p = b - k * (b - a), q = a + k * (b - a); if (g(p) < g(q)) b = q; else a = p; } return g((a + b) / 2); }',
    -0.9277919251471758,
  ],
];
