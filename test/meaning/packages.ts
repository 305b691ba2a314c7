import type { Case } from './cases.ts';

export const packages: readonly Case[] = [
  [
    'right',
    'function G(a){if(a<0.5)return Math.PI/(Math.sin(Math.PI*a)*G(1-a));a-=1;const c=[0.99999999999980993,676.5203681218851,-1259.1392167224028,771.32342877765313,-176.61502916214059,12.507343278686905,-0.13857109526572012,9.9843695780195716e-6,1.5056327351493116e-7];let s=c[0];const t=a+7.5;for(let i=1;i<9;i++)s+=c[i]/(a+i);return Math.sqrt(2*Math.PI)*t**(a+0.5)*Math.exp(-t)*s}\nfunction P(a,x){let t=1/a,s=t;for(let n=1;Math.abs(t)>1e-17*s;n++){t*=x/(a+n);s+=t}return s*Math.exp(-x+a*Math.log(x))/G(a)}\nfunction f(x,a){const fa=Math.floor(a);const isInt=fa===a;const half=isInt?false:Math.abs(fa-a)===0.5;let m;if(isInt&&x>0.6)m=0;else if(half&&x>0.2)m=1;else m=2;switch(m){case 0:{let t=Math.exp(-x),s=t;for(let n=1;n<a;++n){t*=x/n;s+=t}return 1-s}case 1:{let s=P(a,x);return s}case 2:return P(a,x)}}',
    2.1,
    2.3,
  ],
  [
    'right',
    'function G(a){if(a<0.5)return Math.PI/(Math.sin(Math.PI*a)*G(1-a));a-=1;const c=[0.99999999999980993,676.5203681218851,-1259.1392167224028,771.32342877765313,-176.61502916214059,12.507343278686905,-0.13857109526572012,9.9843695780195716e-6,1.5056327351493116e-7];let s=c[0];const t=a+7.5;for(let i=1;i<9;i++)s+=c[i]/(a+i);return Math.sqrt(2*Math.PI)*t**(a+0.5)*Math.exp(-t)*s}\nfunction P(a,x){let t=1/a,s=t;for(let n=1;Math.abs(t)>1e-17*s;n++){t*=x/(a+n);s+=t}return s*Math.exp(-x+a*Math.log(x))/G(a)}\nfunction f(x,a){const fa=Math.floor(a);const isInt=fa===a;const half=isInt?false:Math.abs(fa-a)===0.5;let m;if(isInt&&x>0.6)m=0;else if(half&&x>0.2)m=1;else m=2;switch(m){case 0:{let t=Math.exp(-x),s=t;for(let n=1;n<a;++n){t*=x/n;s+=t}return 1-s}case 1:{let s=P(a,x);return s}case 2:return P(a,x)}}',
    6,
    2,
  ],
  [
    'right',
    'function G(a){if(a<0.5)return Math.PI/(Math.sin(Math.PI*a)*G(1-a));a-=1;const c=[0.99999999999980993,676.5203681218851,-1259.1392167224028,771.32342877765313,-176.61502916214059,12.507343278686905,-0.13857109526572012,9.9843695780195716e-6,1.5056327351493116e-7];let s=c[0];const t=a+7.5;for(let i=1;i<9;i++)s+=c[i]/(a+i);return Math.sqrt(2*Math.PI)*t**(a+0.5)*Math.exp(-t)*s}\nfunction P(a,x){let t=1/a,s=t;for(let n=1;Math.abs(t)>1e-17*s;n++){t*=x/(a+n);s+=t}return s*Math.exp(-x+a*Math.log(x))/G(a)}\nfunction f(x,a){const fa=Math.floor(a);const isInt=fa===a;const half=isInt?false:Math.abs(fa-a)===0.5;let m;if(isInt&&x>0.6)m=0;else if(half&&x>0.2)m=1;else m=2;switch(m){case 0:{let t=Math.exp(-x),s=t;for(let n=1;n<a;++n){t*=x/n;s+=t}return 1-s}case 1:{let s=P(a,x);return s}case 2:return P(a,x)}}',
    1.5,
    2.5,
  ],
  [
    'right',
    'function G(a){if(a<0.5)return Math.PI/(Math.sin(Math.PI*a)*G(1-a));a-=1;const c=[0.99999999999980993,676.5203681218851,-1259.1392167224028,771.32342877765313,-176.61502916214059,12.507343278686905,-0.13857109526572012,9.9843695780195716e-6,1.5056327351493116e-7];let s=c[0];const t=a+7.5;for(let i=1;i<9;i++)s+=c[i]/(a+i);return Math.sqrt(2*Math.PI)*t**(a+0.5)*Math.exp(-t)*s}\nfunction P(a,x){let t=1/a,s=t;for(let n=1;Math.abs(t)>1e-17*s;n++){t*=x/(a+n);s+=t}return s*Math.exp(-x+a*Math.log(x))/G(a)}\nfunction f(x,a){const fa=Math.floor(a);const isInt=fa===a;const half=isInt?false:Math.abs(fa-a)===0.5;let m;if(isInt&&x>0.6)m=0;else if(half&&x>0.2)m=1;else m=2;switch(m){case 0:{let t=Math.exp(-x),s=t;for(let n=1;n<a;++n){t*=x/n;s+=t}return 1-s}case 1:{let s=P(a,x);return s}case 2:return P(a,x)}}',
    3.3,
    4,
  ],
  [
    'right',
    'function f(t){const x=Math.cos(t),y=Math.sin(t);const n=Math.sqrt(x*x+y*y);if(n===1)return x*y;return x*y/(n*n)}',
    0.7,
  ],
  [
    'right',
    'function f(a,b,c){const p=[x=>0];let s=0,lo=0;for(const v of [a,b,c]){const t=s+v;lo=v-(t-s);if(lo)s=t+lo;else s=t}return s}',
    1,
    2,
    3,
  ],
];
