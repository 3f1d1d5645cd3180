/* Random bytes in the browser: of crypto.getRandomValues, by Emscripten's getentropy. It has the name of the source that
   libsodium takes by itself anywhere else. */
#include <stdlib.h>
#include <unistd.h>

#include "randombytes_sysrandom.h"

static const char* name(void) { return "getentropy"; }

static void fill(void* const to, const size_t size) {
    for (size_t done = 0; done < size;) {
        const size_t part = size - done < 256 ? size - done : 256; /* more it gives in no call */
        if (getentropy((unsigned char*)to + done, part) != 0) abort();
        done += part;
    }
}

static uint32_t number(void) {
    uint32_t value;
    fill(&value, sizeof value);
    return value;
}

struct randombytes_implementation randombytes_sysrandom_implementation = {
    .implementation_name = name, .random = number, .stir = NULL, .uniform = NULL, .buf = fill, .close = NULL};
