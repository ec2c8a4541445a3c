// Learns from job.json in the folder that is given, answers its texts, and writes outcome.json beside it.
// Settings are those of nlp.js itself; only the number of rounds and the time can be cut short, and that is reported.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { containerBootstrap, Nlp } = require("@nlpjs/basic");
const { LangNl } = require("@nlpjs/lang-nl");

const RANKED = 3;
const LINE_EVERY_MS = 5000;
const TEXTS_A_LINE = 200;

async function main(folder) {
  const job = JSON.parse(fs.readFileSync(path.join(folder, "job.json"), "utf8"));
  const rounds = { epochs: 0, stopped: false };
  const started = performance.now();
  const nlp = await learn(job, rounds, started);
  const trainSeconds = (performance.now() - started) / 1000;
  console.log(`learned in ${trainSeconds.toFixed(0)} s`);
  const asked = performance.now();
  const rankings = await answer(nlp, job.texts);
  const msAMessage = (performance.now() - asked) / Math.max(job.texts.length, 1);
  const peakMb = process.resourceUsage().maxRSS / 1024;
  const outcome = { rankings, trainSeconds, msAMessage, peakMb, ...rounds };
  fs.writeFileSync(path.join(folder, "outcome.json"), JSON.stringify(outcome));
}

async function learn(job, rounds, started) {
  const container = await containerBootstrap();
  container.use(Nlp);
  container.use(LangNl);
  const nlp = container.get("nlp");
  nlp.settings.autoSave = false;
  nlp.settings.autoLoad = false;
  nlp.addLanguage("nl");
  nlp.nluManager.settings.log = watch(job, rounds, started);
  for (const message of job.messages) nlp.addDocument("nl", message.text, message.label);
  console.log(`${job.messages.length} messages handed over, ${((performance.now() - started) / 1000).toFixed(0)} s`);
  await nlp.train();
  return nlp;
}

// Called by nlp.js after every round. Its own way out of the loop is a high enough number of rounds.
function watch(job, rounds, started) {
  let said = 0;
  return (status) => {
    rounds.epochs = status.iterations;
    const spent = performance.now() - started;
    if (spent - said > LINE_EVERY_MS) {
      said = spent;
      console.log(`epoch ${status.iterations}, error ${status.error.toExponential(2)}, ${(spent / 1000).toFixed(0)} s`);
    }
    rounds.stopped = Boolean(job.timeLimitMs) && spent >= job.timeLimitMs;
    if (rounds.stopped || (job.epochs && status.iterations >= job.epochs)) status.iterations = Infinity;
  };
}

async function answer(nlp, texts) {
  const rankings = [];
  for (const text of texts) {
    const { classifications } = await nlp.process("nl", text);
    rankings.push(classifications.slice(0, RANKED).map((one) => one.intent));
    if (rankings.length % TEXTS_A_LINE === 0) console.log(`asked ${rankings.length} of ${texts.length}`);
  }
  return rankings;
}

main(process.argv[2]).catch((error) => {
  console.error(error.message);
  process.exit(1);
});
