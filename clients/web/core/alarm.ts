// What a keyholder is told when a case is not as it should be.

export type AlarmKind =
  | 'rule_broken' // the entry is not allowed; it changed nothing
  | 'altered' // the payload is not what was signed, or does not open
  | 'other_key' // a key that was handed out is not the one its epoch committed to
  | 'strangers_key' // wrapped to a key that is not this member's
  | 'unknown_directory' // made under a directory that this organisation never published
  | 'newer_version' // made with a newer version: kept, not understood
  | 'missing' // granted, but the gateway does not serve it, or destroyed unasked
  | 'other_day'; // dated ahead of this device's clock, or the gateway's day is another

export interface Alarm {
  readonly seq: number;
  readonly kind: AlarmKind;
  readonly text: string; // in English; an app says it by `kind`
}
