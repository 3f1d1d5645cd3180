// The wire format of src/semantics/patch.h, as types. The program sends one patch a frame, and none when nothing changed.

/** [text, marks, href]; marks: b bold, i italic, c code, + inserted, - deleted, n a hard break after. */
export type Run = [text: string, marks?: string, href?: string];
export type Words = string | Run[];
/** x, y, width, height in CSS px. */
export type Box = [number, number, number, number];
/** Size, line height, weight, monospace, align (0 start, 1 centre, 2 end), inset x, inset y. */
export type TextStyle = [number, number, number, number, number, number, number];
export type Part = [box: Box, style: TextStyle, breaks: number[]];

export type Role =
  | "generic" | "banner" | "navigation" | "search" | "main" | "contentinfo" | "region" | "article" | "form" | "group" | "heading"
  | "paragraph" | "text" | "quote" | "code" | "separator" | "list" | "list_item" | "description_list" | "field" | "term" | "definition"
  | "table" | "row_group" | "row" | "column_header" | "row_header" | "cell" | "link" | "button" | "checkbox" | "radio" | "textbox"
  | "searchbox" | "select" | "file_input" | "dialog" | "alert" | "status" | "log" | "progress" | "image" | "tag" | "note";

type Toggle = "on" | "off";

export interface Properties {
  role: Role;
  words: Words;
  name: string;
  value: string;
  look: string;
  href: string;
  hint: string;
  error: string;
  input_type: string;
  autocomplete: string;
  accept: string;
  language: string;
  options: [value: string, label: string][];
  level: number;
  row_count: number;
  row_index: number;
  column_span: number;
  checked: Toggle;
  expanded: Toggle;
  pressed: Toggle;
  sort: "none" | "ascending" | "descending";
  disabled: boolean;
  required: boolean;
  multiline: boolean;
  multiple: boolean;
  ordered: boolean;
  busy: boolean;
  current: boolean;
  hidden_name: boolean;
  new_window: boolean;
  focusable: boolean;
  box: Box;
  control: Box;
  style: TextStyle;
  breaks: number[];
  label_part: Part;
  hint_part: Part;
  error_part: Part;
}

/** What is left out, or null, is at its default. */
export type Change = { [K in keyof Properties]?: Properties[K] | null };

export type Operation =
  | ["drop", ...keys: string[]]
  | ["become", key: string, now: string]
  | ["add", key: string, parent: string, after: string, properties: Change & { role: Role }]
  | ["move", key: string, parent: string, after: string]
  | ["set", key: string, properties: Change];

export type Patch = Operation[];
