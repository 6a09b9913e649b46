/**
 * Copies of pictures in the widths that are shown, as WebP. The server writes the same addresses into its pages
 * (`web/public_pages/pictures.py`): others would let a picture be fetched twice.
 */
import { fileUrl } from './api.ts';
import type { Id } from './types.ts';

const COVER_WIDTHS = [640, 960, 1280, 1920] as const;
const CARD_WIDTHS = [320, 640, 960] as const;
/** Sharp on every screen in the largest of our small places. */
const SMALL_WIDTH = 192;

export interface PictureSource {
  src: string;
  srcset?: string;
  sizes?: string;
}

export const pictureSource = {
  /** As wide as the window. */
  cover: (id: Id): PictureSource => ({ src: copy(id, 960), srcset: widths(id, COVER_WIDTHS), sizes: '100vw' }),
  /** On a card of a grid, one of which fills a phone. */
  card: (id: Id): PictureSource => ({ src: copy(id, 640), srcset: widths(id, CARD_WIDTHS), sizes: '(min-width: 560px) 280px, 92vw' }),
  /** Up to 96 px. */
  small: (id: Id): PictureSource => ({ src: copy(id, SMALL_WIDTH) }),
};

const copy = (id: Id, width: number) => `${fileUrl(id, { thumbnail: true })}?width=${width}`;
const widths = (id: Id, all: readonly number[]) => all.map((width) => `${copy(id, width)} ${width}w`).join(', ');
