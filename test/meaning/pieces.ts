// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the strings are programs
import type { Case } from './cases.ts';

export const pieces: readonly Case[] = [
  [
    'right',
    'function f(lat1,lon1,lat2,lon2){const a=6378137,b=6356752.314245,F=1/298.257223563;const rad=Math.PI/180;const L=(lon2-lon1)*rad;const U1=Math.atan((1-F)*Math.tan(lat1*rad)),U2=Math.atan((1-F)*Math.tan(lat2*rad));const sU1=Math.sin(U1),cU1=Math.cos(U1),sU2=Math.sin(U2),cU2=Math.cos(U2);let lam=L,lp,it=100,cs,ss,sig,c2,c2m;do{const sl=Math.sin(lam),cl=Math.cos(lam);ss=Math.sqrt((cU2*sl)*(cU2*sl)+(cU1*sU2-sU1*cU2*cl)*(cU1*sU2-sU1*cU2*cl));if(ss===0)return 0;cs=sU1*sU2+cU1*cU2*cl;sig=Math.atan2(ss,cs);const sa=cU1*cU2*sl/ss;c2=1-sa*sa;c2m=cs-2*sU1*sU2/c2;if(isNaN(c2m))c2m=0;const C=F/16*c2*(4+F*(4-3*c2));lp=lam;lam=L+(1-C)*F*sa*(sig+C*ss*(c2m+C*cs*(-1+2*c2m*c2m)))}while(Math.abs(lam-lp)>1e-12&&--it>0);if(it===0)return NaN;const u2=c2*(a*a-b*b)/(b*b);const A=1+u2/16384*(4096+u2*(-768+u2*(320-175*u2)));const B=u2/1024*(256+u2*(-128+u2*(74-47*u2)));const ds=B*ss*(c2m+B/4*(cs*(-1+2*c2m*c2m)-B/6*c2m*(-3+4*ss*ss)*(-3+4*c2m*c2m)));return b*A*(sig-ds)}',
    50.1,
    3.2,
    -12.3,
    60.5,
  ],
  [
    'refused GL115',
    'function f(a){let x=1;const xs=[x];for(let i=0;i<100;i++){xs.push((xs[i]+Math.cos(a*xs[i]))/2);if(Math.abs(xs[i+1]-xs[i])<1e-4)break}return xs[xs.length-1]}',
    1.1,
  ],
  [
    'right',
    'const xs=[0,1,2,3,4,5],ys=[0,1,4,9,16,25];function f(x){let i=xs.findIndex(v=>v>x);const t=(x-xs[i-1])/(xs[i]-xs[i-1]);return ys[i-1]*(1-t)+ys[i]*t}',
    3.3,
  ],
  ['right', 'function f(x){while(x>2*Math.PI)x-=2*Math.PI;return Math.sin(x)*x}', 17.3],
  ['right', 'function f(lon){while(lon>180)lon-=360;while(lon<-180)lon+=360;return lon*lon}', 1000.5],
  ['right', 'function f(x){let n=0;while(x>=1){x/=2;n++}while(x<0.5){x*=2;n--}return n+x*x}', 17.3],
  [
    'right',
    'function f(x){let r=1;while(x<7){r*=x;x++}const z=1/(x*x);return Math.exp((x-0.5)*Math.log(x)-x+0.91893853320467274178+(1/12-z/360*(1-z*2/7))/x)/r}',
    1.3,
  ],
  [
    'right',
    'function f(x){let r=1;while(x>2){x-=1;r*=x}while(x<1){r/=x;x+=1}return r*(1+(x-1)*(x-2)*0.4)}',
    4.7,
  ],
  [
    'right',
    'function f(v,g){let y=0,t=0;const dt=0.01;let n=0;while(n<50){y+=v*dt;v-=g*dt;if(y<0){y=-y;v=-v*0.9}t+=dt;n++}return y}',
    1.5,
    9.8,
  ],
  [
    'right',
    'function f(v){let y=10,t=0;while(y>0){const dt=0.05;const yn=y+v*dt;const vn=v-9.8*dt;if(yn<=0){const s=y/(y-yn);return t+s*dt}y=yn;v=vn;t+=dt}return t}',
    3.17,
  ],
  // Extrema, of which differences to both sides are 0 exactly; sums whose slopes cancel but for rounding.
  ['right', 'function f(a,b){let s=0;for(const v of [a,b]){if(v>0)s+=v*v}return a/s}', 1, 1],
  [
    'right',
    'function f(x){let s=0;for(let i=0;i<40;i++){if(s>1e300)break;s+=Math.sin(x)/40}return s-Math.sin(x)}',
    0.7,
  ],
  [
    'implicit',
    'function f(a){const c=(a-1)**2+4;let l=0,h=10;for(let i=0;i<60;i++){const m=(l+h)/2;if(m*m<c)l=m;else h=m}return l}',
    1.00001,
  ],
];
