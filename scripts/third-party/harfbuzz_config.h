// HarfBuzz's lean configuration (HB_LEAN), but for one thing: a face made from a file calls what HB_NO_OPEN leaves out.
#undef HB_NO_OPEN
