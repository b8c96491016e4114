// Joining by an administrator's link: a passphrase, a key file to keep, a text to send back, a fingerprint to compare.
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Choice } from '../../page/parts/choice.tsx';
import { copy_text } from '../../page/parts/clipboard.ts';
import { Errors, type FieldError } from '../../page/parts/errors.tsx';
import { Heading } from '../../page/parts/heading.tsx';
import { shown_name } from '../../page/words/format.ts';
import { systemRandom } from '../../core/crypto/random.ts';
import { roleName } from '../../generated/rules.ts';
import { use_app } from '../app_context.ts';
import { kPassphraseLettersMin, proposed_passphrase, type Enrolled } from '../enrolment.ts';

interface PassphraseProps {
  readonly send: (passphrase: string) => void;
  readonly children: ComponentChildren; // before the button
}

function PassphraseFields({ send, children }: PassphraseProps) {
  const { state, t } = use_app();
  const [first, set_first] = useState('');
  const [second, set_second] = useState('');
  const [proposed, propose] = useState('');
  const [errors, set_errors] = useState<readonly FieldError[]>([]);
  const { going, part, trouble } = state.joining;
  const closed = going || !state.organisation;
  const submit = (event: Event): void => {
    event.preventDefault();
    if (closed) return;
    const found: FieldError[] = [];
    if ([...first].length < kPassphraseLettersMin) found.push({ field: 'new-passphrase', text: t.join.too_short(kPassphraseLettersMin) });
    else if (first !== second) found.push({ field: 'again', text: t.join.differs });
    set_errors(found);
    if (found.length === 0) send(first);
  };
  const field = (id: string, label: string, value: string, set: (value: string) => void) => (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        type="password"
        id={id}
        value={value}
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        onInput={(event) => set(event.currentTarget.value)}
      />
    </div>
  );
  return (
    <form onSubmit={submit} noValidate>
      <Errors errors={errors} />
      <p>{t.join.passphrase_text}</p>
      <button
        type="button"
        class="link"
        id="propose-words"
        onClick={() => propose(proposed_passphrase(systemRandom, t.code === 'nl' ? 'nl-1' : 'en-1'))}
      >
        {t.join.propose}
      </button>
      {proposed && (
        <p class="strip" id="proposed" translate={false}>
          {proposed}
        </p>
      )}
      {field('new-passphrase', t.join.passphrase, first, set_first)}
      {field('again', t.join.again, second, set_second)}
      {children}
      {going && (
        <div class="strip">
          <p>{t.join.making(Math.floor(part * 100))}</p>
          <progress max={100} value={Math.floor(part * 100)} aria-label={t.join.passphrase} />
        </div>
      )}
      {trouble && (
        <p class="strip strip-failed" role="alert">
          {t.open.trouble[trouble]}
        </p>
      )}
      <button type="submit" class="button" id="make" aria-disabled={closed}>
        {t.join.make}
      </button>
    </form>
  );
}

function Made({ made, name }: { made: Enrolled; name: string }) {
  const { app, t } = use_app();
  const [url, set_url] = useState('');
  const [saved, set_saved] = useState(false);
  const [copied, set_copied] = useState(false);
  useEffect(() => {
    const made_url = URL.createObjectURL(new Blob([new Uint8Array(made.key_file)], { type: 'application/octet-stream' }));
    set_url(made_url);
    return () => URL.revokeObjectURL(made_url);
  }, [made]);
  return (
    <>
      <h2>{t.join.save_title}</h2>
      <p>{t.join.save_text}</p>
      <a class="button" id="save-key" href={url} download={`${name}.key`} onClick={() => set_saved(true)}>
        {t.join.save}
      </a>
      {saved && (
        <>
          <h2 id="send">{t.join.send_title}</h2>
          <p>{t.join.send_text}</p>
          <textarea class="request" id="request" rows={4} readOnly aria-labelledby="send" translate={false} value={made.request} />
          <button type="button" class="button button-quiet" onClick={() => void copy_text(made.request).then(set_copied)}>
            {t.join.copy}
          </button>
          {copied && <span role="status"> {t.join.copied}</span>}
          <h2>{t.join.compare_title}</h2>
          <p>{t.join.compare_text}</p>
          <p class="fingerprint" id="fingerprint" translate={false}>
            {made.fingerprint.match(/.{4}/g)?.join(' ')}
          </p>
          <p>{t.join.then}</p>
          <button type="button" class="button" id="to-open" onClick={() => app.door.joined(made, name)}>
            {t.open.title}
          </button>
        </>
      )}
    </>
  );
}

export function Join() {
  const { app, state, t } = use_app();
  const { invitation, joining, organisation } = state;
  const [keep, set_keep] = useState(false);
  const to_door = (
    <button type="button" class="link" id="to-door" onClick={() => app.set({ screen: 'open', invitation: null })}>
      {t.open.title}
    </button>
  );
  if (!invitation)
    return (
      <main id="content" class="page">
        <Heading title={t.join.broken} />
        {to_door}
      </main>
    );
  const late = organisation !== null && app.session.today > invitation.lastDay;
  const roles = t.role as Readonly<Record<string, string>>;
  return (
    <main id="content" class="page page-join">
      <Heading title={t.join.title(shown_name(invitation.name))} />
      <p class="intro">
        {t.join.intro(roles[roleName(invitation.role)] ?? t.kind.unknown, invitation.unit)}
      </p>
      {invitation.memberId && <p class="strip">{t.join.lost}</p>}
      {late && (
        <>
          <p class="strip strip-failed" role="alert">
            {t.join.late}
          </p>
          {to_door}
        </>
      )}
      {!late && !joining.made && (
        <PassphraseFields send={(passphrase) => void app.door.join(passphrase, keep)}>
          <Choice type="checkbox" name="keep" id="keep" checked={keep} title={t.open.keep} line={t.open.keep_line} on_change={set_keep} />
        </PassphraseFields>
      )}
      {joining.made && <Made made={joining.made} name={invitation.name} />}
    </main>
  );
}
