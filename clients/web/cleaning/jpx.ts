// JPEG 2000, as it stands in a PDF. One with boxes that only tell is refused; a remark in the picture's own stream is
// overwritten where it is, since others count places. ISO 15444-1, annex A.9.2 and I.
import { Unclean } from './finding.ts';
import { from_latin1, latin1 } from './reader.ts';

const kTells = /uuid|xml |asoc/;
const kRemark = /(\xff\x64[^]{2}\0\x01)[ -~]+/g;

export function clean_jpx(picture: Uint8Array): Uint8Array {
  const text = latin1(picture);
  if (kTells.test(text)) throw new Unclean('unknown');
  return from_latin1(text.replace(kRemark, (remark, head: string) => head.padEnd(remark.length)));
}
