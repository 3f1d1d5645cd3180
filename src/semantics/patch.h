// The wire format between the program and the page: one JSON array of operations a frame (web/src/mirror.ts applies
// it).
//
//     ["drop", key, …]
//     ["become", key, new key]                      its key and the keys below it
//     ["add", key, parent, after, {properties}]     after "": first child
//     ["move", key, parent, after]
//     ["set", key, {properties}]
//
// Properties that are at their default are left out of "add"; in "set" they are sent as null. Beside the plain ones:
//   role      the word of the role (only in "add")
//   words     what stands on the page: a string, or an array of runs [text, "bi…", href] with the letters b bold, i
//   italic, c code,
//             + inserted, - deleted, n break after
//   name      how the element is called, where its words do not say it already
//   box       [x, y, width, height] from the parent's top left, CSS px, in steps of 1/64
//   control   the same for the control inside a field, from the field's top left
//   style     [size, line height, weight, monospace, align, inset x, inset y]
//   breaks    positions in UTF-16 code units of the joined words after which a line of the canvas ends
//   label_part, hint_part, error_part   [box…] from the node's top left, then style and breaks: [[box], [style],
//   [breaks]]
#pragma once

#include "semantics/diff.h"

#include <string>

namespace ca::semantics {

std::string to_json(const Patch&);

// The properties in which two nodes differ as the page sees them; all that are not default for a new one.
PropertySet differing(const Shown& before, const Shown& after);

}  // namespace ca::semantics
