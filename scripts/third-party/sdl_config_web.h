// Appended to SDL2's configuration for the browser: it holds the window and the GL context, and nothing else of it is
// wanted there. Input is the DOM's (see src/platform/web); sound, sticks, sensors and SDL's own renderer stay out.
#undef SDL_AUDIO_DRIVER_DISK
#undef SDL_AUDIO_DRIVER_DUMMY
#undef SDL_AUDIO_DRIVER_EMSCRIPTEN
#define SDL_AUDIO_DISABLED 1
#undef SDL_JOYSTICK_EMSCRIPTEN
#define SDL_JOYSTICK_DUMMY 1
#define SDL_JOYSTICK_DISABLED 1
#define SDL_SENSOR_DISABLED 1
#undef SDL_VIDEO_RENDER_OGL_ES2
#define SDL_RENDER_DISABLED 1
#undef SDL_POWER_EMSCRIPTEN
#define SDL_POWER_DISABLED 1
#undef SDL_LOADSO_DLOPEN
#define SDL_LOADSO_DUMMY 1
// The C library's iconv brings tables of every character set; SDL's own knows the few that it needs.
#undef HAVE_ICONV
#undef HAVE_ICONV_H
