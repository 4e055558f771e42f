import { openSqlite, queryBuilder } from '/work/main/src/platform/database.ts';
import { listMailboxes } from '/work/main/src/mailboxes/list-queries.ts';
const out:Record<string,string[]>={};
for (const size of ['small','big']) {
const raw=openSqlite(`/tmp/m-bench/${size}/ipms.db`,Buffer.alloc(32));
const db=queryBuilder(raw);
const a={role:'admin',userId:2,agencyId:1} as any;
const t=async(l:string,f:()=>any)=>{for(let i=0;i<30;i++)await f();let m=[];for(let i=0;i<40;i++){const b=process.cpuUsage();await f();const u=process.cpuUsage(b);m.push((u.user+u.system)/1000);}m.sort((x,y)=>x-y);(out[l]??=[]).push(m[10]!.toFixed(2));};
const q=(q:string,by='all',page=1,sort='display_name',descending=false)=>({q,by,filters:{},refused:{},sort,descending,page,limit:25,offset:(page-1)*25});
for (const x of [q(''),q('siti'),q('binti'),q('kitingan','display_name'),q('noraini hanim binti abdul rahman'),q('muhammad hakimi bin osman'),q('an'),q('qx'),q('01','ic_or_passport'),q('osman12','primary_email'),q('siti.osman12@jabatan.test'),q('rahman','login_id'),q('900101','ic_or_passport'),q('900101-14-5678'),q('zzzz'),q('binti','all',50),q('siti','all',50),q('siti','all',1,'display_name',true),q('binti','all',1,'display_name',true),q('siti','all',1,'primary_email'),q('siti','all',1,'created_at')])
 await t(JSON.stringify([x.q,x.by,x.page,x.sort,x.descending]),()=>listMailboxes(db,a,x as any));
}
for (const [k,v] of Object.entries(out)) console.log(k.padEnd(75),v.join('   '));
