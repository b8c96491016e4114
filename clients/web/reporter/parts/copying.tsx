// Copying, and whether it worked: not every browser lets a page do so.
import { useState } from 'preact/hooks';
import { copy_text } from '../../page/parts/clipboard.ts';
import { use_app } from '../app_context.ts';

// What copies a text, and what is to be shown of it.
export function use_copying() {
  const { app, t } = use_app();
  const [said, say] = useState('');
  const copy = async (text: string): Promise<void> => {
    const words = t.common[(await copy_text(text)) ? 'copied' : 'not_copied'];
    say(words);
    app.announce(words);
  };
  return [copy, said && <p class="hint">{said}</p>] as const;
}
