// Runs test files one after another, each named by a line on standard input: what they import is loaded once, and warm.
import { createInterface } from 'node:readline';
import { t } from 'tap';

// with a teardown of the whole, the library would end the tests as soon as nothing is at work, between two files
t.teardown = t.after;
for await (const file of createInterface({ input: process.stdin })) {
  await import(file).catch((error: unknown) => {
    console.error(error); // the library would take it for a test's, and wait for what never comes
    process.exit(1);
  });
  // the tests of a file wait for each other: this one is the last, and says that they are done
  await t.test(`end of ${file}`, async () => {});
}
// what several files share, such as a directory, keeps the process alive until it is told to end
t.end();
