// When a person works, when they are away, and who takes over: said by themself, seen by reporters.
import { useEffect, useState } from 'preact/hooks';
import { equal, fromHex, toHex } from '../../core/crypto/bytes.ts';
import { isoDate, kEveryDayOfAWeek } from '../../core/protocol/calendar.ts';
import { isGone } from '../../core/protocol/directory.ts';
import { MemberId } from '../../core/protocol/ids.ts';
import { kWeek, shown_name, weekday_name } from '../../page/words/format.ts';
import { use_app } from '../app_context.ts';
import { day_of } from '../proposal_draft.ts';
import { is_unread } from './date.ts';
import { Form } from './form.tsx';
import { WorkLine } from './work_line.tsx';

interface Shown {
  readonly days: number;
  readonly from: string;
  readonly until: string;
  readonly stand_in: string; // member id in hexadecimal; empty: nobody
}

export function Away() {
  const { app, state, t } = use_app();
  const [shown, show] = useState<Shown | null>(null);
  const { directory, member, today } = app.session;
  const me = state.me!;
  useEffect(() => {
    void app.run('availability', async () => {
      const said = await app.session.availability();
      const { workingDays, standIn } = said ?? me;
      const is_over = !said || said.awayUntilDay < today;
      show({
        days: workingDays || kEveryDayOfAWeek,
        from: is_over ? '' : isoDate(said.awayFromDay),
        until: is_over ? '' : isoDate(said.awayUntilDay),
        stand_in: standIn ? toHex(standIn) : '',
      });
    });
  }, []);
  if (!shown) return <WorkLine name="availability" />;
  const change = (changed: Partial<Shown>): void => show({ ...shown, ...changed });
  const people = directory.content.people.filter((one) => !isGone(one, today) && !equal(one.memberId, member.memberId));
  const stand_in_gone = shown.stand_in !== '' && !people.some((one) => toHex(one.memberId) === shown.stand_in);
  const away = { awayFromDay: day_of(shown.from), awayUntilDay: day_of(shown.until) };
  const check = () => {
    if (shown.days === 0) return [{ field: 'away-days', text: t.away.no_days }];
    const { awayFromDay: from, awayUntilDay: until } = away;
    const fields = [['away-from', from], ['away-until', until]] as const;
    const unread = fields.find(([field, day]) => Number.isNaN(day) || is_unread(field));
    if (unread) return [{ field: unread[0], text: t.away.unread }];
    if (stand_in_gone) return [{ field: 'away-stand-in', text: t.away.stand_in_gone }];
    const right = (from === 0) === (until === 0) && from <= until;
    return right ? [] : [{ field: 'away-from', text: t.away.wrong }];
  };
  const send = async (): Promise<void> => {
    const said = await app.run('away', async () => {
      const standIn = shown.stand_in === '' ? undefined : MemberId.from(fromHex(shown.stand_in)!);
      await app.session.say_availability({ workingDays: shown.days, ...away, standIn });
    });
    if (said) app.announce(t.done.away);
  };
  return (
    <Form name="away" submit={t.away.save} check={check} send={() => void send()} done={t.done.away}>
      <p class="hint">{t.away.hint}</p>
      <fieldset class="choices">
        <legend>{t.away.days}</legend>
        {kWeek.map((day) => (
          <label class="tick-line" key={day}>
            <input
              type="checkbox"
              name={`day-${day}`}
              {...(day === 0 && { id: 'away-days' })}
              checked={((shown.days >> day) & 1) === 1}
              autocomplete="off"
              onChange={() => change({ days: shown.days ^ (1 << day) })}
            />
            <span>{weekday_name(day, t)}</span>
          </label>
        ))}
      </fieldset>
      <div class="field field-short">
        <label for="away-from">{t.away.from}</label>
        <input type="date" id="away-from" value={shown.from} onInput={(event) => change({ from: event.currentTarget.value })} />
      </div>
      <div class="field field-short">
        <label for="away-until">{t.away.until}</label>
        <input type="date" id="away-until" value={shown.until} onInput={(event) => change({ until: event.currentTarget.value })} />
      </div>
      <div class="field field-short">
        <label for="away-stand-in">{t.away.stand_in}</label>
        <select
          id="away-stand-in"
          value={stand_in_gone ? '' : shown.stand_in}
          onChange={(event) => change({ stand_in: event.currentTarget.value })}
        >
          <option value="">{t.away.nobody}</option>
          {people.map((one) => (
            <option key={toHex(one.memberId)} value={toHex(one.memberId)}>
              {shown_name(one.name)}
            </option>
          ))}
        </select>
      </div>
    </Form>
  );
}
