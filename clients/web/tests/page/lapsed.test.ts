// Whose key ran out or was replaced is said by name, with what to do: "not allowed" helps nobody on.
import { expect, test } from 'vitest';
import { fail } from '../../core/errors.ts';
import { Controller } from '../../desk/controller.ts';
import type { DeskSession } from '../../desk/session.ts';
import { words as desk_en } from '../../desk/words/en.ts';
import { words as desk_nl } from '../../desk/words/nl.ts';
import { value_of } from '../../page/session_error.ts';
import { kIdle, type WorkState } from '../../page/work.ts';
import { UntilForgotten } from '../../reporter/until_forgotten.ts';
import { words as en } from '../../reporter/words/en.ts';
import { words as nl } from '../../reporter/words/nl.ts';

const kWrong = [
  [fail('refused', 'key lapsed', 'for programmers', 'mieke'), 'mieke'],
  [fail('refused', 'key replaced', 'for programmers', 'mieke'), 'mieke'],
  [fail('refused', 'forbidden', 'for programmers', 'a breach'), ''],
  [fail('refused', 'quota', 'for programmers'), ''],
] as const;

test('a key that ran out or was replaced, and nothing else, reaches the screens with whose it is', async () => {
  for (const [wrong, name] of kWrong) {
    const desk = new Controller({} as DeskSession, desk_nl);
    await desk.run('pass_on', async () => void value_of(wrong));
    expect(desk.working('pass_on')).toMatchObject({ status: 'failed', error: 'refused', lapsed: name });
    let told: WorkState = kIdle;
    await new UntilForgotten().run(kIdle, (state) => (told = state), async () => void value_of(wrong));
    expect(told).toMatchObject({ status: 'failed', error: 'refused', lapsed: name });
  }
});

test('in every language it is said by name, and what to do', () => {
  for (const [catalogue, way_out] of [[desk_nl, 'omzien key rotate'], [desk_en, 'omzien key rotate']] as const)
    for (const part of ['Mieke', way_out]) expect(catalogue.lapsed('Mieke')).toContain(part);
  for (const [catalogue, way_out] of [[nl, 'opnieuw wie je kiest'], [en, 'again whom you choose']] as const)
    for (const part of ['Mieke', way_out]) expect(catalogue.trouble.lapsed('Mieke')).toContain(part);
});
