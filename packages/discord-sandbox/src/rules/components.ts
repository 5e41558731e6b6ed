import { ButtonStyle, ComponentType } from "discord-api-types/v10";
import type { FormErrors, FormPath } from "./form-errors.js";
import { isJsonObject, readList, readText, readUrl, type JsonObject } from "./form-reader.js";

/** https://discord.com/developers/docs/components/reference */
const COMPONENT_LIMITS = {
  rows: 5,
  buttonsPerRow: 5,
  label: 80,
  customId: 100,
  linkUrl: 512,
  options: 25,
  optionText: 100,
  placeholder: 150,
  totalV2: 40,
  totalV2Text: 4000,
} as const;

const SELECTS: readonly ComponentType[] = [
  ComponentType.StringSelect,
  ComponentType.UserSelect,
  ComponentType.RoleSelect,
  ComponentType.MentionableSelect,
  ComponentType.ChannelSelect,
];
const BUTTON_STYLES: readonly ButtonStyle[] = [
  ButtonStyle.Primary,
  ButtonStyle.Secondary,
  ButtonStyle.Success,
  ButtonStyle.Danger,
  ButtonStyle.Link,
  ButtonStyle.Premium,
];
const V2_TOP_LEVEL: readonly ComponentType[] = [
  ComponentType.ActionRow,
  ComponentType.Section,
  ComponentType.TextDisplay,
  ComponentType.MediaGallery,
  ComponentType.File,
  ComponentType.Separator,
  ComponentType.Container,
];
const IN_CONTAINER = V2_TOP_LEVEL.filter((type) => type !== ComponentType.Container);
const IN_ROW: readonly ComponentType[] = [ComponentType.Button, ...SELECTS];
const KNOWN_TYPES = new Map<number, ComponentType>(
  [...V2_TOP_LEVEL, ...IN_ROW, ComponentType.Thumbnail].map((type) => [type, type]),
);

/** How the components of one message are to be read. */
export interface ComponentRules {
  /** False for a webhook that belongs to no application: it may carry link buttons, no buttons that answer. */
  readonly interactive: boolean;
  /** Whether the message has the flag IS_COMPONENTS_V2. */
  readonly v2: boolean;
}

interface Walk {
  readonly errors: FormErrors;
  readonly rules: ComponentRules;
  readonly customIds: Set<string>;
  count: number;
  textLength: number;
}

/** Checks the component tree of a message and returns it as it came. */
export function readComponents(
  errors: FormErrors,
  value: unknown,
  rules: ComponentRules,
): readonly unknown[] {
  const walk: Walk = { errors, rules, customIds: new Set(), count: 0, textLength: 0 };
  const max = rules.v2 ? COMPONENT_LIMITS.totalV2 : COMPONENT_LIMITS.rows;
  const list = readList(errors, { path: ["components"], value, max });
  const allowed = rules.v2 ? V2_TOP_LEVEL : [ComponentType.ActionRow];
  for (const [index, each] of list.entries()) visit(walk, ["components", index], { value: each, allowed });
  if (rules.v2 && walk.count > COMPONENT_LIMITS.totalV2) {
    errors.add(
      ["components"],
      "BASE_TYPE_MAX_LENGTH",
      `Must be ${COMPONENT_LIMITS.totalV2} or fewer in length.`,
    );
  }
  if (walk.textLength > COMPONENT_LIMITS.totalV2Text) {
    const message = `Components displayable text size exceeds maximum size of ${COMPONENT_LIMITS.totalV2Text}`;
    errors.add(["components"], "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", message);
  }
  return list;
}

/** All texts shown by V2 text displays, which can mention people as content does. */
export function displayedText(components: readonly unknown[]): string {
  return components
    .filter(isJsonObject)
    .map((each) =>
      [each["content"], displayedText(childrenOf(each))]
        .filter((part) => typeof part === "string")
        .join("\n"),
    )
    .join("\n");
}

function childrenOf(component: JsonObject): readonly unknown[] {
  return Array.isArray(component["components"]) ? (component["components"] as unknown[]) : [];
}

/** Undefined for what is no component of a message. */
function typeOf(value: unknown): ComponentType | undefined {
  const type = isJsonObject(value) ? value["type"] : undefined;
  return typeof type === "number" ? KNOWN_TYPES.get(type) : undefined;
}

function visit(
  walk: Walk,
  path: FormPath,
  node: { readonly value: unknown; readonly allowed: readonly ComponentType[] },
): void {
  walk.count += 1;
  const { value, allowed } = node;
  const type = typeOf(value);
  if (!isJsonObject(value) || type === undefined || !allowed.includes(type)) {
    walk.errors.add([...path, "type"], "BASE_TYPE_CHOICES", `Value must be one of {${allowed.join(", ")}}.`);
    return;
  }
  if (type === ComponentType.ActionRow) visitRow(walk, path, value);
  else if (type === ComponentType.Button) visitButton(walk, path, value);
  else if (SELECTS.includes(type)) visitSelect(walk, path, value);
  else if (type === ComponentType.Section) visitSection(walk, path, value);
  else if (type === ComponentType.TextDisplay) visitText(walk, path, value);
  else if (type === ComponentType.Container)
    visitChildren(walk, path, { value, allowed: IN_CONTAINER, max: 40 });
  else if (type === ComponentType.MediaGallery) visitGallery(walk, path, value);
  else if (type === ComponentType.Thumbnail) visitMedia(walk, [...path, "media"], value["media"]);
  else if (type === ComponentType.File) visitMedia(walk, [...path, "file"], value["file"]);
}

function visitChildren(
  walk: Walk,
  path: FormPath,
  node: { readonly value: JsonObject; readonly allowed: readonly ComponentType[]; readonly max: number },
): void {
  const children = readList(walk.errors, {
    path: [...path, "components"],
    value: node.value["components"],
    max: node.max,
  });
  if (children.length === 0)
    walk.errors.add([...path, "components"], "BASE_TYPE_REQUIRED", "This field is required");
  for (const [index, child] of children.entries()) {
    visit(walk, [...path, "components", index], { value: child, allowed: node.allowed });
  }
}

function visitRow(walk: Walk, path: FormPath, row: JsonObject): void {
  const children = childrenOf(row);
  const hasSelect = children.map(typeOf).some((type) => type !== undefined && SELECTS.includes(type));
  visitChildren(walk, path, {
    value: row,
    allowed: IN_ROW,
    max: hasSelect ? 1 : COMPONENT_LIMITS.buttonsPerRow,
  });
}

function visitButton(walk: Walk, path: FormPath, button: JsonObject): void {
  const { errors } = walk;
  const label = readText(errors, {
    path: [...path, "label"],
    value: button["label"],
    max: COMPONENT_LIMITS.label,
  });
  const style = button["style"] as ButtonStyle;
  if (!BUTTON_STYLES.includes(style)) {
    errors.add([...path, "style"], "BASE_TYPE_CHOICES", "Value must be one of {1, 2, 3, 4, 5, 6}.");
    return;
  }
  if (style === ButtonStyle.Link) visitLink(walk, path, button);
  else if (style !== ButtonStyle.Premium) visitInteractive(walk, path, button);
  if (label === undefined && !button["emoji"] && style !== ButtonStyle.Premium) {
    errors.add(
      [...path, "label"],
      "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED",
      "A label or an emoji is required",
    );
  }
}

function visitLink(walk: Walk, path: FormPath, button: JsonObject): void {
  const source = { path: [...path, "url"], value: button["url"], max: COMPONENT_LIMITS.linkUrl };
  const url = readUrl(walk.errors, { ...source, schemes: ["http", "https", "discord"] });
  if (url === undefined) walk.errors.add(source.path, "BASE_TYPE_REQUIRED", "This field is required");
  if (button["custom_id"] !== undefined) {
    const message = "A custom id and url cannot both be specified";
    walk.errors.add([...path, "custom_id"], "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", message);
  }
}

function visitInteractive(walk: Walk, path: FormPath, component: JsonObject): void {
  const { errors, customIds, rules } = walk;
  if (!rules.interactive) {
    const message = "Interactive components need a webhook owned by an application";
    errors.add(path, "COMPONENT_INTERACTIVE_NOT_ALLOWED", message);
  }
  const source = {
    path: [...path, "custom_id"],
    value: component["custom_id"],
    max: COMPONENT_LIMITS.customId,
  };
  const customId = readText(errors, { ...source, required: true });
  if (customId !== undefined && customIds.has(customId)) {
    errors.add(source.path, "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated");
  }
  if (customId !== undefined) customIds.add(customId);
}

function visitSelect(walk: Walk, path: FormPath, select: JsonObject): void {
  visitInteractive(walk, path, select);
  const placeholder = {
    path: [...path, "placeholder"],
    value: select["placeholder"],
    max: COMPONENT_LIMITS.placeholder,
  };
  readText(walk.errors, placeholder);
  if (select["type"] !== ComponentType.StringSelect) return;
  const source = { path: [...path, "options"], value: select["options"], max: COMPONENT_LIMITS.options };
  const options = readList(walk.errors, source);
  if (options.length === 0) walk.errors.add(source.path, "BASE_TYPE_REQUIRED", "This field is required");
  for (const [index, option] of options.entries()) {
    const form = isJsonObject(option) ? option : {};
    for (const key of ["label", "value"]) {
      const text = { path: [...source.path, index, key], value: form[key], max: COMPONENT_LIMITS.optionText };
      readText(walk.errors, { ...text, required: true });
    }
  }
}

function visitSection(walk: Walk, path: FormPath, section: JsonObject): void {
  visitChildren(walk, path, { value: section, allowed: [ComponentType.TextDisplay], max: 3 });
  const allowed = [ComponentType.Button, ComponentType.Thumbnail];
  visit(walk, [...path, "accessory"], { value: section["accessory"], allowed });
}

function visitText(walk: Walk, path: FormPath, display: JsonObject): void {
  const source = { path: [...path, "content"], value: display["content"], max: COMPONENT_LIMITS.totalV2Text };
  walk.textLength += readText(walk.errors, { ...source, required: true })?.length ?? 0;
}

function visitGallery(walk: Walk, path: FormPath, gallery: JsonObject): void {
  const items = readList(walk.errors, { path: [...path, "items"], value: gallery["items"], max: 10 });
  if (items.length === 0) walk.errors.add([...path, "items"], "BASE_TYPE_REQUIRED", "This field is required");
  for (const [index, item] of items.entries()) {
    visitMedia(walk, [...path, "items", index, "media"], isJsonObject(item) ? item["media"] : undefined);
  }
}

function visitMedia(walk: Walk, path: FormPath, media: unknown): void {
  const value = isJsonObject(media) ? media["url"] : undefined;
  const url = readUrl(walk.errors, {
    path: [...path, "url"],
    value,
    schemes: ["http", "https", "attachment"],
  });
  if (url === undefined) walk.errors.add([...path, "url"], "BASE_TYPE_REQUIRED", "This field is required");
}
