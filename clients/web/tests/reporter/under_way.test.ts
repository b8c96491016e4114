// A key that something still seals with is not wiped under its hands.
import { expect, test } from 'vitest';
import { UnderWay } from '../../reporter/under_way.ts';

const soon = (): Promise<void> => new Promise((wake) => setTimeout(wake, 0));

test('with nothing going, secrets are wiped at once', () => {
  const secret = new Uint8Array([1]);
  new UnderWay().afterwards(() => secret.fill(0));
  expect(secret[0]).toBe(0);
});

test('what is going keeps its secrets until it has ended, well or not', async () => {
  for (const ends of ['well', 'badly']) {
    const secret = new Uint8Array([1]);
    const under_way = new UnderWay();
    let end = (): void => {};
    const work = under_way.during(
      new Promise<number>((resolve, reject) => {
        end = () => (ends === 'well' ? resolve(secret[0]!) : reject(new Error(String(secret[0]))));
      }),
    );
    under_way.afterwards(() => secret.fill(0));
    await soon();
    expect(secret[0], ends).toBe(1);
    end();
    expect(await work.catch((error: Error) => Number(error.message)), ends).toBe(1);
    await soon();
    expect(secret[0], ends).toBe(0);
  }
});

test('what begins later is not waited for', async () => {
  const under_way = new UnderWay();
  const secret = new Uint8Array([1]);
  const first = under_way.during(soon());
  under_way.afterwards(() => secret.fill(0));
  void under_way.during(new Promise(() => {}));
  await first;
  await soon();
  expect(secret[0]).toBe(0);
});
