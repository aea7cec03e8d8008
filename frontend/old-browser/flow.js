// What an editor does first, in Chromium 89: node flow.js ADDRESS CHROMIUM RESULT; writes what came of it as JSON.

const fs = require("fs");
const puppeteer = require("puppeteer-core");

const [address, chromium, result] = process.argv.slice(2);
const HEADLESS = ["--no-sandbox", "--disable-gpu"];
const SHOWN = () => !desk.previews.isUnderWay && !desk.previews.isWanted && desk.previews.pictures.size > 0;

async function main() {
  const browser = await puppeteer.launch({ executablePath: chromium, headless: true, args: HEADLESS });
  const page = await browser.newPage();
  const found = { version: await browser.version(), faults: [] };
  page.on("pageerror", (fault) => found.faults.push(fault.message));
  await page.setViewport({ width: 1366, height: 768 });
  await page.goto(address);
  await shown(page);
  found.pages = await page.evaluate(() => document.querySelectorAll("#pages img[src]").length);

  await atStart(page);
  await page.keyboard.sendCharacter("一字");
  await shown(page);
  found.typed = await firstWords(page);
  found.isOnPage = await page.evaluate(() => Boolean(desk.pane.placeOf("/articles/0/body/0", 1)));

  await page.evaluate(paste, '<p style="color:red"><b>贴来的。</b>文字</p><p>第二段</p>', "贴来的。文字\n第二段");
  await shown(page);
  found.pasted = await firstWords(page);

  await atStart(page);
  await page.keyboard.sendCharacter("今天 开会");
  await page.waitForSelector("#findings button");
  await shown(page);
  await page.evaluate(() => desk.findings.mend(desk.findings.findings.filter((one) => one.suggestion)));
  await shown(page);
  found.mended = await firstWords(page);

  await page.evaluate(() => desk.plain.turn(true));
  await page.focus("#plain label.wide textarea");
  await page.keyboard.down("Control");
  await page.keyboard.press("Home");
  await page.keyboard.up("Control");
  await page.keyboard.sendCharacter("朴素");
  await shown(page);
  found.plain = await firstWords(page);
  await page.evaluate(() => desk.plain.turn(false));
  fs.writeFileSync(result, JSON.stringify(found));
  await browser.close();
}

async function shown(page) {
  await page.waitForFunction(SHOWN, { polling: 50 });
}

function firstWords(page) {
  return page.evaluate(() => desk.current().articles[0].body.slice(0, 2));
}

/** Put the caret before the first word of the first article. */
function atStart(page) {
  return page.evaluate(() => desk.goTo("/articles/0/body/0", 0));
}

function paste(html, text) {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", text);
  desk.view.dom.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}

main().catch((fault) => {
  console.error(fault);
  process.exit(1);
});
