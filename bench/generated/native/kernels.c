/* The best gradients that we can write by hand in C, and the functions: what generated JavaScript is held against. */
#define ROS_N 1000
#define GD 10
#define GK 25
#define GI 55      /* d + d(d-1)/2 */
#define GNMAX 1000
#define GP (GK + GK*GD + GK*GI)   /* 1650 parameters */
#define MI 32
#define MH 64
#define MP (MH*MI+MH+MH*MH+MH+MH+1)
#define MBMAX 32
#define RKN 1000
#include <math.h>
#define NI __attribute__((noinline))
/* a */
NI double p_scal(const double*x){return x[0]*x[1]+sin(x[0]);}
NI double g_scal(const double*x,double*g){double a=x[0],b=x[1];g[0]=b+cos(a);g[1]=a;return a*b+sin(a);}
/* b */
NI double p_ros(const double*x,int n){double s=0;for(int i=0;i<n-1;i++){double t=x[i+1]-x[i]*x[i],u=1-x[i];s+=100*t*t+u*u;}return s;}
NI double g_ros(const double*restrict x,int n,double*restrict g){
  double s=0;
  {double t=x[1]-x[0]*x[0],u=1-x[0];s=100*t*t+u*u;g[0]=-400*t*x[0]-2*u;}
  for(int i=1;i<n-1;i++){double t=x[i+1]-x[i]*x[i],u=1-x[i],tp=x[i]-x[i-1]*x[i-1];s+=100*t*t+u*u;g[i]=200*tp-400*t*x[i]-2*u;}
  g[n-1]=200*(x[n-1]-x[n-2]*x[n-2]);
  return s;}
/* c: ADBench GMM. params: alphas[K], means[K*D], icf[K*55] (q[10], L[45] column major) */
#define GAMMA 1.0
#define WM 0
static double log_gamma_distrib(double a,int p){double out=0.25*p*(p-1)*1.1447298858494002; /* log(pi) */
  for(int j=1;j<=p;j++)
   out+=lgamma(a+0.5*(1-j));
  return out;}
static double lgcache;static int lgdone;
static double LGD(void){ if(!lgdone){lgcache=log_gamma_distrib(0.5*(GD+WM+1),GD);lgdone=1;} return lgcache;}
static double lse(const double*v,int n){double m=v[0];for(int i=1;i<n;i++)if(v[i]>m)m=v[i];double s=0;for(int i=0;i<n;i++)s+=exp(v[i]-m);return log(s)+m;}
NI double p_gmm(const double*P,const double*X,int n){
  const double*al=P,*mu=P+GK,*icf=P+GK+GK*GD; static double Qd[GK*GD],sq[GK]; double mt[GK];
  for(int k=0;k<GK;k++){double s=0;for(int j=0;j<GD;j++){double q=icf[k*GI+j];s+=q;Qd[k*GD+j]=exp(q);}sq[k]=s;}
  double slse=0;
  for(int i=0;i<n;i++){const double*x=X+i*GD;
    for(int k=0;k<GK;k++){double xc[GD],Qx[GD];
      for(int j=0;j<GD;j++){xc[j]=x[j]-mu[k*GD+j];Qx[j]=Qd[k*GD+j]*xc[j];}
      const double*L=icf+k*GI+GD;
      for(int c=0;c<GD;c++){double v=xc[c];for(int r=c+1;r<GD;r++)Qx[r]+=*L++*v;}
      double s=0;for(int j=0;j<GD;j++)s+=Qx[j]*Qx[j];
      mt[k]=al[k]+sq[k]-0.5*s;}
    slse+=lse(mt,GK);}
  double fro=0,sqs=0;for(int k=0;k<GK;k++){for(int j=0;j<GD;j++)fro+=Qd[k*GD+j]*Qd[k*GD+j];for(int j=GD;j<GI;j++)fro+=icf[k*GI+j]*icf[k*GI+j];sqs+=sq[k];}
  double C=(GD+WM+1)*GD*(0.0-0.5*0.6931471805599453)-LGD();
  return -n*GD*0.5*1.8378770664093453+slse-n*lse(al,GK)+0.5*GAMMA*GAMMA*fro-WM*sqs-GK*C;}
NI double g_gmm(const double*restrict P,const double*restrict X,int n,double*restrict G){
  const double*al=P,*mu=P+GK,*icf=P+GK+GK*GD; double*ga=G,*gm=G+GK,*gi=G+GK+GK*GD;
  static double Qd[GK*GD],sq[GK],Qx[GK*GD],XC[GK*GD]; double mt[GK];
  for(int i=0;i<GP;i++)G[i]=0;
  for(int k=0;k<GK;k++){double s=0;for(int j=0;j<GD;j++){double q=icf[k*GI+j];s+=q;Qd[k*GD+j]=exp(q);}sq[k]=s;}
  double slse=0;
  for(int i=0;i<n;i++){const double*x=X+i*GD; double m=-1e300;
    for(int k=0;k<GK;k++){double*restrict xc=XC+k*GD,*restrict q=Qx+k*GD;
      for(int j=0;j<GD;j++){xc[j]=x[j]-mu[k*GD+j];q[j]=Qd[k*GD+j]*xc[j];}
      const double*L=icf+k*GI+GD;
      for(int c=0;c<GD;c++){double v=xc[c];for(int r=c+1;r<GD;r++)q[r]+=*L++*v;}
      double s=0;for(int j=0;j<GD;j++)s+=q[j]*q[j];
      double t=al[k]+sq[k]-0.5*s; mt[k]=t; if(t>m)m=t;}
    double s=0;for(int k=0;k<GK;k++){double e=exp(mt[k]-m);mt[k]=e;s+=e;}
    slse+=log(s)+m; double inv=1/s;
    for(int k=0;k<GK;k++){double w=mt[k]*inv; const double*restrict xc=XC+k*GD,*restrict q=Qx+k*GD;
      double*restrict gI=gi+k*GI,*restrict gL=gI+GD,*restrict gM=gm+k*GD; const double*L=icf+k*GI+GD;
      ga[k]+=w;
      for(int c=0;c<GD;c++){double t=Qd[k*GD+c]*q[c]; gI[c]+=w*(1-t*xc[c]); double v=w*xc[c];
        for(int r=c+1;r<GD;r++){t+=*L++*q[r];*gL++-=v*q[r];}
        gM[c]+=w*t;}}
  }
  double fro=0,sqs=0;for(int k=0;k<GK;k++){for(int j=0;j<GD;j++){double q=Qd[k*GD+j];fro+=q*q;gi[k*GI+j]+=GAMMA*GAMMA*q*q-WM;}for(int j=GD;j<GI;j++){double l=icf[k*GI+j];fro+=l*l;gi[k*GI+j]+=GAMMA*GAMMA*l;}sqs+=sq[k];}
  double la=lse(al,GK);for(int k=0;k<GK;k++)ga[k]-=n*exp(al[k]-la);
  double C=(GD+WM+1)*GD*(0.0-0.5*0.6931471805599453)-LGD();
  return -n*GD*0.5*1.8378770664093453+slse-n*la+0.5*GAMMA*GAMMA*fro-WM*sqs-GK*C;}
/* d: BA reprojection. x = rot3 C3 f x0_2 rad2 X3 w */
NI void p_ba(const double*x,const double*feat,double*e){
  double r0=x[0],r1=x[1],r2=x[2],X=x[11]-x[3],Y=x[12]-x[4],Z=x[13]-x[5],a,b,c;
  double t2=r0*r0+r1*r1+r2*r2;
  if(t2!=0){double t=sqrt(t2),cs=cos(t),sn=sin(t),ti=1/t,w0=r0*ti,w1=r1*ti,w2=r2*ti,tm=(w0*X+w1*Y+w2*Z)*(1-cs);
    a=X*cs+(w1*Z-w2*Y)*sn+w0*tm;b=Y*cs+(w2*X-w0*Z)*sn+w1*tm;c=Z*cs+(w0*Y-w1*X)*sn+w2*tm;}
  else{a=X+r1*Z-r2*Y;b=Y+r2*X-r0*Z;c=Z+r0*Y-r1*X;}
  double p=a/c,q=b/c,rs=p*p+q*q,L=1+x[9]*rs+x[10]*rs*rs;
  e[0]=x[14]*(p*L*x[6]+x[7]-feat[0]);e[1]=x[14]*(q*L*x[6]+x[8]-feat[1]);}
NI void g_ba(const double*restrict x,const double*restrict feat,double*restrict e,double*restrict J){
  double r0=x[0],r1=x[1],r2=x[2],X=x[11]-x[3],Y=x[12]-x[4],Z=x[13]-x[5],f=x[6],wt=x[14];
  double t2=r0*r0+r1*r1+r2*r2,t=sqrt(t2),cs=cos(t),sn=sin(t),ti=1/t,w0=r0*ti,w1=r1*ti,w2=r2*ti,oc=1-cs,i2=ti*ti;
  double R00=cs+w0*w0*oc,R01=w0*w1*oc-w2*sn,R02=w0*w2*oc+w1*sn,R10=w0*w1*oc+w2*sn,R11=cs+w1*w1*oc,R12=w1*w2*oc-w0*sn,R20=w0*w2*oc-w1*sn,R21=w1*w2*oc+w0*sn,R22=cs+w2*w2*oc;
  double a=R00*X+R01*Y+R02*Z,b=R10*X+R11*Y+R12*Z,c=R20*X+R21*Y+R22*Z;
  double ic=1/c,p=a*ic,q=b*ic,rs=p*p+q*q,L=1+x[9]*rs+x[10]*rs*rs,dl=2*x[9]+4*x[10]*rs,wf=wt*f;
  double d00=wf*(L+dl*p*p),d01=wf*dl*p*q,d11=wf*(L+dl*q*q);
  double e0=p*L*f+x[7]-feat[0],e1=q*L*f+x[8]-feat[1];e[0]=wt*e0;e[1]=wt*e1;
  for(int o=0;o<2;o++){double A0=(o?d01:d00)*ic,A1=(o?d11:d01)*ic,A2=-(A0*p+A1*q);
    double b0=A0*R00+A1*R10+A2*R20,b1=A0*R01+A1*R11+A2*R21,b2=A0*R02+A1*R12+A2*R22;
    double*j=J+o*15; j[11]=b0;j[12]=b1;j[13]=b2;j[3]=-b0;j[4]=-b1;j[5]=-b2;
    double u0=Y*b2-Z*b1,u1=Z*b0-X*b2,u2=X*b1-Y*b0,ur=u0*r0+u1*r1+u2*r2;
    double y0=R00*u0+R01*u1+R02*u2-u0,y1=R10*u0+R11*u1+R12*u2-u1,y2=R20*u0+R21*u1+R22*u2-u2;
    j[0]=(ur*r0+y1*r2-y2*r1)*i2;j[1]=(ur*r1+y2*r0-y0*r2)*i2;j[2]=(ur*r2+y0*r1-y1*r0)*i2;
    double pp=o?q:p; j[6]=wt*L*pp;j[7]=o?0:wt;j[8]=o?wt:0;double z=wf*pp*rs;j[9]=z;j[10]=z*rs;j[14]=o?e1:e0;}}
/* e: MLP */
NI double p_mlp(const double*P,const double*X,const double*T,int B){
  const double*W1=P,*b1=W1+MH*MI,*W2=b1+MH,*b2=W2+MH*MH,*W3=b2+MH,*b3=W3+MH;double h1[MH],h2[MH],s=0;
  for(int n=0;n<B;n++){const double*x=X+n*MI;
    for(int j=0;j<MH;j++){double z=b1[j];for(int i=0;i<MI;i++)z+=W1[j*MI+i]*x[i];h1[j]=tanh(z);}
    for(int j=0;j<MH;j++){double z=b2[j];for(int i=0;i<MH;i++)z+=W2[j*MH+i]*h1[i];h2[j]=tanh(z);}
    double y=b3[0];for(int i=0;i<MH;i++)y+=W3[i]*h2[i]; double d=y-T[n];s+=d*d;}
  return s/B;}
NI double g_mlp(const double*restrict P,const double*restrict X,const double*restrict T,int B,double*restrict G){
  const double*W1=P,*b1=W1+MH*MI,*W2=b1+MH,*b2=W2+MH*MH,*W3=b2+MH,*b3=W3+MH;double h1[MH],h2[MH],d1[MH],s=0;
  double*gW1=G,*gb1=gW1+MH*MI,*gW2=gb1+MH,*gb2=gW2+MH*MH,*gW3=gb2+MH,*gb3=gW3+MH;
  for(int i=0;i<MP;i++)G[i]=0;
  for(int n=0;n<B;n++){const double*x=X+n*MI;
    for(int j=0;j<MH;j++){double z=b1[j];for(int i=0;i<MI;i++)z+=W1[j*MI+i]*x[i];h1[j]=tanh(z);d1[j]=0;}
    for(int j=0;j<MH;j++){double z=b2[j];for(int i=0;i<MH;i++)z+=W2[j*MH+i]*h1[i];h2[j]=tanh(z);}
    double y=b3[0];for(int i=0;i<MH;i++)y+=W3[i]*h2[i]; double d=y-T[n];s+=d*d; double dy=2*d/B;
    gb3[0]+=dy;
    for(int j=0;j<MH;j++){double h=h2[j];gW3[j]+=dy*h;double dz=dy*W3[j]*(1-h*h);gb2[j]+=dz;
      for(int i=0;i<MH;i++){gW2[j*MH+i]+=dz*h1[i];d1[i]+=dz*W2[j*MH+i];}}
    for(int j=0;j<MH;j++){double dz=d1[j]*(1-h1[j]*h1[j]);gb1[j]+=dz;for(int i=0;i<MI;i++)gW1[j*MI+i]+=dz*x[i];}
  }
  return s/B;}
/* f: pendulum th''=-k sin th - c om; x = th0, om0, k, c ; J = th(T)^2 + om(T)^2 ; T=10, h=0.01 */
#define H 0.01
NI double p_rk(const double*x){double th=x[0],om=x[1],k=x[2],c=x[3];
  for(int i=0;i<RKN;i++){
    double a1=om,b1=-k*sin(th)-c*om;
    double o2=om+0.5*H*b1,a2=o2,b2=-k*sin(th+0.5*H*a1)-c*o2;
    double o3=om+0.5*H*b2,a3=o3,b3=-k*sin(th+0.5*H*a2)-c*o3;
    double o4=om+H*b3,a4=o4,b4=-k*sin(th+H*a3)-c*o4;
    th+=H/6*(a1+2*a2+2*a3+a4);om+=H/6*(b1+2*b2+2*b3+b4);}
  return th*th+om*om;}
void sincos(double,double*,double*);
#define SINCOS(x,s,c) sincos(x,&s,&c)
NI double g_rk(const double*restrict x,double*restrict g){static double S[RKN*4],C[RKN*4],O[RKN*4];
  double th=x[0],om=x[1],k=x[2],c=x[3];
  for(int i=0;i<RKN;i++){double*s=S+4*i,*q=C+4*i,*o=O+4*i;
    SINCOS(th,s[0],q[0]);o[0]=om;double b1=-k*s[0]-c*om;
    double o2=om+0.5*H*b1;o[1]=o2;SINCOS(th+0.5*H*om,s[1],q[1]);double b2=-k*s[1]-c*o2;
    double o3=om+0.5*H*b2;o[2]=o3;SINCOS(th+0.5*H*o2,s[2],q[2]);double b3=-k*s[2]-c*o3;
    double o4=om+H*b3;o[3]=o4;SINCOS(th+H*o3,s[3],q[3]);double b4=-k*s[3]-c*o4;
    th+=H/6*(om+2*o2+2*o3+o4);om+=H/6*(b1+2*b2+2*b3+b4);}
  double f=th*th+om*om,dt=2*th,dm=2*om,gk=0,gc=0;
  for(int i=RKN-1;i>=0;i--){double*s=S+4*i,*q=C+4*i,*o=O+4*i;
    double at=H/6*dt,ab=H/6*dm; /* adj of o1..o4 (a's) = at*{1,2,2,1}, adj b's = ab*{1,2,2,1} */
    double bo1=at,bo2=2*at,bo3=2*at,bo4=at,bb1=ab,bb2=2*ab,bb3=2*ab,bb4=ab,nt=dt,no=dm;
    gk-=bb4*s[3];gc-=bb4*o[3];bo4-=c*bb4;double z=-k*q[3]*bb4;nt+=z;bo3+=H*z; no+=bo4;bb3+=H*bo4;
    gk-=bb3*s[2];gc-=bb3*o[2];bo3-=c*bb3;z=-k*q[2]*bb3;nt+=z;bo2+=0.5*H*z; no+=bo3;bb2+=0.5*H*bo3;
    gk-=bb2*s[1];gc-=bb2*o[1];bo2-=c*bb2;z=-k*q[1]*bb2;nt+=z;bo1+=0.5*H*z; no+=bo2;bb1+=0.5*H*bo2;
    gk-=bb1*s[0];gc-=bb1*o[0];bo1-=c*bb1;z=-k*q[0]*bb1;nt+=z; no+=bo1;
    dt=nt;dm=no;}
  g[0]=dt;g[1]=dm;g[2]=gk;g[3]=gc;return f;}
/* g: Black-Scholes call with A&S 26.2.17 cnd; x=S,K,r,v,T */
static inline double cnd(double d){double a=fabs(d),k=1/(1+0.2316419*a),p=k*(0.319381530+k*(-0.356563782+k*(1.781477937+k*(-1.821255978+k*1.330274429))));
  double n=1-0.39894228040143267794*exp(-0.5*a*a)*p;return d<0?1-n:n;}
NI double p_bs(const double*x){double S=x[0],K=x[1],r=x[2],v=x[3],T=x[4],sT=v*sqrt(T),d1=(log(S/K)+(r+0.5*v*v)*T)/sT,d2=d1-sT;
  return S*cnd(d1)-K*exp(-r*T)*cnd(d2);}
/* derivative of the approximation itself (what AD gives), not the ideal pdf */
static inline double cndg(double d,double*dn){double a=fabs(d),k=1/(1+0.2316419*a),p=k*(0.319381530+k*(-0.356563782+k*(1.781477937+k*(-1.821255978+k*1.330274429))));
  double pd=0.319381530+k*(2*-0.356563782+k*(3*1.781477937+k*(4*-1.821255978+k*5*1.330274429)));
  double E=0.39894228040143267794*exp(-0.5*a*a),n=1-E*p; *dn=E*(a*p+0.2316419*k*k*pd); return d<0?1-n:n;}
NI double g_bs(const double*restrict x,double*restrict g){double S=x[0],K=x[1],r=x[2],v=x[3],T=x[4],rt=sqrt(T),sT=v*rt,is=1/sT,d1=(log(S/K)+(r+0.5*v*v)*T)*is,d2=d1-sT,n1,n2,e1,e2;
  n1=cndg(d1,&e1);n2=cndg(d2,&e2);double D=exp(-r*T),KD=K*D;
  double A=S*e1,B=-KD*e2,dd=A+B; /* adj d1, d2 */
  g[0]=n1+dd*is/S;g[1]=-D*n2-dd*is/K;g[2]=T*KD*n2+dd*T*is;
  double dsT=-dd*d1*is-B; g[3]=dd*v*T*is+dsT*rt;g[4]=r*KD*n2+dd*(r+0.5*v*v)*is+dsT*v*0.5/rt;
  return S*n1-KD*n2;}
