// The organisation's fingerprint in groups of four, for comparing by eye.
import { use_app } from '../app_context.ts';

export function Fingerprint() {
  const { state, t } = use_app();
  const groups = state.organisation?.fingerprint.match(/.{4}/g) ?? [];
  return (
    <p>
      {t.honest.fingerprint}
      <code class="fingerprint" dir="ltr" translate={false}>
        {groups.map((group, place) => (
          <span key={place}>{group} </span>
        ))}
      </code>
    </p>
  );
}
