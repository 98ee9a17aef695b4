/** The title of a step. */
export function step(number, title) {
  console.log(`\n${String(number).padStart(2)}. ${title}`);
}

/** What happened in it. */
export function say(line) {
  console.log(`    ${line}`);
}
