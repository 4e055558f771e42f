import { startServer } from './installed.ts';
import { startLoad, processorTime, residentMemory } from './programs.ts';
import { signIn } from './visitor.ts';
const S=['','?q=siti','?q=binti','?q=kitingan&by=display_name','?q=noraini+hanim+binti+abdul+rahman','?q=an','?q=qx','?q=osman12&by=primary_email','?q=rahman&by=login_id','?q=900101&by=ic_or_passport','?q=900101-14-5678','?q=zzzz','?q=binti&page=50','?q=siti&page=50','?q=siti&sort=-display_name','?q=siti&sort=primary_email'];
const g=startLoad(); const out:Record<string,number[]>={};
for (const d of ['small','big']) { const s=await startServer('/tmp/m-bench/'+d); const cookie=await signIn(s.port,'admin.jabatan'); console.log(d,'rss',residentMemory(s.pid));
 const one=async(path:string)=>{ await g.run({port:s.port,path,headers:{cookie},connections:1,seconds:0.3}); const b=processorTime(s.pid)!; const l=await g.run({port:s.port,path,headers:{cookie},connections:2,seconds:1}); const used=processorTime(s.pid)!-b; return used/(l.perSecond*1); };
 for (const p of ['/me/password',...S.map(x=>'/admin/mailboxes'+x)]) (out[p]??=[]).push(await one(p));
 console.log('rss',residentMemory(s.pid)); await s.stop(); }
for (const [k,v] of Object.entries(out)) console.log(k.padEnd(60),v.map(x=>x.toFixed(2)).join('  '),' ratio',(v[1]!/v[0]!).toFixed(2),' vs plain',(v[1]!/out['/me/password']![1]!).toFixed(2));
await g.stop();
