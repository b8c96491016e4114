import { serve } from './kit/server.js'; import { launch, kFakeApp, visit } from './kit/browser.js';
const s=await serve({folder:kFakeApp}); const b=await launch(['--use-fake-device-for-media-stream','--use-fake-ui-for-media-stream','--use-file-for-fake-audio-capture=/work/shared/samples/voice-nl.wav']);
const T={nl:'Op 14 maart zei Peter Jansen iets tegen mij in de kantine van het bureau. Mijn teamchef lachte. Als enige vrouw in de ploeg viel dat op.',en:'On 14 March Peter Johnson said something to me in the canteen at the station. My team leader laughed. As the only woman on the shift I stood out.'};
for (const [w,l,c] of [[360,'nl','light'],[320,'nl','dark'],[320,'en','light'],[360,'en','dark']]) {
 const {context,page,complaints}=await visit(b,s.url,{size:{width:w,height:800},locale:l==='nl'?'nl-NL':'en-GB',scheme:c,scale:1});
 await page.click('#door-report'); await page.click('#next'); await page.fill('#story',T[l]); await page.waitForSelector('.mirror');
 const shot=async(n,sel)=>{ const h=await page.evaluate(()=>document.documentElement.scrollHeight); await page.setViewportSize({width:w,height:Math.max(h,800)}); const wide=await page.evaluate(()=>document.documentElement.scrollWidth); if(wide>w) console.log('OVERFLOW',n,w,wide); await page.screenshot({path:`/tmp/carry/shots/${n}-${l}-${w}-${c}.png`}); await page.setViewportSize({width:w,height:800}); };
 await page.click('.mirror summary'); await shot('mirror'); await page.click('.mirror summary');
 await page.click('#record'); await page.waitForFunction(()=>/[2-9] /.test(document.querySelector('.recorder').textContent),null,{timeout:60000}); await shot('recording');
 await page.click('#record-stop'); await page.waitForSelector('#record-use',{timeout:120000}); await shot('recorded');
 console.log(l,w,complaints); await context.close(); }
await b.close(); s.close();
