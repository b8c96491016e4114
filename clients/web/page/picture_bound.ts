// How large a picture may be that a page draws: a file of a few kilobytes may say that it is a hundred megapixels wide.
const kPixelsMax = 40_000_000; // 160 MB drawn; more than any phone's camera makes of one scene in ordinary use
const kSideMax = 16_384;

export const fits = (width: number, height: number): boolean =>
  width > 0 && height > 0 && width <= kSideMax && height <= kSideMax && width * height <= kPixelsMax;
