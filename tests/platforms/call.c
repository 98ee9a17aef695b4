/* Loads the native library by its path and calls it as a binding does: the version of the contract, and
 * a buffer that crosses by value, grows and is freed. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#ifdef _WIN32
#include <windows.h>
static void *load(const char *path) { return (void *)LoadLibraryA(path); }
static void *find(void *library, const char *name) {
    return (void *)GetProcAddress((HMODULE)library, name);
}
static const char *reason(void) {
    static char text[32];
    snprintf(text, sizeof text, "error %lu", GetLastError());
    return text;
}
#else
#include <dlfcn.h>
static void *load(const char *path) { return dlopen(path, RTLD_NOW | RTLD_LOCAL); }
static void *find(void *library, const char *name) { return dlsym(library, name); }
static const char *reason(void) { return dlerror(); }
#endif

typedef struct {
    uint64_t capacity;
    uint64_t len;
    uint8_t *data;
} Buffer;

typedef struct {
    int8_t code;
    Buffer error;
} Status;

#define PREFIX "ffi_skifteportal_ffi_"

int main(int argc, char **argv) {
    if (argc != 2) {
        puts("expected: the library's path");
        return 2;
    }
    void *library = load(argv[1]);
    if (!library) {
        printf("%s is not loaded: %s\n", argv[1], reason());
        return 1;
    }
    uint32_t (*version)(void) =
        (uint32_t(*)(void))find(library, PREFIX "uniffi_contract_version");
    Buffer (*alloc)(uint64_t, Status *) =
        (Buffer(*)(uint64_t, Status *))find(library, PREFIX "rustbuffer_alloc");
    Buffer (*reserve)(Buffer, uint64_t, Status *) =
        (Buffer(*)(Buffer, uint64_t, Status *))find(library, PREFIX "rustbuffer_reserve");
    void (*release)(Buffer, Status *) =
        (void (*)(Buffer, Status *))find(library, PREFIX "rustbuffer_free");
    if (!version || !alloc || !reserve || !release) {
        puts("a function is missing");
        return 1;
    }
    if (version() != 30) {
        printf("the contract is %u\n", version());
        return 1;
    }
    Status status = {0};
    Buffer buffer = alloc(1000, &status);
    if (status.code != 0 || buffer.capacity < 1000 || !buffer.data) {
        puts("no buffer was given");
        return 1;
    }
    memset(buffer.data, 7, (size_t)buffer.len);
    buffer = reserve(buffer, 1000000, &status);
    if (status.code != 0 || buffer.capacity < buffer.len + 1000000) {
        puts("the buffer did not grow");
        return 1;
    }
    for (uint64_t i = 0; i < buffer.len; i++) {
        if (buffer.data[i] != 7) {
            puts("the buffer lost what it held");
            return 1;
        }
    }
    release(buffer, &status);
    if (status.code != 0) {
        puts("the buffer was not freed");
        return 1;
    }
    puts("loaded, called, freed");
    return 0;
}
