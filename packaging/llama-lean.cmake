# Included by CMake right after llama.cpp's own project() line, through
# -DCMAKE_PROJECT_llama.cpp_INCLUDE=<this file>. llama-cpp-python forces LLAMA_BUILD_COMMON on in the
# cache, but its Python API needs only libllama and libggml*. A normal variable of the same name wins
# over the cache entry, so the common library (argument parsing, HTTP, chat parsers) is not compiled.
set(LLAMA_BUILD_COMMON OFF)
