// Cleaners for every kind that is known.
import { kPictureCleaners, type Cleaners } from './clean.ts';
import { clean_office } from './office.ts';
import { clean_pdf } from './pdf.ts';

export const kEveryCleaner: Cleaners = { ...kPictureCleaners, pdf: clean_pdf, office: clean_office };
