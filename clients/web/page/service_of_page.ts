// The organisation's fingerprint, which the page carries (index.html).
import { fromHex } from '../core/crypto/bytes.ts';
import { ServiceId } from '../core/protocol/ids.ts';
import { SessionError } from './session_error.ts';

export function service_of_page(): ServiceId {
  const written = document.querySelector<HTMLMetaElement>('meta[name=omzien-service]')?.content ?? '';
  const bytes = fromHex(written);
  const service = bytes && ServiceId.from(bytes);
  if (!service) throw new SessionError('defect', 'this page names no organisation');
  return service;
}
