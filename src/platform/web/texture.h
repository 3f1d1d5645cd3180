// Pictures that WebGL draws: smooth where they are scaled, and nothing of their other edge at an edge.
#pragma once

#include <GLES3/gl3.h>

namespace ca::platform {

// Made and bound: its pixels come next.
inline GLuint make_texture() {
    GLuint made = 0;
    glGenTextures(1, &made);
    glBindTexture(GL_TEXTURE_2D, made);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
    return made;
}

inline void free_texture(GLuint texture) { glDeleteTextures(1, &texture); }

}  // namespace ca::platform
