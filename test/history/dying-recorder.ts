/** Records at full speed until it is killed; says after each flush how many events are in the file. `node dying-recorder.ts FOLDER` */
import { testHistory, consoleLine, runOf, started, stepStarted } from './support.ts';

const { history } = testHistory({ folder: process.argv[2] ?? '' });
const recording = history.begin(runOf('order'));
let appended = 1;
recording.append(started('r1'));
for (;;) {
  const burst = 1 + (appended % 97);
  for (let event = 0; event < burst; event += 1) {
    recording.append(
      appended % 5 === 0
        ? stepStarted(`step ${appended}`)
        : consoleLine(`line ${appended} ${'é'.repeat(appended % 300)}`),
    );
    appended += 1;
  }
  await recording.flushed();
  process.stdout.write(`${appended}\n`);
}
