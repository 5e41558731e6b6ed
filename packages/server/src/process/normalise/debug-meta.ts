import { isRecord } from "@vedette/protocol";
import type { DebugImage, DebugMeta, Json } from "@vedette/protocol";
import { bagLimits, trimObject } from "./bag.js";
import { Fields } from "./fields.js";
import { readAddress } from "./frame.js";
import type { Place } from "./notes.js";
import { textLimits } from "./text-limit.js";

/** Images kept; large apps load several hundred. */
const MAX_IMAGES = 2000;

const ADDRESSES = ["image_addr", "image_vmaddr"] as const;

/** Reads the list of loaded images and source maps (ingest sheet 6.11); undefined when there is nothing in it. */
export function normaliseDebugMeta(fields: Fields | undefined): DebugMeta | undefined {
  if (fields === undefined) return undefined;
  const sent = fields.raw["images"];
  const place = fields.place.at("images");
  const images = Array.isArray(sent)
    ? sent.slice(0, MAX_IMAGES).flatMap((image: unknown, index) => readImage(image, place.at(index)))
    : [];
  const sdkInfo = fields.bag("sdk_info", bagLimits.small);
  if (images.length === 0 && sdkInfo === undefined) return undefined;
  return { images: images.length === 0 ? undefined : images, sdk_info: sdkInfo };
}

function readImage(sent: unknown, place: Place): readonly DebugImage[] {
  if (!isRecord(sent)) return [];
  const fields = new Fields(sent, place);
  const type = fields.trimmed("type", textLimits.name64);
  if (type === undefined) {
    place.invalid("a debug image needs a type");
    return [];
  }
  return [{ ...trimObject(sent, bagLimits.medium, place), ...readNumbers(fields), type }];
}

function readNumbers(fields: Fields): { readonly [key: string]: Json } {
  const numbers: { [key: string]: Json } = {};
  for (const key of ADDRESSES) {
    const address = readAddress(fields.raw[key]);
    if (address !== undefined) numbers[key] = address;
  }
  const debugId = fields.raw["debug_id"];
  if (typeof debugId === "string") numbers["debug_id"] = debugId.trim().toLowerCase();
  return numbers;
}
