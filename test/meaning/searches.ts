// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the strings are programs
import type { Case } from './cases.ts';

export const searches: readonly Case[] = [
  [
    'refused GL113',
    'function bis(l,h,a,n){const m=(l+h)/2;if(n===0)return m;return m*m<a?bis(m,h,a,n-1):bis(l,m,a,n-1)} function f(a){return bis(0,10,a,60)}',
    7.3,
  ],
  [
    'refused GL113',
    'function bis(l,h,a){const m=(l+h)/2;if(h-l<1e-12)return m;return m*m<a?bis(m,h,a):bis(l,m,a)} function f(a){return bis(0,a,a)}',
    7.3,
  ],
  [
    'implicit',
    'function bisect(g,l,h){for(let i=0;i<60;i++){const m=(l+h)/2;if(g(m)>0)h=m;else l=m}return (l+h)/2} function f(a){return 3*bisect(x=>x**3-a,0,10)}',
    7.3,
  ],
  [
    'right',
    'function f(a){let l=0,h=10;for(let i=0;i<40;i++){const m=(l+h)/2;if(m*m<a)l=m;else h=m}let x=(l+h)/2;return x-(x*x-a)/(2*x)}',
    7.3,
  ],
  [
    'implicit',
    'function f(c){let l=0,h=10,m;do{m=(l+h)/2;const v=m*m-c;if(v===0)break;if(v>0)h=m;else l=m}while(h-l>1e-10);return m}',
    2,
  ],
  [
    'refused GL113',
    'function f(c){let l=0,h=8,m;for(let i=0;i<60;i++){m=(l+h)/2;const v=m*m-c;if(v===0)break;if(v>0)h=m;else l=m}return m}',
    4,
  ],
  [
    'refused GL113',
    'function f(c){let l=0,h=8,m;for(let i=0;i<60;i++){m=(l+h)/2;const v=m*m-c;if(v===0)return m;if(v>0)h=m;else l=m}return m}',
    4,
  ],
  ['refused GL113', 'function f(c){let l=0,h=8;while(h-l>1e-6){const m=(l+h)/2;m*m>c?h=m:l=m}return l}', 4.2],
  ['refused GL113', 'function f(c){let l=0,h=8;while(h-l>1e-3){const m=(l+h)/2;m*m>c?h=m:l=m}return l}', 4.2],
  [
    'implicit',
    'function f(c){let l=0,h=c;while(h-l>1e-9){const m=(l+h)/2;if(m*m>c)h=m;else l=m}return (l+h)/2}',
    4.2,
  ],
  [
    'implicit',
    'function f(c){let l=0,st=4;for(let i=0;i<60;i++){l+=((l+st)*(l+st)<=c)*st;st/=2}return l}',
    4.2,
  ],
  [
    'implicit',
    'function f(c){let x=1,st=1;for(let i=0;i<80;i++){const s=Math.sign(c-x*x);x+=s*st;st*=0.6}return x}',
    4.2,
  ],
  [
    'implicit',
    'function f(c){let l=-3,h=3;for(let i=0;i<80;i++){const a=l+(h-l)/3,b=h-(h-l)/3;const g=x=>(x-Math.sin(c))**2;if(g(a)<g(b))h=b;else l=a}return (l+h)/2}',
    1.2,
  ],
  [
    'implicit',
    'function f(c){let l=0,h=c;const K=(Math.sqrt(5)-1)/2;const g=x=>(x-Math.sqrt(c))**2;while(Math.abs(h-l)>1e-7){const a=h-K*(h-l),b=l+K*(h-l);if(g(a)<g(b))h=b;else l=a}return (l+h)/2}',
    2,
  ],
  [
    'implicit',
    'function f(c,k){let l=0,h=8;for(let i=0;i<60;i++){const m=(l+h)/2;if(m*m>c)h=m;else l=m}return l+1e4*k}',
    4.2,
    3.3,
  ],
  [
    'implicit',
    'function f(c,k){let l=0,h=8;for(let i=0;i<60;i++){const m=(l+h)/2;if(m*m>c)h=m;else l=m}return [l,k*k]}',
    4.2,
    3.3,
  ],
  [
    'refused GL113',
    'function f(c){let best=0,bv=Infinity;for(let i=0;i<=1000;i++){const x=i/100;const v=(x-c*c)**2;if(v<bv){bv=v;best=x}}return best}',
    1.5234,
  ],
  [
    'right',
    'const xs=[0,1,2,3,4,5],ys=[0,1,4,9,16,25];function f(x){let l=0,h=5;while(h-l>1){const m=(l+h)>>1;if(xs[m]>x)h=m;else l=m}const t=(x-xs[l])/(xs[h]-xs[l]);return ys[l]*(1-t)+ys[h]*t}',
    3.3,
  ],
  [
    'right',
    'const N=200;const xs=Array.from({length:N},(_,i)=>i/20),ys=xs.map(v=>Math.sin(v));function f(x){let l=0,h=N-1;while(h-l>1){const m=(l+h)>>1;if(xs[m]>x)h=m;else l=m}const t=(x-xs[l])/(xs[h]-xs[l]);return ys[l]*(1-t)+ys[h]*t}',
    3.3333,
  ],
  [
    'right',
    'const N=2000;const xs=Array.from({length:N},(_,i)=>i/200),ys=xs.map(v=>Math.sin(v));function f(x){let l=0,h=N-1;while(h-l>1){const m=(l+h)>>1;if(xs[m]>x)h=m;else l=m}const t=(x-xs[l])/(xs[h]-xs[l]);return ys[l]*(1-t)+ys[h]*t}',
    3.3333,
  ],
  [
    'refused GL115',
    'function f(a){let l=0,h=10;for(let i=0;i<10;i++){const m=(l+h)/2;if(m*m<a)l=m;else h=m}let x=(l+h)/2;return x-(x*x-a)/(2*x)}',
    7.3,
  ],
  [
    'refused GL115',
    'function f(a){let l=0,h=10;for(let i=0;i<12;i++){const m=(l+h)/2;if(m*m<a)l=m;else h=m}let x=(l+h)/2;return x-(x*x-a)/(2*x)}',
    7.3,
  ],
  [
    'right',
    'function f(a){let l=0,h=10;for(let i=0;i<30;i++){const m=(l+h)/2;if(m*m<a)l=m;else h=m}let x=(l+h)/2;return x-(x*x-a)/(2*x)}',
    7.3,
  ],
  [
    'refused GL115',
    'function f(a){let l=0,h=10;while(h-l>1e-2){const m=(l+h)/2;if(m*m<a)l=m;else h=m}let x=(l+h)/2;return x-(x*x-a)/(2*x)}',
    7.3,
  ],
  [
    'refused GL115',
    'function f(a){const g=x=>x*x-a;let l=0,h=10;for(let i=0;i<10;i++){const m=(l+h)/2;if(g(m)<0)l=m;else h=m}return l-g(l)*(h-l)/(g(h)-g(l))}',
    7.3,
  ],
  [
    'refused GL115',
    'function f(a){let l=0,h=a;for(let i=0;i<10;i++){const m=(l+h)/2;if(m*m<a)l=m;else h=m}let x=(l+h)/2;return x-(x*x-a)/(2*x)}',
    7.3,
  ],
  ['right', 'function f(a){let x=1;for(let i=0;i<20;i++){x=x-.1*(x*x-a);if(x<0)x=0}return x}', 1.7],
  [
    'right',
    'function f(a,b){let x=0,y=0;for(let i=0;i<30;i++){let gx=2*(x-a)+y,gy=2*(y-b)+x;x=Math.max(0,x-.2*gx);y=Math.max(0,y-.2*gy)}return x+3*y}',
    1.2,
    0.9,
  ],
  [
    'refused GL113',
    'function f(a){let best=0,bc=Infinity;for(let g=0;g<=4;g+=0.1){const c=(g*g-a)**2;if(c<bc){bc=c;best=g}}return best*a}',
    7.3,
  ],
  [
    'refused GL113',
    'function f(a){let best=0,bc=Infinity;for(let i=0;i<200;i++){const g=i/50;const c=Math.abs(g*g-a);if(c<bc){bc=c;best=g}}return best+3*a}',
    7.3,
  ],
  [
    'refused GL115',
    'function f(x,p,q){const X=t=>3*p*t*(1-t)**2+3*q*t*t*(1-t)+t**3,Y=t=>3*.1*t*(1-t)**2+3*1*t*t*(1-t)+t**3;let l=0,h=1,t=x;for(let i=0;i<20;i++){const e=X(t)-x;if(Math.abs(e)<1e-6)break;if(e>0)h=t;else l=t;t=(l+h)/2}return Y(t)}',
    0.3,
    0.25,
    0.75,
  ],
  [
    'right',
    'function f(x,p,q){const A=(a,b,t)=>((1-3*b+3*a)*t+(3*b-6*a))*t*t+3*a*t;const sl=(a,b,t)=>3*(1-3*b+3*a)*t*t+2*(3*b-6*a)*t+3*a;const s=[];for(let i=0;i<11;i++)s[i]=A(p,q,i*.1);let k=1,st=0;for(;k!==10&&s[k]<=x;++k)st+=.1;--k;let t=st+(x-s[k])/(s[k+1]-s[k])*.1;if(sl(p,q,t)>=.001)for(let i=0;i<4;i++){const c=sl(p,q,t);if(c===0)return A(.1,1,t);t-=(A(p,q,t)-x)/c}return A(.1,1,t)}',
    0.3,
    0.25,
    0.75,
  ],
  [
    'right',
    'function f(L,k){let lo=0,hi=5;const end=v=>{let y=0,u=v;for(let i=0;i<50;i++){u+=-k*y*.02;y+=u*.02}return y-L};for(let i=0;i<8;i++){const m=(lo+hi)/2;if(end(m)>0)hi=m;else lo=m}const a=end(lo),b=end(hi);return lo-a*(hi-lo)/(b-a)}',
    0.8,
    1.3,
  ],
];
