#define _GNU_SOURCE
#include "AllocationCounter.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>

// Sanitizers have a malloc of their own.
#if defined(__GLIBC__) && !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer)
#include <link.h>
#include <string.h>

static atomic_long count;
static _Thread_local size_t largest;

long allocation_count(void) { return atomic_load(&count); }

long largest_allocation(void) {
    long size = (long)largest;
    largest = 0;
    return size;
}

// The addresses of the code of BLAS libraries, and of the threads library that some of them use.
static struct { ElfW(Addr) first, end; } libraries[16];
static int library_count;

static int note_library(struct dl_phdr_info *info, size_t size, void *unused) {
    (void)size, (void)unused;
    const char *name = info->dlpi_name;
    if (!strstr(name, "blas") && !strstr(name, "blis") && !strstr(name, "libgomp")) return 0;
    for (int i = 0; i < info->dlpi_phnum && library_count < 16; i++) {
        const ElfW(Phdr) *part = &info->dlpi_phdr[i];
        if (part->p_type != PT_LOAD || !(part->p_flags & PF_X)) continue;
        libraries[library_count].first = info->dlpi_addr + part->p_vaddr;
        libraries[library_count].end = info->dlpi_addr + part->p_vaddr + part->p_memsz;
        library_count++;
    }
    return 0;
}

__attribute__((constructor)) static void note_libraries(void) { dl_iterate_phdr(note_library, NULL); }

static void *counted(void *memory, size_t size, void *caller) {
    for (int i = 0; i < library_count; i++)
        if ((ElfW(Addr))caller >= libraries[i].first && (ElfW(Addr))caller < libraries[i].end)
            return memory;
    atomic_fetch_add_explicit(&count, 1, memory_order_relaxed);
    if (size > largest) largest = size;
    return memory;
}

// glibc's own functions, under the names that it provides for replacements like these.
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t number, size_t size);
extern void *__libc_realloc(void *old, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

#define CALLER __builtin_return_address(0)

void *malloc(size_t size) { return counted(__libc_malloc(size), size, CALLER); }
void *calloc(size_t number, size_t size) {
    return counted(__libc_calloc(number, size), number * size, CALLER);
}
void *realloc(void *old, size_t size) { return counted(__libc_realloc(old, size), size, CALLER); }
void *memalign(size_t alignment, size_t size) {
    return counted(__libc_memalign(alignment, size), size, CALLER);
}
void *aligned_alloc(size_t alignment, size_t size) {
    return counted(__libc_memalign(alignment, size), size, CALLER);
}

int posix_memalign(void **memory, size_t alignment, size_t size) {
    *memory = counted(__libc_memalign(alignment, size), size, CALLER);
    return *memory ? 0 : ENOMEM;
}
#else
long allocation_count(void) { return -1; }
long largest_allocation(void) { return -1; }
#endif
