// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the strings are programs
import type { Case } from './cases.ts';

export const state: readonly Case[] = [
  ['right', 'const v=[0,0,0];function f(x,y){v[0]=x;v[1]=y;v[2]=v[0]*v[1];return v[2]+v[0]}', 2, 3],
  [
    'right',
    'let t;function tab(){if(!t){t=[];for(let i=0;i<5;i++)t.push(i*i)}return t} function f(x){return tab()[2]*x*x}',
    2,
  ],
  ['right', 'let last=0;function f(x){last=x*x;return last+x}', 2],
  ['right', 'const t={};function f(x){t.a=x*x;t.b=t.a+1;return t.b*t.a}', 2],
  ['told GL110', 'let n=0;function f(x){n++;return n*x}', 2],
  ['told GL110', 'let last=0;function f(x){const r=x*(last+1);last=x;return r}', 2],
  [
    'right',
    'let last;function f(x){let y=last===undefined?x:last;for(let i=0;i<60;i++){const n=(y+x/y)/2;if(Math.abs(n-y)<1e-14)break;y=n}last=y;return y}',
    7.3,
  ],
  [
    'told GL110',
    'class A{constructor(){this.s=0}add(x){this.s+=x;return this.s*x}};const a=new A();function f(x){return a.add(x)}',
    2,
  ],
  ['told GL110', 'const f=(()=>{let p=0;return x=>{const r=x+0.5*p;p=x;return r}})()', 2],
  [
    'right',
    'const buf=new Float64Array(3);function f(x,y){buf[0]=x;buf[1]=y;buf[2]=x*y;let s=0;for(let i=0;i<3;i++)s+=buf[i]*buf[i];return s}',
    2,
    3,
  ],
  ['told GL110', 'const buf=[0,0];function f(x){buf[0]+=x;return buf[0]*buf[0]}', 2],
  // Results kept under the text of the arguments.
  [
    'right',
    'const kept=new Map();function f(x,y){const k=`${x},${y}`;if(!kept.has(k))kept.set(k,Math.sin(x)*y);return kept.get(k)*x}',
    2,
    3,
  ],
  [
    'right',
    'function f(a){const seen=new Set(),k=a.join(",");if(seen.has(k))return 0;seen.add(k);return a[0]*a[1]**2}',
    [2, 3],
  ],
  [
    'right',
    'function f(a){const m=new Map();for(const v of a){const k=v.toFixed(1);m.set(k,(m.get(k)??0)+v*v)}return [...m.values()].reduce((p,q)=>p+q*q,0)}',
    [1.31, 1.32, 2.5],
  ],
  ['refused GL111', 'function f(x){const m=new Map([[`${x}`,1]]);return Number([...m.keys()][0])**2}', 2.5],
  ['refused GL111', 'function f(x){return new Set([x,2*x,x*x].map(String)).size*x}', 2],
  ['refused GL111', 'function f(x){const m=new Map([["2",5]]);return (m.get(`${x}`)??0)+x*x}', 2],
];
